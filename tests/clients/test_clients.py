"""Clients: who sees whom, adding, changing, refusing."""

import re
from html import unescape
from types import SimpleNamespace
from typing import Any

import pytest

from letterhead.activity.models import Activity
from letterhead.clients.models import Client
from letterhead.clients.views import ON_A_PAGE
from letterhead.practices.roles import Role
from tests.clients.desk import Desk, client_of, said_beside
from tests.factories import member

ADD = "/clients/add/"
NOT_FOUND = "There is no page at this address"


@pytest.fixture
def dana(cast: SimpleNamespace) -> Desk:
    return Desk(cast.dana)


def test_a_client_is_added_and_appears_on_the_list(cast: SimpleNamespace, dana: Desk) -> None:
    answer = dana.save(
        ADD,
        first_name="Ada",
        last_name="Moreno",
        birth_date="1980-02-03",
        sex="F",
        line1="7 Pine Street",
        city="Albany",
        state="ny",
        postal_code="122071234",
        phone="(212) 555-0142",
        email="ada@mail.example",
        clinician=str(cast.sam.practitioner_id),
    )

    added = Client.objects.get()
    assert answer.headers["Location"] == f"/clients/{added.pk}/"
    page = dana.read("/clients/")
    assert f'<a href="/clients/{added.pk}/">Ada Moreno</a>' in page
    assert "Feb 3, 1980" in page
    assert "(212) 555-0142" in page
    assert "Sam Okafor" in page


def test_a_client_with_one_name_only_has_a_last_name(cast: SimpleNamespace, dana: Desk) -> None:
    dana.save(ADD, last_name="Sukarno", clinician=str(cast.dana.practitioner_id))

    assert str(Client.objects.get()) == "Sukarno"
    assert "Sukarno</a>" in dana.read("/clients/")


def test_a_clients_page_shows_the_facts_as_people_write_them(
    cast: SimpleNamespace, dana: Desk
) -> None:
    ada = client_of(
        cast.sam, line1="7 Pine Street", city="Albany", state="NY", phone="+12125550142"
    )

    page = dana.read(f"/clients/{ada.pk}/")

    for shown in ("Ada Moreno", "7 Pine Street", "Albany, NY", "(212) 555-0142", "Sam Okafor"):
        assert shown in page
    assert "Unknown" in page


def test_a_saved_phone_is_kept_in_e164_and_saving_again_changes_nothing(
    cast: SimpleNamespace, dana: Desk
) -> None:
    ada = client_of(cast.dana)
    edit = f"/clients/{ada.pk}/edit/"
    dana.save(edit, phone="212-555-0142")
    ada.refresh_from_db()
    assert (ada.phone, ada.version) == ("+12125550142", 2)

    dana.save(edit)

    ada.refresh_from_db()
    assert (ada.phone, ada.version) == ("+12125550142", 2)
    assert "No changes to save" in dana.read(f"/clients/{ada.pk}/")


def test_a_change_is_recorded_with_what_was_and_what_is(cast: SimpleNamespace, dana: Desk) -> None:
    ada = client_of(cast.dana)

    dana.save(f"/clients/{ada.pk}/edit/", last_name="Moreno-Diaz")

    told = Activity.objects.get(act="changed a client")
    assert told.person == cast.dana.user.pk
    assert told.changes == {"last_name": ["Moreno", "Moreno-Diaz"]}


def test_a_save_over_someone_elses_change_keeps_what_was_typed_and_then_wins(
    cast: SimpleNamespace, dana: Desk
) -> None:
    edit = f"/clients/{client_of(cast.dana).pk}/edit/"
    noor = Desk(cast.noor)
    hers = dana.opened(edit)
    noor.save(edit, city="Albany")

    answer = dana.send(edit, {**hers, "city": "Troy"})

    assert answer.status_code == 422
    assert said_beside(answer)["city"] == ["Someone else saved: Albany"]
    assert 'value="Troy"' in answer.content.decode()
    again = {**hers, "city": "Troy", "version": answer.context["form"]["version"].value()}
    assert dana.send(edit, again).status_code == 302
    assert Client.objects.get().city == "Troy"


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("last_name", "", "Fill this in."),
        ("last_name", ".", "at least one letter"),
        ("last_name", "Moreno, MD", "can't contain a comma"),
        ("first_name", "Ada，Jr.", "can't contain a comma"),
        ("middle_name", "B;", "can't contain a comma"),
        ("suffix", "--", "at least one letter"),
        ("city", "Al\u200bbany", "can't be shown"),
        ("last_name", "x" * 1_000_000, "at most 60"),
        ("first_name", "A\0da", "Null characters"),
        ("first_name", "A\x07da", "can't be shown"),
        ("birth_date", "31 Feb", "like 1980-02-03"),
        ("birth_date", "2026-02-31", "like 1980-02-03"),
        ("birth_date", "１９８０-０２-０３", "like 1980-02-03"),
        ("birth_date", "0001-01-01", "before 1900"),
        ("birth_date", "9999-12-31", "Check the year"),
        ("sex", "X", "Select a valid choice"),
        ("state", "New York", "two letters"),
        ("postal_code", "ABC", "5 or 9 digits"),
        ("phone", "call me", "a valid phone number"),
        ("phone", "212 555 0142 ext. 3", "extension"),
        ("email", "ada", "valid email"),
        ("email", "ada@exam\u200fple.example", "can't be seen"),
        ("country", "XX", "Select a valid choice"),
        ("clinician", "0", "Select a valid choice"),
        ("clinician", "9" * 40, "Select a valid choice"),
        ("clinician", "\0", "Null characters"),
    ],
)
def test_what_cannot_be_kept_is_refused_beside_its_field(
    cast: SimpleNamespace, dana: Desk, field: str, typed: str, said: str
) -> None:
    whole = {
        "first_name": "Ada",
        "last_name": "Moreno",
        "clinician": str(cast.dana.practitioner_id),
    }

    beside = dana.refused(ADD, **{**whole, field: typed})

    assert list(beside) == [field]
    assert said in beside[field][0]
    assert not Client.objects.exists()


