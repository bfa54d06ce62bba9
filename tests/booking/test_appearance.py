"""The card on My Details: as it stands on the public page, what isn't saved yet marked."""

import re
from typing import Any

import pytest
from msgspec.structs import replace

from letterhead.booking.appearance import page_card, scheduler_card
from tests.booking.samples import BARE, DANA
from tests.work import calls_in


def marked(page: str) -> list[str]:
    return re.findall(r"<mark>(.*?)</mark>", page)


def test_it_is_the_card_of_the_page_except_for_the_heading() -> None:
    page = re.sub(r"<h2.*?</h2>", "", page_card(DANA))

    assert scheduler_card(DANA) == page.replace("h1", "h3")


def test_nothing_is_marked_that_is_saved() -> None:
    assert marked(scheduler_card(DANA)) == []
    assert scheduler_card(DANA, DANA) == scheduler_card(DANA)


def test_a_card_that_clients_do_not_see_says_so() -> None:
    hidden = replace(DANA, is_shown=False)

    assert "Clients don’t see this card" in scheduler_card(hidden)
    assert marked(scheduler_card(hidden)) == []
    assert marked(scheduler_card(hidden, DANA)) == ["Clients don’t see this card. It is hidden."]
    assert marked(scheduler_card(DANA, hidden)) == ["Clients will see this card."]


TYPED: dict[str, tuple[dict[str, Any], list[str]]] = {
    "a name": ({"last_name": "Riviera"}, ["Dr Dana M. Riviera Jr"]),
    "credentials": ({"credentials": "RDN"}, ["RDN"]),
    "pronouns": ({"pronouns": "they/them"}, ["they/them"]),
    "new clients": ({"takes_new_clients": False}, ["Not taking new clients"]),
    "one more specialty": ({"specialties": ("Diabetes", "Grief")}, ["Grief"]),
    "a language less": ({"languages": ("English",)}, []),
    "one paragraph": (
        {"description": "<p>Food that fits.</p><p>Kindly</p>"},
        ["Kindly"],
    ),
    "an item": (
        {"description": "<p>Food that fits.</p><ul><li>Slowly</li><li>Very <b>well</b></li></ul>"},
        ["Very <b>well</b>"],
    ),
    "credentials taken away": ({"credentials": ""}, []),
}


@pytest.mark.parametrize(("typed", "expected"), TYPED.values(), ids=TYPED)
def test_what_differs_is_marked_and_nothing_else(
    typed: dict[str, Any], expected: list[str]
) -> None:
    assert marked(scheduler_card(replace(DANA, **typed), DANA)) == expected


def test_an_item_with_a_paragraph_is_marked_inside_it() -> None:
    typed = replace(DANA, description="<ul><li><p>One</p></li></ul>")

    assert "<li><p><mark>One</mark></p></li>" in scheduler_card(typed, DANA)


def test_typed_text_never_becomes_markup() -> None:
    page = scheduler_card(replace(DANA, last_name="<b>", specialties=("<i>",)), DANA)

    assert "&lt;b&gt;" in page
    assert "&lt;i&gt;" in page
    assert "<b>" not in page
    assert "<i>" not in page


def test_a_bare_card_has_initials_and_no_empty_parts() -> None:
    page = scheduler_card(BARE)

    assert ">SO<" in page
    for empty in ("<dl", "prose", "clinician-facts"):
        assert empty not in page


def test_twice_the_description_takes_at_most_twice_the_work() -> None:
    def work(paragraphs: int) -> int:
        typed = replace(DANA, description="<p>Forty words of it. </p>" * paragraphs)
        return calls_in(lambda: scheduler_card(typed, DANA))

    assert work(400) <= 2 * work(200)
