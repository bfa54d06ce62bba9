"""All countries of ISO 3166, called as the CLDR calls them, each with its money."""

import datetime as dt
from importlib.resources import files

import pytest
from babel import Locale
from babel.numbers import get_territory_currencies

from letterhead.countries.table import country_of
from letterhead.places.countries import COUNTRIES
from letterhead.places.currencies import CURRENCIES
from letterhead.texts.folded import folded

ENGLISH = Locale("en")
SHORTER = {
    "CD": "Congo (Kinshasa)", "CG": "Congo (Brazzaville)", "HK": "Hong Kong", "MO": "Macao",
}  # fmt: skip
NEW_MONEY = {"BG": "EUR"}  # since January 2026
OF_TWO = {"AQ": "USD", "BT": "BTN", "HT": "HTG", "LS": "LSL", "NA": "NAD", "PA": "USD", "ZW": "USD"}


def test_all_countries_of_the_standard_are_in_the_list() -> None:
    table = files("tzdata").joinpath("zoneinfo/iso3166.tab").read_text(encoding="utf-8")
    standard = {line[:2] for line in table.splitlines() if not line.startswith("#")}

    assert set(COUNTRIES) == standard
    assert len(COUNTRIES) == 249


@pytest.mark.parametrize("code", COUNTRIES)
def test_a_country_has_the_name_that_the_cldr_gives_it(code: str) -> None:
    usual = ENGLISH.territories[code].replace(" & ", " and ")

    assert COUNTRIES[code] == SHORTER.get(code, usual)


def test_the_list_is_in_the_order_in_which_people_look_after_the_united_states() -> None:
    first, *rest = (str(name) for name in COUNTRIES.values())

    assert first == "United States"
    assert rest == sorted(rest, key=lambda name: folded(name.replace(".", "")))


@pytest.mark.parametrize("code", COUNTRIES)
def test_a_country_has_its_own_money_and_it_is_offered(code: str) -> None:
    usual = get_territory_currencies(code, dt.date(2026, 11, 30))
    money = NEW_MONEY.get(code) or OF_TWO.get(code) or usual[0]

    assert country_of(code).currency == money
    assert money in CURRENCIES


def test_each_money_is_called_by_its_code_and_name() -> None:
    assert all(str(label).startswith(f"{code}, ") for code, label in CURRENCIES.items())
    assert CURRENCIES["MXN"] == "MXN, Mexican peso"
