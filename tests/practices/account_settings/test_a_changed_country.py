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

FOLLOW = f"{PRACTICE}country/?from=AU"


def test_a_changed_country_is_saved_and_offers_what_changes_with_it(
    cast: SimpleNamespace, dana: Office
) -> None:
    Practice.objects.update(paper="us-letter", remit_line1="1 Harbour Street")

    saved = dana.save(PRACTICE, {"Country": "Germany", "Profession": "Dietitian"})

    assert (saved.status, saved.location) == (302, FOLLOW)
    now = kept(cast)
    assert (now.country, now.currency, now.remit_country) == ("DE", "AUD", "AU")
    assert (now.profession, places(cast)) == ("Dietitian", ["AU"])
    asked = dana.open(FOLLOW)
    assert {label: asked.field(label).sent for label in MOVES} == dict.fromkeys(MOVES, True)

    assert dana.send(FOLLOW, asked).status == 302

    now = kept(cast)
    assert (now.currency, now.paper, now.remit_country) == ("EUR", "", "DE")
    assert places(cast) == ["DE"]
    told = Activity.objects.latest("pk")
    assert told.act == "changed what follows the country"
    assert told.changes["locations"] == ["AU", "DE"]
    assert told.changes["currency"] == ["AUD", "EUR"]
    assert dana.open(FOLLOW).status == 302  # nothing is left to ask


@pytest.mark.parametrize("left", ["currency", "locations", "remit_country"])
def test_what_isnt_ticked_stays(cast: SimpleNamespace, dana: Office, left: str) -> None:
    Practice.objects.update(remit_line1="1 Harbour Street")
    dana.save(PRACTICE, {"Country": "Germany"})
    asked = dana.open(FOLLOW)
    label = next(words for words, name in MOVES.items() if name == left)
    asked.field(label).sent = False

    assert dana.send(FOLLOW, asked).status == 302

    now = kept(cast)
    found = {
        "currency": now.currency,
        "locations": places(cast)[0],
        "remit_country": now.remit_country,
    }
    old = {"currency": "AUD", "locations": "AU", "remit_country": "AU"}
    new = {"currency": "EUR", "locations": "DE", "remit_country": "DE"}
    assert found == new | {left: old[left]}


def test_paper_stays_the_old_countrys_until_it_is_ticked(
    cast: SimpleNamespace, dana: Office
) -> None:
    dana.save(PRACTICE, {"Country": "Canada"})
    assert kept(cast).paper == "a4"
    asked = dana.open(FOLLOW)

    dana.send(FOLLOW, asked)

    assert (kept(cast).paper, kept(cast).place.paper) == ("", "us-letter")


def test_a_currency_chosen_with_the_country_isnt_asked_of(
    cast: SimpleNamespace, dana: Office
) -> None:
    dana.save(PRACTICE, {"Country": "Germany", "Currency": "CHF, Swiss franc"})
    asked = dana.open(FOLLOW)

    assert not [label for label in asked.labels.values() if label.startswith("Change the curr")]
    dana.send(FOLLOW, asked)
    assert kept(cast).currency == "CHF"


def test_an_empty_remit_to_address_follows_unasked(cast: SimpleNamespace, dana: Office) -> None:
    dana.save(PRACTICE, {"Country": "Germany"})

    assert kept(cast).remit_country == "DE"


@pytest.mark.parametrize("old", ["", "XX", "DE"])
def test_an_address_made_up_asks_nothing(cast: SimpleNamespace, dana: Office, old: str) -> None:
    dana.save(PRACTICE, {"Country": "Germany"})

    assert dana.open(f"{PRACTICE}country/?from={old}").status == 302


def test_with_the_country_left_as_it_was_nothing_is_asked(
    cast: SimpleNamespace, dana: Office
) -> None:
    with CaptureQueriesContext(connection) as told:
        assert dana.save(PRACTICE, {"Profession": "Dietitian"}).status == 302
    assert not [each for each in told if "practices_location" in each["sql"]]


def test_another_practices_locations_stay(cast: SimpleNamespace, dana: Office) -> None:
    Location.objects.filter(practice=cast.stranger.practice).update(country="AU")

    dana.save(PRACTICE, {"Country": "Germany"})
    dana.send(FOLLOW, dana.open(FOLLOW))

    assert Location.objects.get(practice=cast.stranger.practice).country == "AU"


def test_in_the_us_a_practice_moves_too(cast: SimpleNamespace) -> None:
    dana, follow = Office(cast.dana), f"{PRACTICE}country/?from=US"
    dana.save(PRACTICE, {"Country": "Ireland", "State": "", "ZIP code": "V95 X2Y4"})
    asked = dana.open(follow)

    assert "Change the paper to A4" in asked.labels.values()
    assert dana.send(follow, asked).status == 302
    assert (kept(cast).country, kept(cast).currency) == ("IE", "EUR")


def test_language_and_taxes_of_the_old_country_go_with_it(
    cast: SimpleNamespace, dana: Office
) -> None:
    Practice.objects.filter(pk=cast.practice.pk).update(tax="gst-10")
    dana.save(PRACTICE, {"Country": "Germany"})
    asked = dana.open(FOLLOW)

    assert asked.field("Change the language of paper to Deutsch").sent
    assert dana.send(FOLLOW, asked).status == 302
    now = kept(cast)
    assert (now.tax, now.paper_language) == ("", "de")
    assert now.tax_note == "Umsatzsteuerfrei nach § 4 Nr. 14 Buchst. a UStG."


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
        assert "NY" not in page.text


def test_a_default_saved_before_needs_no_second_typing(cast: SimpleNamespace, dana: Office) -> None:
    assert Practitioner.objects.get(pk=cast.dana.practitioner_id).npi_label == "NPI"
    assert Practitioner.objects.get(pk=cast.dana.practitioner_id).number_label == "Provider number"