@pytest.mark.parametrize("name", ["Zoë 😀", "עדה", "A\u0301da", "Nguyễn"])
def test_names_of_any_script_are_kept_as_typed(
    cast: SimpleNamespace, dana: Desk, name: str
) -> None:
    clinician = str(cast.dana.practitioner_id)

    dana.save(ADD, first_name=name, last_name="Moreno", clinician=clinician)

    assert Client.objects.get().first_name == name


def test_abroad_neither_state_nor_postal_code_is_american(
    cast: SimpleNamespace, dana: Desk
) -> None:
    ada = client_of(cast.dana)

    dana.save(f"/clients/{ada.pk}/edit/", country="AU", state="Victoria", postal_code="3000")

    ada.refresh_from_db()
    assert (ada.state, ada.postal_code) == ("VIC", "3000")


def test_a_client_in_ireland_needs_neither_county_nor_eircode(
    cast: SimpleNamespace, dana: Desk
) -> None:
    there = {"country": "IE", "line1": "3 Harbour Row", "city": "Cobh"}

    dana.save(ADD, last_name="Ryan", clinician=str(cast.dana.practitioner_id), **there)

    added = Client.objects.get()
    assert (added.country, added.state, added.postal_code) == ("IE", "", "")
    assert "3 Harbour Row<br>Cobh<br>Ireland" in dana.read(f"/clients/{added.pk}/")


def test_another_country_brings_its_fields_saves_nothing_and_loses_nothing_typed(
    cast: SimpleNamespace, dana: Desk
) -> None:
    ada = client_of(cast.dana, country="US", state="NY", postal_code="10701")
    edit = f"/clients/{ada.pk}/edit/"
    typed = {**dana.opened(edit), "country": "IN", "city": "Panaji", "last_name": "Naik"}

    answer = dana.send(edit, {**typed, "rows": "country"})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert ">PIN code</label>" in page
    for text in ("Panaji", "Naik", "NY", "10701"):
        assert f'value="{text}"' in page
    assert '<option value="IN" selected>' in page
    ada.refresh_from_db()
    assert (ada.country, ada.last_name) == ("US", "Moreno")


def test_a_clinicians_new_client_is_theirs(cast: SimpleNamespace) -> None:
    sam = Desk(cast.sam)

    sam.save(ADD, first_name="Ben", last_name="Ito")

    assert "Ben Ito added" in sam.read("/clients/")
    assert Client.objects.get().clinician_id == cast.sam.practitioner_id


def test_a_clinician_cannot_give_a_client_to_a_colleague(cast: SimpleNamespace) -> None:
    dana = str(cast.dana.practitioner_id)

    beside = Desk(cast.sam).refused(ADD, first_name="Ben", last_name="Ito", clinician=dana)

    assert "Select a valid choice" in beside["clinician"][0]


def test_a_practitioner_of_another_practice_is_refused_beside_the_field(
    cast: SimpleNamespace, dana: Desk
) -> None:
    stranger = str(cast.stranger.practitioner_id)

    beside = dana.refused(ADD, first_name="Ben", last_name="Ito", clinician=stranger)

    assert "Select a valid choice" in beside["clinician"][0]


def test_a_clinician_sees_only_their_own_clients(cast: SimpleNamespace) -> None:
    client_of(cast.dana, "Ada", "Moreno")
    client_of(cast.sam, "Ben", "Ito")

    page = Desk(cast.sam).read("/clients/")

    assert "Ben Ito" in page
    assert "Moreno" not in page


