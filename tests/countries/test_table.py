"""Every country of ISO 3166 is one whole row of the table, and each fact says where it is from."""

from decimal import Decimal

import pytest
from django.db.models import CharField

from letterhead.countries.country import Country
from letterhead.countries.table import DESCRIBED, country_of
from letterhead.places.countries import COUNTRIES
from letterhead.practices.models import Practice, PracticeNumber

ASKED = {
    *("birth date", "client address", "description", "pointers", "referrer number", "paid"),
    *("provider number", "license", "tax ID", "diagnosis", "referral date", "minutes"),
    *("signature", "code"),
}
rows = pytest.mark.parametrize("row", DESCRIBED.values(), ids=DESCRIBED)


def longest(name: str) -> int:
    field = Practice._meta.get_field(name)
    assert isinstance(field, CharField)
    return field.max_length or 0


@pytest.mark.parametrize("code", COUNTRIES)
def test_every_country_is_a_whole_row(code: str) -> None:
    row = country_of(code)

    assert row.code == code
    assert row.currency and row.document.title and row.license.label
    assert row.provider_number.label and row.referrers_number.label
    assert row.tax_ids and row.paper_languages


@rows
def test_a_stored_name_means_one_kind_of_number(row: Country) -> None:
    kinds = {*row.numbers, row.provider_number, *row.tax_ids}
    named = {(kind.name, str(kind.label)) for kind in kinds}

    assert len({name for name, _label in named}) == len(named)
    if not row.bills_us_payers:  # whose SSN is another's on each of two forms
        assert len(kinds) == len(named)
    assert all(len(name) <= longest("tax_id_kind") for name, _label in named)


@rows
def test_a_private_number_is_kept_as_a_tax_id_and_never_in_a_row(row: Country) -> None:
    assert not any(kind.is_private for kind in row.numbers)
    assert not row.provider_number.is_private


@rows
def test_what_is_asked_has_a_source_and_is_asked_once(row: Country) -> None:
    asked = [each.what for each in row.asked]

    assert set(asked) <= ASKED
    assert len(set(asked)) == len(asked)
    assert all(each.source and "to be written" not in each.source for each in row.asked)


@rows
def test_taxes_have_a_source_and_fit_their_columns(row: Country) -> None:
    taxes = row.taxes

    assert len({tax.name for tax in taxes.choices}) == len(taxes.choices)
    assert all(len(tax.name) <= longest("tax") for tax in taxes.choices)
    assert bool(taxes.source) == bool(taxes.choices)
    assert len(taxes.exempt) <= longest("tax_note")


def test_in_quebec_two_taxes_are_charged_together() -> None:
    tax = country_of("CA").tax("gst-qst")

    assert tax
    assert [percent for _label, percent in tax.parts] == [Decimal(5), Decimal("9.975")]


@pytest.mark.parametrize(("code", "says"), [("DE", "§ 4 Nr. 14"), ("AT", "§ 6 Abs. 1 Z 19")])
def test_where_the_law_asks_for_it_paper_says_why_there_is_no_tax(code: str, says: str) -> None:
    assert says in country_of(code).taxes.exempt


@pytest.mark.parametrize(
    ("code", "first"), [("DE", "de"), ("AT", "de"), ("CH", "de"), ("FR", "fr"), ("CA", "en-GB")]
)
def test_paper_is_in_the_countrys_language_first(code: str, first: str) -> None:
    assert country_of(code).paper_languages[0] == first
    assert {"en-GB", "fr"} <= set(country_of(code).paper_languages)


def test_licenses_are_of_a_state_or_province_only_where_addresses_have_them() -> None:
    assert {row.code for row in DESCRIBED.values() if row.license.is_regional} == {"US", "CA"}


@rows
def test_the_names_of_kinds_fit_their_column(row: Country) -> None:
    column = PracticeNumber._meta.get_field("kind")
    assert isinstance(column, CharField) and column.max_length

    assert all(len(kind.name) <= column.max_length for kind in row.numbers)
