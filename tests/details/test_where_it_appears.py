"""The panel "Where it appears": what is typed, in every place, before it is saved."""

import re
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from letterhead.details.appearances import appearances, places
from tests.details.pages import MyDetails
from tests.factories import Person

WHERE = "/my-details/where-it-appears/"
PLACES = ("superbill", "cms-1500", "scheduler")


def put(person: MyDetails, section: str, sent: Mapping[str, str]) -> Any:
    """Send a form's fields to the panel, as the page does while one types."""
    return person.browser.put(
        f"{WHERE}{section}/",
        urlencode(sent),
        content_type="application/x-www-form-urlencoded",
    )


def as_typed(person: Person, place: str, typed: dict[str, str], *, section: str = "general") -> str:
    """Type into Edit General Details and look at a place of the panel, as the page does."""
    dana = MyDetails(person)
    page = dana.open()
    sent = page.sends() | {page.field(label).name: value for label, value in typed.items()}
    answer = put(dana, section, {**sent, "place": place})
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize("place", PLACES)
def test_what_is_typed_shows_marked_and_is_not_saved(cast: SimpleNamespace, place: str) -> None:
    typed = as_typed(cast.dana, place, {"Credentials": "RDN, CDN"})

    assert "CDN" in typed
    assert "<mark" in typed or 'class="marked' in typed
    assert cast.dana.practitioner.credentials == "RDN, PhD"


@pytest.mark.parametrize("place", PLACES)
def test_without_a_change_nothing_is_marked(cast: SimpleNamespace, place: str) -> None:
    untouched = as_typed(cast.dana, place, {})

    assert "PhD" in untouched or "PHD" in untouched
    assert "<mark" not in untouched
    assert 'class="marked' not in untouched


def test_what_would_be_gone_is_said_where_nothing_can_be_marked(cast: SimpleNamespace) -> None:
    dana = MyDetails(cast.dana)
    dana.save({"Pronouns": "she/her"})
    gone = as_typed(cast.dana, "scheduler", {"Pronouns": ""})

    assert "<mark" not in gone
    assert "Saving removes something from here." in gone
    assert "removes something" not in as_typed(cast.dana, "superbill", {"Pronouns": ""})


def test_the_pronunciation_of_a_name_is_for_clients_only(cast: SimpleNamespace) -> None:
    said = {"Pronunciation of the name": "DAY-nuh rih-VAIR-uh"}

    assert "<mark>Pronounced DAY-nuh rih-VAIR-uh</mark>" in as_typed(cast.dana, "scheduler", said)
    for paper in ("superbill", "cms-1500"):
        assert "DAY-nuh" not in as_typed(cast.dana, paper, said)
    MyDetails(cast.dana).save(said)

    assert "Pronounced DAY-nuh rih-VAIR-uh" in MyDetails(cast.dana).read()
    assert "Pronounced DAY-nuh rih-VAIR-uh" in as_typed(cast.dana, "scheduler", {})
    card = Client().get(f"/book/{cast.practice.slug}/{cast.dana.practitioner.slug}/")
    assert "Pronounced DAY-nuh rih-VAIR-uh" in card.content.decode()


def test_a_pronunciation_has_at_most_sixty_characters(cast: SimpleNamespace) -> None:
    dana = MyDetails(cast.dana)

    answer = dana.save({"Pronunciation of the name": "é" * 61})

    assert answer.status == 422
    assert "60" in answer.says_beside("Pronunciation of the name")
    assert dana.save({"Pronunciation of the name": "é" * 60}).status == 302


def test_a_signature_too_long_for_claims_is_a_warning_with_two_ways_out(
    cast: SimpleNamespace,
) -> None:
    fits = as_typed(cast.dana, "superbill", {})
    assert "Item 31, 21 of 21 characters" in fits
    assert "rejected" not in fits and 'class="over"' not in fits

    typed = as_typed(cast.dana, "superbill", {"Credentials": "RDN, PhD, CDN"})

    assert '<div class="over"><dt>Item 31, 25 of 21 characters</dt>' in typed
    assert "Claims with it would be rejected" in typed
    ways = dict(re.findall(r'<a href="#(id_\w+)">([^<]+)</a>', typed))
    assert ways == {"id_short_signature": "Short form", "id_signature": "SIGNATURE ON FILE"}
    fields = MyDetails(cast.dana).open().controls
    assert set(ways) <= set(fields)
    assert ways["id_signature"] in fields["id_signature"].options
    for way in ({"Signature on claims": "short", "Short form": "D RIVERA RDN"},
                {"Signature on claims": "on file"}):  # fmt: skip
        out = as_typed(cast.dana, "superbill", {"Credentials": "RDN, PhD, CDN", **way})
        assert "rejected" not in out


