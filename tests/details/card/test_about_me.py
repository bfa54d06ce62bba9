"""My Details → Edit About me: lists typed one a line, and where the card shows."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.http import QueryDict

from letterhead.activity.models import Activity
from letterhead.details.card.preview import preview_about_me
from letterhead.details.models import Card
from letterhead.details.public_card import PublicCard
from letterhead.details.queries import practitioner_of, public_cards_in, saved_details
from tests.details.card.cards import ABOUT_ME, MyCard
from tests.details.pages import MyDetails
from tests.factories import Person

LISTS = {
    "Specialties": "specialties",
    "Languages spoken": "languages",
    "Approaches": "approaches",
    "Other payers accepted": "payers_accepted",
}
BOXES = {
    "Taking new clients": "takes_new_clients",
    "Show my card to the public": "is_shown",
    "Search engines may list my card": "for_search_engines",
}


def kept(person: Person) -> Card:
    return Card.objects.get(practitioner=person.practitioner_id)


def save(browser: MyCard, typed: dict[str, Any] | None = None, **sent: Any) -> Any:
    """Type into fields by label; what is sent besides goes by name."""
    page = browser.open(ABOUT_ME)
    named = {page.field(label).name: value for label, value in (typed or {}).items()}
    return browser.post(ABOUT_ME, page.sends() | named | sent)


def test_everything_that_is_typed_is_kept_and_shown(cast: SimpleNamespace) -> None:
    dana = MyCard(cast.dana)

    answer = save(
        dana,
        {
            "Specialties": " Diabetes \r\n\r\nEating   disorders\r\n",
            "Languages spoken": "English\nEspañol",
            "Approaches": "Motivational interviewing",
            "Other payers accepted": "Self-pay",
            "Order among colleagues": "7",
            "Taking new clients": False,
        },
        ages=["Adults", "Couples"],
        practice_payers=["Medicare", "Acme Health"],
    )

    assert (answer.status, answer.location) == (302, "/my-details/")
    card = kept(cast.dana)
    assert card.specialties == ["Diabetes", "Eating disorders"]
    assert card.languages == ["English", "Español"]
    assert card.ages == ["Adults", "Couples"]
    assert card.approaches == ["Motivational interviewing"]
    assert sorted(card.payers_accepted) == ["Acme Health", "Medicare", "Self-pay"]
    assert (card.position, card.takes_new_clients) == (7, False)
    page = dana.read()
    for words in ("Diabetes, Eating disorders", "English, Español", "Adults, Couples"):
        assert words in page


def test_the_pop_up_shows_what_is_kept(cast: SimpleNamespace) -> None:
    dana = MyCard(cast.dana)
    save(dana, {"Specialties": "One\nTwo"}, ages=["Families"], practice_payers=["Medicare"])

    page = dana.open(ABOUT_ME)

    assert page.field("Specialties").value == "One\nTwo"
    assert page.ticked("ages") == ["Families"]
    assert page.ticked("practice_payers") == ["Medicare"]
    assert page.field("Other payers accepted").value == ""
    for label in BOXES:
        assert page.field(label).sent, label


def test_saving_again_changes_nothing(cast: SimpleNamespace) -> None:
    dana = MyCard(cast.dana)
    save(
        dana,
        {"Specialties": "One\nTwo", "Other payers accepted": "Self-pay"},
        practice_payers=["Acme Health"],
    )
    before = kept(cast.dana).version

    save(dana)

    assert kept(cast.dana).version == before
    assert Activity.objects.filter(act="changed about me").count() == 1


def test_the_record_tells_what_changed(cast: SimpleNamespace) -> None:
    save(MyCard(cast.dana), {"Specialties": "One\nTwo", "Taking new clients": False})

    row = Activity.objects.get(act="changed about me")
    assert row.changes == {
        "specialties": ["", "One, Two"],
        "takes_new_clients": [True, False],
    }


@pytest.mark.parametrize(("label", "name"), LISTS.items())
def test_twenty_entries_of_sixty_characters_are_kept(
    cast: SimpleNamespace, label: str, name: str
) -> None:
    most = [f"{n:02d} {'é' * 57}" for n in range(20)]

    assert save(MyCard(cast.dana), {label: "\n".join(most)}).status == 302

    assert getattr(kept(cast.dana), name) == most


REFUSED = {
    "one too many": ("\n".join(map(str, range(21))), "Enter up to 20 lines"),
    "one too long": (f"{'x' * 61}\nB", "longer than 60 characters"),
    "one twice": ("Anxiety\nGrief\nANXIETY", "“Anxiety” is in the list twice"),
    "what nobody sees": ("An\x00xiety", "can't be shown"),
    "an escape": ("An\x1bxiety", "can't be shown"),
    "a megabyte": ("x\n" * 500_000, "Enter up to 20 lines"),
    "a megabyte in one line": ("x" * 1_000_000, "longer than 60 characters"),
}


@pytest.mark.parametrize("label", LISTS)
@pytest.mark.parametrize(("typed", "why"), REFUSED.values(), ids=REFUSED)
def test_lists_are_refused_beside_their_field(
    cast: SimpleNamespace, label: str, typed: str, why: str
) -> None:
    page = save(MyCard(cast.dana), {label: typed, "Taking new clients": False})

    assert page.status == 422
    assert why in page.says_beside(label)
    assert page.field(label).value == typed
    assert not page.field("Taking new clients").sent
    assert kept(cast.dana).takes_new_clients


def test_a_payer_that_is_ticked_and_typed_is_refused(cast: SimpleNamespace) -> None:
    page = save(
        MyCard(cast.dana), {"Other payers accepted": "medicare"}, practice_payers=["Medicare"]
    )

    assert page.status == 422
    assert "“Medicare” is in the list twice" in page.says_beside("Other payers accepted")


def test_a_practice_without_payers_has_lines_for_them(cast: SimpleNamespace) -> None:
    stranger = MyCard(cast.stranger)

    save(stranger, {"Payers accepted": "Northwind Mutual"})

    assert kept(cast.stranger).payers_accepted == ["Northwind Mutual"]
    assert not stranger.open(ABOUT_ME).ticked("practice_payers")


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "Enter a number"),
        ("-1", "0 comes first"),
        ("1000", "Enter 999 or less"),
        ("first", "Enter a whole number"),
        ("1.5", "Enter a whole number"),
        ("9" * 5_000, "whole number"),
        ("1\x00", "whole number"),
    ],
)
def test_a_place_that_is_none_is_refused(cast: SimpleNamespace, typed: str, why: str) -> None:
    page = save(MyCard(cast.dana), {"Order among colleagues": typed})

    assert page.status == 422
    assert why in page.says_beside("Order among colleagues")
    assert page.field("Order among colleagues").value == typed


@pytest.mark.parametrize("name", ["ages", "practice_payers"])
def test_a_choice_that_is_none_is_refused(cast: SimpleNamespace, name: str) -> None:
    page = save(MyCard(cast.dana), None, **{name: ["Everybody\x00"]})

    assert page.status == 422
    assert "is not one of the available choices" in page.html


@pytest.mark.parametrize(("label", "name"), BOXES.items())
def test_each_box_can_be_ticked_off_and_on(cast: SimpleNamespace, label: str, name: str) -> None:
    dana = MyCard(cast.dana)

    save(dana, {label: False})
    off = getattr(kept(cast.dana), name)
    save(dana, {label: True})

    assert (off, getattr(kept(cast.dana), name)) == (False, True)


def test_a_hidden_card_is_no_card_of_the_practice(cast: SimpleNamespace) -> None:
    dana = MyCard(cast.dana)
    shown = [card.first_name for card in public_cards_in(cast.practice)]

    save(dana, {"Show my card to the public": False})

    assert "Dana" in shown
    assert "Dana" not in [card.first_name for card in public_cards_in(cast.practice)]
    assert "Hidden" in dana.read()


def test_a_new_card_is_hidden_until_it_is_published(cast: SimpleNamespace) -> None:
    mine = Card.objects.filter(practitioner=cast.dana.practitioner_id)
    mine.delete()
    Card.objects.create(practitioner_id=cast.dana.practitioner_id)
    dana = MyCard(cast.dana)
    assert "Dana" not in [card.first_name for card in public_cards_in(cast.practice)]
    assert "Publish my card" in dana.read()

    page = dana.open("/my-details/publish-card/")
    assert "Dr Dana M. Rivera" in page.text
    dana.post("/my-details/publish-card/", page.sends())

    assert "Dana" in [card.first_name for card in public_cards_in(cast.practice)]
    assert not mine.get().for_search_engines
    assert "Publish my card" not in dana.read()


@pytest.mark.parametrize("how", ["hidden", "off the calendar"])
def test_my_details_lead_to_no_card_that_is_not_there(cast: SimpleNamespace, how: str) -> None:
    assert "Your public card" in MyDetails(cast.dana).read()
    if how == "hidden":
        Card.objects.filter(practitioner=cast.dana.practitioner_id).update(is_shown=False)
    else:
        cast.dana.user.memberships.update(show_on_calendar=False)

    page = MyDetails(cast.dana).read()

    assert "Your public card" not in page
    assert "Shown to the public" not in page
    place = MyDetails(cast.dana).browser.get("/my-details/where-it-appears/")
    assert "Clients don’t see this card" in place.content.decode()


def test_a_lower_place_comes_first(cast: SimpleNamespace) -> None:
    save(MyCard(cast.dana), {"Order among colleagues": "2"})
    save(MyCard(cast.sam), {"Order among colleagues": "1"})

    cards = [card.first_name for card in public_cards_in(cast.practice)]

    assert cards.index("Sam") < cards.index("Dana")


def test_a_stale_save_keeps_what_was_typed_and_says_what_is_saved(cast: SimpleNamespace) -> None:
    hers, elsewhere = MyCard(cast.dana), MyCard(cast.dana)
    page = hers.open(ABOUT_ME)
    save(
        elsewhere,
        {
            "Specialties": "Grief\nSleep",
            "Taking new clients": False,
            "Order among colleagues": "1",
        },
    )

    answer = hers.send(ABOUT_ME, page, {"Specialties": "Diabetes"})

    assert answer.status == 422
    assert answer.says_beside("Specialties") == "Someone else saved: Grief, Sleep"
    assert answer.says_beside("Taking new clients") == "Someone else saved: no"
    assert answer.says_beside("Order among colleagues") == "Someone else saved: 1"
    assert answer.field("Specialties").value == "Diabetes"
    assert kept(cast.dana).specialties == ["Grief", "Sleep"]

    assert hers.post(ABOUT_ME, answer.sends()).status == 302
    assert kept(cast.dana).specialties == ["Diabetes"]


def test_everyone_edits_only_their_own(cast: SimpleNamespace) -> None:
    for person in (cast.dana, cast.sam, cast.noor, cast.lee, cast.stranger):
        save(MyCard(person), {"Specialties": person.user.email})

    for person in (cast.dana, cast.sam, cast.noor, cast.lee, cast.stranger):
        assert kept(person).specialties == [person.user.email]


def test_an_empty_form_is_refused_whole(cast: SimpleNamespace) -> None:
    page = MyCard(cast.dana).post(ABOUT_ME, {})

    assert page.status == 422
    assert "This form is incomplete" in page.text
    assert kept(cast.dana).is_shown


def previewed(person: Person, typed: dict[str, Any] | None) -> PublicCard:
    """Draw the card of someone with one specialty and one payer as it is typed now."""
    Card.objects.filter(practitioner=person.practitioner_id).update(
        specialties=["Grief"], payers_accepted=["Medicare"]
    )
    mine = practitioner_of(person.user.memberships.get())
    sent = None
    if typed is not None:
        sent = QueryDict(mutable=True)
        for name, value in typed.items():
            sent.setlist(name, value if isinstance(value, list) else [value])
    return preview_about_me(sent, mine, saved_details(mine)).card


def test_a_form_just_opened_previews_what_is_saved(cast: SimpleNamespace) -> None:
    card = previewed(cast.dana, None)

    assert (card.first_name, card.specialties, card.payers_accepted) == (
        "Dana",
        ("Grief",),
        ("Medicare",),
    )
    assert card.takes_new_clients


def test_the_card_is_previewed_as_it_is_typed(cast: SimpleNamespace) -> None:
    card = previewed(
        cast.dana,
        {
            "specialties": f"Sleep\n\n{'x' * 100}",
            "payers_accepted": "Self-pay",
            "practice_payers": ["Acme Health"],
            "ages": ["Adults"],
            "takes_new_clients": "on",
        },
    )

    assert card.specialties == ("Sleep", "x" * 60)
    assert card.payers_accepted == ("Acme Health", "Self-pay")
    assert card.ages == ("Adults",)
    assert (card.takes_new_clients, card.for_search_engines, card.is_shown) == (True, False, False)
    assert card.first_name == "Dana"


NONSENSE: dict[str, list[str]] = {
    "a character that can't be shown": ["\x00"],
    "a megabyte": ["x\n" * 10_000],
    "two values": ["a", "b"],
}


@pytest.mark.parametrize("nonsense", NONSENSE.values(), ids=NONSENSE)
@pytest.mark.parametrize("name", ["specialties", "ages", "practice_payers", "position", "version"])
def test_nonsense_in_one_field_leaves_the_preview_of_the_others(
    cast: SimpleNamespace, name: str, nonsense: list[str]
) -> None:
    typed = {
        "specialties": "Sleep",
        "ages": ["Adults"],
        "practice_payers": ["Acme Health"],
        "payers_accepted": "Self-pay",
        "is_shown": "on",
    }

    card = previewed(cast.dana, {**typed, name: nonsense})

    shown = {
        "specialties": card.specialties == ("Sleep",),
        "ages": card.ages == ("Adults",),
        "practice_payers": card.payers_accepted == ("Acme Health", "Self-pay"),
    }
    assert {field for field, as_typed in shown.items() if not as_typed} <= {name}
    assert card.is_shown and not card.takes_new_clients
    for entries in (card.specialties, card.payers_accepted):
        assert len(entries) <= 20
        assert all(len(entry) <= 60 for entry in entries)