@pytest.mark.parametrize("who", ["dana", "noor", "lee"])
def test_directors_supervisors_and_the_office_see_all_clients(
    cast: SimpleNamespace, who: str
) -> None:
    client_of(cast.dana, "Ada", "Moreno")
    client_of(cast.sam, "Ben", "Ito")

    page = Desk(getattr(cast, who)).read("/clients/")

    assert "Ben Ito" in page
    assert "Ada Moreno" in page


@pytest.mark.parametrize(
    "address", ["/clients/{}/", "/clients/{}/edit/", "/clients/{}/policies/add/"]
)
@pytest.mark.parametrize("who", ["stranger", "sam"])
def test_strangers_and_colleagues_without_sight_get_404(
    cast: SimpleNamespace, address: str, who: str
) -> None:
    ada = client_of(cast.dana)
    desk = Desk(getattr(cast, who))

    opened = desk.get(address.format(ada.pk))
    sent = desk.send(address.format(ada.pk), {"first_name": "Eve"})
    for answer in (opened, sent):
        assert answer.status_code == 404
        assert NOT_FOUND in answer.content.decode()
        assert "Moreno" not in answer.content.decode()
    assert Client.objects.get().first_name == "Ada"


@pytest.mark.parametrize("address", [ADD, "/clients/{}/edit/", "/clients/{}/policies/add/"])
def test_a_supervisor_reads_but_changes_nothing(cast: SimpleNamespace, address: str) -> None:
    ada = client_of(cast.sam)
    lee = Desk(cast.lee)

    refused = lee.get(address.format(ada.pk))
    assert refused.status_code == 403
    assert "Your role in this practice" in refused.content.decode()
    page = lee.read(f"/clients/{ada.pk}/")
    for button in ("Edit client", "Add policy", "Add visit"):
        assert button not in page
    assert "Add client" not in lee.read("/clients/")


@pytest.mark.parametrize("address", ["/clients/", ADD, "/clients/1/", "/clients/1/edit/"])
def test_signed_out_one_is_sent_to_log_in(db: None, client: Any, address: str) -> None:
    answer = client.get(address)

    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/login/?next={address}"


def test_an_empty_list_says_what_will_be_here(dana: Desk) -> None:
    page = dana.read("/clients/")

    assert "No clients yet" in page
    assert page.count("Add client") == 1


@pytest.mark.parametrize("called", ["more", "ADA", "moreno ada", "ada@mail", "ma ada"])
def test_search_finds_every_word_in_name_or_email(
    cast: SimpleNamespace, dana: Desk, called: str
) -> None:
    client_of(cast.dana, "Ada", "Moreno", middle_name="Maria", email="ada@mail.example")
    client_of(cast.dana, "Ben", "Ito")

    page = dana.read("/clients/", q=called)

    assert "Ada Maria Moreno" in page
    assert "Ito" not in page


@pytest.mark.parametrize("called", ["nobody", "%", "_", "' OR 1=1", "a\0b", "x" * 100_000, "😀"])
def test_search_for_nobody_or_nonsense_says_so(
    cast: SimpleNamespace, dana: Desk, called: str
) -> None:
    client_of(cast.dana)

    answer = dana.get("/clients/", q=called)

    assert answer.status_code == 200
    page = answer.content.decode()
    assert "No clients found" in page
    assert "Ada Moreno" not in page


@pytest.mark.parametrize("name", ["after", "before", "page"])
@pytest.mark.parametrize("typed", ["0", "-1", "9" * 18, "9" * 23, "２", "x", "", "\0"])
def test_an_impossible_page_is_the_first_one(
    cast: SimpleNamespace, dana: Desk, name: str, typed: str
) -> None:
    for n in range(ON_A_PAGE + 1):
        client_of(cast.dana, last=f"Moreno {n:02}")

    page = dana.read("/clients/", **{name: typed})

    assert "Ada Moreno 00</a>" in page
    assert f"Ada Moreno {ON_A_PAGE:02}</a>" not in page
    assert ("Next" in page, "Previous" in page) == (True, False)


@pytest.mark.parametrize("pk", ["0", "9" * 15, "9" * 30])
def test_a_client_who_never_was_is_404(dana: Desk, pk: str) -> None:
    answer = dana.get(f"/clients/{pk}/")

    assert answer.status_code == 404
    assert NOT_FOUND in answer.content.decode()


@pytest.mark.parametrize("version", ["", "0", "x", "9" * 30, "-1", "\0"])
def test_a_version_that_never_was_saves_nothing(
    cast: SimpleNamespace, dana: Desk, version: str
) -> None:
    ada = client_of(cast.dana)

    answer = dana.save(f"/clients/{ada.pk}/edit/", first_name="Eve", version=version)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert re.search("Reload the page|Load the page again|Someone else saved", page)
    assert 'value="Eve"' in page
    assert Client.objects.get().first_name == "Ada"


