"""Searching is the same whichever index finds the clients, however they were saved."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from letterhead.activity.changes import change_row
from letterhead.cli.doctor import CHECKS
from letterhead.clients import queries, triggers
from letterhead.clients.models import Client, ClientWord
from letterhead.practices.roles import Role
from letterhead.texts.folded import folded, refolded, words_of
from tests.clients.desk import Desk, client_of
from tests.factories import member

NAMES = st.lists(
    st.sampled_from(
        "O'Brien Siobhán Novák sørensen Jr. van de la Cruz Smith-Jones A An Ana ß Ж".split()
    ),
    min_size=1,
    max_size=3,
).map(" ".join)
CLIENTS = st.lists(st.tuples(NAMES, NAMES, st.booleans()), max_size=12)
TYPED = st.lists(
    st.sampled_from(
        "o'brien ob s siobhan NOVÁK no sor van v D la cruz jones smith a an ana ss x".split()
    ),
    min_size=1,
    max_size=3,
).map(" ".join)


@pytest.fixture(params=[0, 2, 1000], ids="all are common,some are common,all are rare".split(","))
def few(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """With each number of clients that still counts as few: each way of searching is taken."""
    monkeypatch.setattr(queries, "_FEW", request.param)
    yield


@settings(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(rows=CLIENTS, typed=TYPED)
def test_found_is_who_has_a_word_that_begins_with_each_word(
    few: None, cast: SimpleNamespace, rows: list[tuple[str, str, bool]], typed: str
) -> None:
    Client.objects.all().delete()
    Client.objects.bulk_create(
        Client(
            practice=cast.practice,
            clinician_id=(cast.sam if is_his else cast.dana).practitioner_id,
            first_name=first,
            last_name=last,
        )
        for first, last, is_his in rows
    )
    client_of(cast.stranger, "Ana", "O'Brien")

    for person in (cast.dana, cast.sam):
        mine = person.practitioner.membership
        parts = queries.clients_in_parts(mine, called=typed)
        found = {client.pk: client for part in parts for client in part}.values()
        expected = _by_hand(person is cast.sam, cast, typed)
        assert sorted(found, key=lambda client: (client.folded, client.pk)) == expected
        assert list(queries.clients_listed(mine, called=typed)) == expected


def _by_hand(only_sams: bool, cast: SimpleNamespace, typed: str) -> list[Client]:
    rows = Client.objects.filter(practice=cast.practice)
    mine = [c for c in rows if not only_sams or c.clinician_id == cast.sam.practitioner_id]
    wanted = words_of(typed)
    found = [c for c in mine if all(_has(c, word) for word in wanted)]
    return sorted(found, key=lambda c: (_order(c), c.pk))


def _has(client: Client, word: str) -> bool:
    return any(each.startswith(word) for each in _order(client).split())


def _order(client: Client) -> str:
    return folded(
        client.last_name, client.first_name, client.middle_name, client.suffix, client.email
    )


def test_words_are_kept_however_a_client_is_saved(cast: SimpleNamespace) -> None:
    ada = client_of(cast.dana, "Ada Maria", "Moreno", email="ada@mail.example")
    assert _words() == {"ada", "maria", "mailexample"}

    change_row(ada, columns={"first_name": "Eva"}, read_at_version=1)
    assert _words() == {"eva", "ada", "mailexample"}

    ada.refresh_from_db()
    Client.objects.update(email="", **refolded(ada, {"email": ""}))
    assert _words() == {"eva"}

    ada.refresh_from_db()
    ada.last_name = "Moreno Díaz"
    ada.save()
    assert _words() == {"diaz", "eva"}

    Client.objects.bulk_create([_unsaved(cast, "Ben", "Ito"), _unsaved(cast, "Bo", "de la Cruz")])
    assert _words() == {"diaz", "eva", "ben", "la", "cruz", "bo"}

    ada.first_name = "Ida"
    Client.objects.bulk_update([ada], ["first_name", "folded"])
    assert _words() >= {"ben"}

    ada.delete()
    assert _words() == {"ben", "la", "cruz", "bo"}


def test_a_client_handed_over_keeps_the_words(cast: SimpleNamespace) -> None:
    client_of(cast.dana)
    before = list(ClientWord.objects.values_list("pk", flat=True))

    Client.objects.update(clinician=cast.sam.practitioner_id, phone="+12125550142")

    assert list(ClientWord.objects.values_list("pk", flat=True)) == before


def test_a_migration_puts_back_triggers_and_words(cast: SimpleNamespace) -> None:
    triggers.remove(connection)
    client_of(cast.dana, "Siobhán", "O'Brien")
    assert _words() == set()
    with pytest.raises(Exception, match="clients_client_words_added.* missing"):
        dict(CHECKS)["triggers"]()

    triggers.keep_words_after_migration()

    assert _words() == {"siobhan"}
    client_of(cast.dana, "Ada", "Moreno")
    assert _words() == {"siobhan", "ada"}
    dict(CHECKS)["triggers"]()


@pytest.mark.parametrize("typed", ["s", "si", "o", "ob", "o'brien sio", "van", "dyk"])
def test_the_first_letters_of_a_name_are_enough(
    few: None, cast: SimpleNamespace, typed: str
) -> None:
    client_of(cast.dana, "Siobhán", "O'Brien")
    client_of(cast.dana, "Oda Sinéad", "van Dyk")
    client_of(cast.dana, "Ada", "Moreno")
    client_of(cast.stranger, "Siobhán", "O'Brien")

    page = Desk(cast.dana).read("/clients/", q=typed)

    found = ["O&#x27;Brien" in page, "van Dyk" in page]
    assert any(found)
    assert "Moreno" not in page
    assert page.count("O&#x27;Brien</a>") <= 1


def test_pages_go_through_all_parts_of_a_search_once(few: None, cast: SimpleNamespace) -> None:
    smith = member(cast.practice, Role.CLINICAL, "Ann", "Clark")
    for number in range(45):
        first, last = ("Smith", f"Client{number}") if number % 3 else (f"Ada{number}", "Smith")
        Client.objects.bulk_create([_unsaved(cast, first, last, smith.practitioner_id)])
    desk, seen, query = Desk(smith), [], {"q": "smith"}

    while query:
        page: Any = desk.get("/clients/", **query).context["page"]
        seen += [client.pk for client in page.object_list]
        query = {"q": "smith", "after": str(page.after)} if page.after else {}

    rows = sorted(Client.objects.all(), key=lambda client: (client.folded, client.pk))
    assert seen == [client.pk for client in rows]


def _words() -> set[str]:
    return set(ClientWord.objects.values_list("word", flat=True))


def _unsaved(cast: SimpleNamespace, first: str, last: str, whose: int | None = None) -> Client:
    return Client(
        practice=cast.practice,
        clinician_id=whose or cast.dana.practitioner_id,
        first_name=first,
        last_name=last,
    )
