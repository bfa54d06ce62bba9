"""Practice Details: what is chosen outside the US, and what changes with the country."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from letterhead.activity.models import Activity
from letterhead.details.models import Practitioner
from letterhead.practices.models import Location, Practice
from tests.practices.abroad import move_to
from tests.practices.office import BILLING, PRACTICE, SETTINGS, Office

MOVES = {
    "Change the currency to EUR, Euro": "currency",
    "Change the paper to A4": "paper",
    "Change the locations in Australia to Germany": "locations",
    "Change the remit-to address’s country to Germany": "remit_country",
}


@pytest.fixture
def dana(cast: SimpleNamespace) -> Office:
    move_to(cast, "AU")
    return Office(cast.dana)


def kept(cast: SimpleNamespace) -> Practice:
    return Practice.objects.get(pk=cast.practice.pk)


def places(cast: SimpleNamespace) -> list[str]:
    return list(Location.objects.filter(practice=cast.practice).values_list("country", flat=True))


# what changes with the country


def test_a_changed_country_offers_what_changes_with_it_and_saves_all_at_once(
    cast: SimpleNamespace, dana: Office
) -> None:
    Practice.objects.update(paper="us-letter")

    asked = dana.save(PRACTICE, {"Country": "Germany", "Profession": "typed"})

    assert asked.status == 422
    assert "Choose below what changes" in asked.says_beside("Country")
    boxes = {label: asked.field(label).sent for label in MOVES}
    assert boxes == dict.fromkeys(MOVES, True)
    assert asked.field("Profession").value == "typed"
    assert (kept(cast).country, places(cast)) == ("AU", ["AU"])

    assert dana.send(PRACTICE, asked).status == 302
    now = kept(cast)
    assert (now.country, now.currency, now.paper, now.remit_country) == ("DE", "EUR", "", "DE")
    assert (now.profession, places(cast)) == ("typed", ["DE"])
    told = Activity.objects.latest("pk")
    assert told.act == "changed practice details"
    assert told.changes["locations"] == ["AU", "DE"]
    assert told.changes["currency"] == ["AUD", "EUR"]


@pytest.mark.parametrize("left", ["currency", "locations", "remit_country"])
def test_what_isnt_ticked_stays(cast: SimpleNamespace, dana: Office, left: str) -> None:
    asked = dana.save(PRACTICE, {"Country": "Germany"})
    label = next(words for words, name in MOVES.items() if name == left)
    asked.field(label).sent = False

    assert dana.send(PRACTICE, asked).status == 302

    now = kept(cast)
    found = {
        "currency": now.currency,
        "locations": places(cast)[0],
        "remit_country": now.remit_country,
    }
    old = {"currency": "AUD", "locations": "AU", "remit_country": "AU"}
    new = {"currency": "EUR", "locations": "DE", "remit_country": "DE"}
    assert found == new | {left: old[left]}


def test_paper_that_isnt_ticked_stays_the_old_countrys(cast: SimpleNamespace, dana: Office) -> None:
    asked = dana.save(PRACTICE, {"Country": "Canada"})
    asked.field("Change the paper to US Letter").sent = False

    dana.send(PRACTICE, asked)

    assert kept(cast).paper == "a4"


def test_another_country_after_the_question_is_asked_of_again(
    cast: SimpleNamespace, dana: Office
) -> None:
    asked = dana.save(PRACTICE, {"Country": "Germany"})

    again = dana.send(PRACTICE, asked, {"Country": "Norway"})

    assert again.status == 422
    assert again.field("Change the currency to NOK, Norwegian krone").sent
    assert dana.send(PRACTICE, again).status == 302
    assert (kept(cast).country, kept(cast).currency) == ("NO", "NOK")


def test_a_currency_chosen_with_the_country_isnt_asked_of(
    cast: SimpleNamespace, dana: Office
) -> None:
    asked = dana.save(PRACTICE, {"Country": "Germany", "Currency": "CHF, Swiss franc"})

    assert not [label for label in asked.labels.values() if label.startswith("Change the curr")]
    dana.send(PRACTICE, asked)
    assert kept(cast).currency == "CHF"


def test_with_the_country_left_as_it_was_nothing_is_asked(
    cast: SimpleNamespace, dana: Office
) -> None:
    with CaptureQueriesContext(connection) as told:
        assert dana.save(PRACTICE, {"Profession": "Dietitian"}).status == 302
    assert not [each for each in told if "practices_location" in each["sql"]]


def test_another_practices_locations_stay(cast: SimpleNamespace, dana: Office) -> None:
    Location.objects.filter(practice=cast.stranger.practice).update(country="AU")

    dana.send(PRACTICE, dana.save(PRACTICE, {"Country": "Germany"}))

    assert Location.objects.get(practice=cast.stranger.practice).country == "AU"


def test_in_the_us_a_practice_moves_too(cast: SimpleNamespace) -> None:
    dana = Office(cast.dana)
    asked = dana.save(PRACTICE, {"Country": "Ireland", "State": "", "ZIP code": "V95 X2Y4"})

    assert "Change the paper to A4" in asked.labels.values()
    assert dana.send(PRACTICE, asked).status == 302
    assert (kept(cast).country, kept(cast).currency) == ("IE", "EUR")


# what is chosen outside the US


def test_paper_its_language_and_us_payers(cast: SimpleNamespace, dana: Office) -> None:
    page = dana.open(PRACTICE)
    assert list(page.field("Paper").options) == [
        *("As usual in your country (A4)", "US Letter", "A4")
    ]
    assert list(page.field("Language of paper").options)[:4] == [
        *("Practice default (British English)", "British English", "Français", "Deutsch")
    ]

    typed = {"Paper": "US Letter", "Language of paper": "Français, then British English"}
    dana.save(PRACTICE, typed)

    now = kept(cast)
    assert (now.paper, now.paper_language) == ("us-letter", "fr+en-GB")
    shown = dana.read(SETTINGS)
    assert "Language of paperFrançais, then British English" in shown


def test_we_bill_us_payers_is_ticked(cast: SimpleNamespace, dana: Office) -> None:
    form = dana.open(PRACTICE)
    form.field("We bill US payers").sent = True

    assert dana.send(PRACTICE, form).status == 302

    assert kept(cast).uses_us_claims
    assert "US payersWe bill US payers" in dana.read(SETTINGS)


def test_us_practices_arent_asked(cast: SimpleNamespace) -> None:
    dana = Office(cast.dana)

    assert not {"Paper", "Language of paper", "We bill US payers"} & set(
        dana.open(PRACTICE).labels.values()
    )
    labels = set(dana.open(BILLING).labels.values())
    assert not {"Tax on services", "Numbers begin with"} & labels
    assert dana.save(PRACTICE, {"Profession": "Dietitian"}).status == 302


def test_tax_its_sentence_and_the_numbers_of_bills(cast: SimpleNamespace, dana: Office) -> None:
    move_to(cast, "CA")
    form = dana.open(BILLING)
    assert "R26-0001" in form.text
    typed = {
        "Tax on services": "GST 5% + QST 9.975%",
        "Sentence where no tax is charged": "Exempt.",
        "Numbers begin with": "mtl",
    }

    assert dana.send(BILLING, form, typed).status == 302

    now = kept(cast)
    assert (now.tax, now.tax_note, now.bill_prefix) == ("gst-qst", "Exempt.", "MTL")
    page = dana.read(SETTINGS)
    for shown in ("Tax on servicesGST 5% + QST 9.975%", "Exempt.", "Numbers begin withMTL"):
        assert shown in page


@pytest.mark.parametrize("typed", ["A-1", "é", "ABCD", "1 2"])
def test_numbers_begin_with_letters_and_digits(dana: Office, typed: str) -> None:
    assert dana.save(BILLING, {"Numbers begin with": typed}).says_beside("Numbers begin with")


def test_where_no_tax_is_known_none_is_asked_for(cast: SimpleNamespace, dana: Office) -> None:
    move_to(cast, "BN")

    labels = dana.open(BILLING).labels.values()
    assert "Tax on services" not in labels
    assert "Sentence where no tax is charged" in labels


def test_a_new_payer_is_in_the_practices_country(cast: SimpleNamespace) -> None:
    for country, state in (("CA", "Province"), ("AU", "State"), ("DE", "")):
        move_to(cast, country)
        page = Office(cast.dana).open(f"{SETTINGS}payers/add/")
        assert page.field("Country").value == country
        labels: Any = page.labels.values()
        assert any(label.startswith(state or "Postal") for label in labels)
        assert "NY" not in page.html


def test_a_default_saved_before_needs_no_second_typing(cast: SimpleNamespace, dana: Office) -> None:
    assert Practitioner.objects.get(pk=cast.dana.practitioner_id).npi_label == "NPI"
    assert Practitioner.objects.get(pk=cast.dana.practitioner_id).number_label == "Provider number"
