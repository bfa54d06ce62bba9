"""Money is written as a country writes it, in each of its languages, and reads back the same."""

from decimal import Decimal

import pytest
from django.utils.translation import override
from hypothesis import example, given
from hypothesis import strategies as st

from letterhead.countries.money import money, read_amount
from letterhead.countries.table import country_of
from letterhead.places.countries import COUNTRIES

SPOKEN = [(code, language) for code in COUNTRIES for language in country_of(code).ways.ways]
_AMOUNTS = st.decimals(-99_999_999, 99_999_999, places=2, allow_nan=False)


@given(_AMOUNTS, st.sampled_from(SPOKEN))
@example(Decimal("12345678.90"), ("IN", "en"))
@example(Decimal("-1234.50"), ("NO", "no"))
@example(Decimal(1234567), ("LK", "ta"))
@example(Decimal(1200), ("JP", "ja"))
@example(Decimal(1000), ("PY", "es"))
def test_money_written_by_the_table_reads_back_equal(
    amount: Decimal, spoken: tuple[str, str]
) -> None:
    country, language = spoken
    currency = country_of(country).currency
    with override(language):
        written = money(amount, currency, country=country)

    assert read_amount(written, country=country, currency=currency) == amount


@given(_AMOUNTS, st.sampled_from(SPOKEN))
def test_money_of_elsewhere_reads_back_by_its_code(
    amount: Decimal, spoken: tuple[str, str]
) -> None:
    country, language = spoken
    with override(language):
        written = money(amount, "XTS", country=country)

    assert read_amount(written, country=country, currency="XTS") == amount


@pytest.mark.parametrize(
    ("country", "language", "written"),
    [
        ("US", "en", "$1,234,567.50"),
        ("GB", "en", "£1,234,567.50"),
        ("CA", "fr", "1 234 567,50 $"),
        ("IN", "en", "₹12,34,567.50"),
        ("DE", "de", "1.234.567,50 €"),
    ],
)
def test_groups_and_signs_are_the_countrys(country: str, language: str, written: str) -> None:
    with override(language):
        shown = money(Decimal("1234567.50"), country_of(country).currency, country=country)

    assert shown.replace("\N{NO-BREAK SPACE}", " ").replace("\u202f", " ") == written