def test_a_contact_email_that_waits_for_its_link_is_not_shown_as_used(
    cast: SimpleNamespace,
) -> None:
    new = {"Contact Email": "desk@riverside.example"}
    typed = as_typed(cast.dana, "superbill", new)
    assert "<mark>desk@riverside.example</mark>" in typed
    assert "A new Contact Email changes after you confirm it" in typed
    MyDetails(cast.dana).save(new)

    waiting = as_typed(cast.dana, "superbill", {})

    assert "dana@riverside.example" in waiting
    assert "desk@riverside.example" not in waiting
    assert "<mark" not in waiting


@pytest.mark.parametrize("place", PLACES)
def test_wrong_and_hostile_text_is_shown_as_text(cast: SimpleNamespace, place: str) -> None:
    typed = as_typed(
        cast.dana, place,
        {"Last name": "<script>alert(1)</script>", "Credentials": "</svg><img src=x onerror=y>",
         "Individual NPI": "12", "Contact Email": "nowhere"},
    )  # fmt: skip

    shown = typed.casefold()
    assert "alert(1)&lt;/script&gt;" in shown or "script alert 1 /script" in shown  # as on claims
    assert "<script" not in shown
    assert "<img src=x" not in shown


def test_every_place_shows_what_is_saved_on_one_page(cast: SimpleNamespace) -> None:
    answer = MyDetails(cast.dana).browser.get(WHERE)

    text = answer.content.decode()
    assert {each.slug for each in appearances(cast.practice)} == set(PLACES)
    for place in PLACES:
        assert f'id="{place}"' in text
    assert "2363324239" in text
    assert "<mark" not in text


def test_the_panel_fetches_the_place_that_is_chosen(cast: SimpleNamespace) -> None:
    answer = MyDetails(cast.dana).browser.get(
        WHERE, {"place": "superbill"}, headers={"HX-Request": "true"}
    )

    text = answer.content.decode()
    assert "<html" not in text
    assert "Superbill" in text


def test_a_place_or_section_that_nobody_knows_does_no_harm(cast: SimpleNamespace) -> None:
    dana = MyDetails(cast.dana)

    assert dana.browser.get(WHERE, {"place": "moon"}).status_code == 200
    assert put(dana, "moon", {}).status_code == 404
    assert put(dana, "general", {"phones-TOTAL_FORMS": "x"}).status_code == 200
    assert dana.browser.post(f"{WHERE}general/").status_code == 405


def test_strangers_see_nothing_of_it(cast: SimpleNamespace) -> None:
    assert Client().get(WHERE).status_code == 302
    hers = MyDetails(cast.stranger).browser.get(WHERE).content.decode()
    assert "Elsewhere" in hers
    assert "2363324239" not in hers


def test_every_section_names_its_places(cast: SimpleNamespace) -> None:
    known = places(cast.practice)

    assert {
        *("name", "claim_name", "pronouns", "pronunciation", "credentials"),
        *("signature", "paper_signature"),
        *("contact_email", "phones", "npi_label", "npi", "tax_id", "other_ids", "licenses"),
        "number_rows",
        *("photo", "description", "about_me"),
    } == set(known)


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("Credentials", {"Superbill", "CMS-1500 item 31", "Online scheduler"}),
        ("Individual NPI", {"Superbill", "CMS-1500 item 24J"}),
    ],
)
def test_a_field_points_to_its_places(cast: SimpleNamespace, label: str, words: set[str]) -> None:
    key = {"Credentials": "credentials", "Individual NPI": "npi"}[label]
    page = MyDetails(cast.dana).open()

    assert {place.words for place in places(cast.practice)[key]} == words
    for place in places(cast.practice)[key]:
        assert f'for="place-{place.slug}">{place.words}</label>' in page.html


def test_without_scripts_the_page_draws_what_is_typed(cast: SimpleNamespace) -> None:
    dana = MyDetails(cast.dana)

    page = dana.press(dana.open(), "Show as typed now", typed={"Credentials": "RDN, CDN"})

    assert "CDN" in page.html.split('class="drawn"')[1]
    assert page.field("Credentials").value == "RDN, CDN"


def test_the_preview_costs_the_same_few_queries(
    cast: SimpleNamespace, django_assert_num_queries: Any
) -> None:
    dana = MyDetails(cast.dana)
    page = dana.open()
    sent = {**page.sends(), "place": "superbill"}

    with django_assert_num_queries(5):  # session, user, membership, practitioner, location
        put(dana, "general", sent)


def test_a_form_just_opened_asks_for_what_is_saved(cast: SimpleNamespace) -> None:
    answer = MyDetails(cast.dana).browser.get(f"{WHERE}general/", {"place": "cms-1500"})

    text = answer.content.decode()
    assert "DANA M RIVERA RDN PHD" in text
    assert "<mark" not in text