def test_51_clients_are_three_pages_by_last_name(cast: SimpleNamespace, dana: Desk) -> None:
    for number in range(51):
        client_of(
            cast.dana, "Ada", f"de Client{number:02d}" if number % 2 else f"De Client{number:02d}"
        )
    first = dana.get("/clients/")

    second = _follow(dana, first, "Next")
    third = _follow(dana, second, "Next")

    assert _numbers(first) == list(range(20))
    assert _numbers(second) == list(range(20, 40))
    assert _numbers(third) == list(range(40, 51))
    assert _links(first) == ["Next", "Last"]
    assert _links(second) == ["First", "Previous", "Next", "Last"]
    assert _links(third) == ["First", "Previous"]
    assert _numbers(_follow(dana, third, "Previous")) == list(range(20, 40))
    assert _numbers(_follow(dana, second, "Previous")) == list(range(20))
    assert _numbers(_follow(dana, third, "First")) == list(range(20))
    assert _numbers(_follow(dana, first, "Last")) == list(range(31, 51))


def test_pages_of_a_search_keep_what_was_searched_for(cast: SimpleNamespace, dana: Desk) -> None:
    for number in range(25):
        client_of(cast.dana, "Ada", f"Client{number:02d}")
        client_of(cast.dana, "Ben", f"Other{number:02d}")

    second = _follow(dana, dana.get("/clients/", q="ada cl"), "Next")

    assert _numbers(second) == list(range(20, 25))
    assert 'value="ada cl"' in second.content.decode()


def test_a_page_begins_where_a_client_stood_who_is_gone(cast: SimpleNamespace, dana: Desk) -> None:
    for number in range(21):
        client_of(cast.dana, "Ada", f"Client{number:02d}")
    second = _link(dana.get("/clients/"), "Next")
    Client.objects.get(last_name="Client19").delete()

    assert _numbers(dana.get("/clients/" + second)) == [*range(19), 20]


def test_a_page_is_named_by_an_id_and_by_no_name(cast: SimpleNamespace, dana: Desk) -> None:
    for number in range(21):
        client_of(cast.dana, "Ada", f"Client{number:02d}")

    assert re.fullmatch(r"\?after=[0-9]+", _link(dana.get("/clients/"), "Next"))


def test_a_client_someone_may_not_see_begins_no_page(cast: SimpleNamespace) -> None:
    for number in range(21):
        client_of(cast.sam, "Ada", f"Client{number:02d}")
    hidden = client_of(cast.dana, "Eve", "Client10")

    page = Desk(cast.sam).get("/clients/", after=str(hidden.pk))

    assert _numbers(page) == list(range(20))


def _follow(desk: Desk, page: Any, link: str) -> Any:
    return desk.get("/clients/" + _link(page, link))


def _link(page: Any, name: str) -> str:
    found = re.search(rf'<a class="btn small" href="([^"]*)">{name}</a>', page.content.decode())
    assert found, name
    return unescape(found[1])


def _links(page: Any) -> list[str]:
    return re.findall(r'<a class="btn small" href="[^"]*">([^<]*)</a>', page.content.decode())


def _numbers(page: Any) -> list[int]:
    return [int(each) for each in re.findall(r"Client([0-9]{2})</a>", page.content.decode())]


def test_the_list_costs_the_same_for_1_client_and_for_50(
    cast: SimpleNamespace, dana: Desk, django_assert_num_queries: Any
) -> None:
    client_of(cast.dana, "Ada", "Client")
    with django_assert_num_queries(5):
        dana.read("/clients/")
    with django_assert_num_queries(6):
        dana.read("/clients/", q="client")
    for number in range(49):
        clinician = (
            member(cast.practice, Role.CLINICAL, f"C{number}", "Ian") if number < 9 else cast.sam
        )
        client_of(clinician, "Ada", f"Client{number}")

    with django_assert_num_queries(5):
        dana.read("/clients/")
    with django_assert_num_queries(6):
        dana.read("/clients/", q="client")


def test_a_name_is_shown_folded_once_before_it_is_saved(cast: SimpleNamespace, dana: Desk) -> None:
    typed = {"last_name": "Moreno:Diaz", "clinician": str(cast.dana.practitioner_id)}

    asked = dana.save(ADD, **typed)
    assert said_beside(asked)["last_name"] == [
        "Claims print this as “MORENO DIAZ”. Change it, or save again to keep it."
    ]
    dana.send(ADD, {**typed, "country": "US", "folded_seen": "MORENO DIAZ"})

    assert Client.objects.get().last_name == "Moreno:Diaz"
