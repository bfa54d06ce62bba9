"""Amounts are read the way a country writes numbers, and never another way."""

from decimal import Decimal

import pytest
from babel import Locale
from babel.languages import get_official_languages
from babel.localedata import locale_identifiers
from hypothesis import given
from hypothesis import strategies as st

from letterhead.countries.money import NotAnAmount, TwoReadings, read_amount, show_amount
from letterhead.places.countries import COUNTRIES

LOCALES = set(locale_identifiers())


@pytest.mark.parametrize(
    ("country", "typed", "amount"),
    [
        ("US", "120", "120"),
        ("US", "$1,200.50", "1200.50"),
        ("US", "1 200.50", "1200.50"),
        ("US", "-5", "-5"),
        ("US", "120.", "120"),
        ("US", "1.005", "1.005"),
        ("NO", "120,50", "120.50"),
        ("NO", "kr 1 200,50", "1200.50"),
        ("NO", "1\N{NO-BREAK SPACE}200,50 kr", "1200.50"),
        ("NO", "NOK 120", "120"),
        ("NO", "1.200,50", "1200.50"),
        ("NO", "120.50", "120.50"),
        ("DE", "1.200", "1200"),
        ("CH", "1’200.50", "1200.50"),
        ("CH", "120,50", "120.50"),
        ("CA", "1,200.50", "1200.50"),
        ("CA", "120,50", "120.50"),
        ("ZA", "R 1 200,50", "1200.50"),
        ("PL", "1 200,50", "1200.50"),
        ("BR", "1.200,50", "1200.50"),
        ("MX", "1,200.50", "1200.50"),
    ],
)
def test_an_amount_is_read_its_countrys_way(country: str, typed: str, amount: str) -> None:
    currency = "NOK" if country == "NO" else ""

    assert read_amount(typed, country=country, currency=currency) == Decimal(amount)


@pytest.mark.parametrize(
    ("country", "typed"),
    [
        *[("US", typed) for typed in ("120,50", "1,2,3", "40,00", "1,200,5", "1,200 300", ",50")],
        *[("US", typed) for typed in ("NaN", "1e9", "１２", "٣", "", "ten", "1.2.3", "NOK 5")],
        *[("DE", typed) for typed in ("120.50", "1,200.50", "1.2.3")],
        ("CH", "1,200.50"),
        ("NO", "1,200.50"),
    ],
)
def test_groups_that_are_no_groups_of_three_are_refused(country: str, typed: str) -> None:
    with pytest.raises(NotAnAmount):
        read_amount(typed, country=country)


@pytest.mark.parametrize(("country", "typed"), [("CA", "1,200"), ("ZA", "1,200"), ("NO", "1.200")])
def test_two_usual_readings_are_refused(country: str, typed: str) -> None:
    with pytest.raises(TwoReadings):
        read_amount(typed, country=country)


@pytest.mark.parametrize("country", COUNTRIES)
def test_decimals_are_read_as_each_language_of_a_country_writes_them(country: str) -> None:
    spoken = get_official_languages(country, de_facto=True)
    known = [f"{each}_{country}" for each in spoken if f"{each}_{country}" in LOCALES]

    for locale in known:
        decimal = Locale.parse(locale).number_symbols["latn"]["decimal"]
        assert read_amount(f"1{decimal}50", country=country) == Decimal("1.50")


_CENTS = st.decimals(0, 9_999_999, places=2, allow_nan=False)


@given(_CENTS, st.sampled_from(list(COUNTRIES)))
def test_what_a_field_shows_is_read_back_as_it_was(amount: Decimal, country: str) -> None:
    assert read_amount(show_amount(amount, country=country), country=country) == amount


@given(_CENTS, st.sampled_from(list(COUNTRIES)))
def test_grouped_with_spaces_it_is_the_same_amount(amount: Decimal, country: str) -> None:
    shown = f"{amount:,f}".replace(".", show_amount(amount, country=country)[-3])
    typed = "".join(" " if c == "," and i < len(shown) - 3 else c for i, c in enumerate(shown))

    assert read_amount(typed, country=country) == amount


@given(st.text("0123456789.,' -$", max_size=14), st.sampled_from(list(COUNTRIES)))
def test_no_digit_is_ever_lost(typed: str, country: str) -> None:
    try:
        amount = read_amount(typed, country=country)
    except NotAnAmount:
        return
    digits = [digit for digit in typed if digit.isdigit()]
    assert f"{amount:f}".replace(".", "").strip("-0") == "".join(digits).strip("0")
