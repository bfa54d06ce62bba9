"""What an address is in each country: which parts, called how, in which shape."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letterhead.places.address_forms import (
    address_form_of,
    letters_of_state,
    read_postal_code,
    read_state,
)
from letterhead.places.countries import COUNTRIES
from tools import address_forms


def test_the_table_is_what_the_library_says_today() -> None:
    assert address_forms.TABLE.read_text(encoding="utf-8") == address_forms.table()


@pytest.mark.parametrize(
    ("country", "state", "code"),
    [
        ("US", "State", "ZIP code"),
        ("CA", "Province", "Postal code"),
        ("IE", "County", "Eircode"),
        ("IN", "State", "PIN code"),
        ("MX", "State", "Postal code"),
        ("HK", "Area", ""),
        ("AE", "Emirate", ""),
        ("JP", "Prefecture", "Postal code"),
        ("NO", "", "Postal code"),
        ("GB", "", "Postal code"),
    ],
)
def test_a_country_has_its_own_parts_and_names_for_them(
    country: str, state: str, code: str
) -> None:
    form = address_form_of(country)
    names = {part: str(form.names(part)[0]) for part in ("state", "postal_code") if form.has(part)}

    assert names == {k: v for k, v in {"state": state, "postal_code": code}.items() if v}


@pytest.mark.parametrize(
    ("country", "needed"),
    [("US", "ACSZ"), ("IE", "AC"), ("NO", "ACZ"), ("MX", "ACSZ"), ("HK", "AS"), ("IN", "ACSZ")],
)
def test_a_letter_arrives_with_the_parts_that_a_country_needs(country: str, needed: str) -> None:
    form = address_form_of(country)
    parts = {"A": "line1", "C": "city", "S": "state", "Z": "postal_code"}

    assert "".join(letter for letter, part in parts.items() if form.needs(part)) == needed
    assert not form.needs("line2")


@pytest.mark.parametrize(
    ("country", "typed", "written"),
    [
        ("CA", "h2x1y4", "H2X 1Y4"),
        ("GB", "sw1a1aa", "SW1A 1AA"),
        ("GB", "m25bq", "M2 5BQ"),
        ("IE", "d02af30", "D02 AF30"),
        ("NL", "1234ab", "1234 AB"),
        ("SE", "SE-114 55", "114 55"),
        ("DE", "D-10115", "10115"),
        ("NO", "N-9008", "9008"),
        ("PL", "00950", "00-950"),
        ("BR", "40301110", "40301-110"),
        ("IN", "110 034", "110034"),
        ("LV", "1073", "LV-1073"),
        ("PR", "009301234", "00930-1234"),
        ("PE", "lima 23", "LIMA 23"),
        ("HK", "999077", "999077"),
        ("IE", "", ""),
    ],
)
def test_a_postal_code_is_brought_into_its_shape(country: str, typed: str, written: str) -> None:
    assert read_postal_code(typed, country=country) == written


@pytest.mark.parametrize(
    ("country", "typed"),
    [("CA", "10701"), ("NO", "90080"), ("GB", "London"), ("IE", "D02"), ("DE", "１０１１５")],
)
def test_what_cannot_be_a_postal_code_is_none(country: str, typed: str) -> None:
    assert read_postal_code(typed, country=country) is None


@pytest.mark.parametrize(
    ("country", "typed", "written", "letters"),
    [
        ("CA", "Québec", "QC", "QC"),
        ("CA", "quebec", "QC", "QC"),
        ("CA", "on", "ON", "ON"),
        ("AU", "Victoria", "VIC", "VIC"),
        ("IE", "Cork", "Co. Cork", "CO"),
        ("IE", "County Clare", "Co. Clare", "CE"),
        ("MX", "Jalisco", "Jal.", "JAL"),
        ("IN", "karnataka", "Karnataka", "KA"),
        ("HK", "kowloon", "Kowloon", ""),
        ("US", "new york", "NY", "NY"),
        ("NO", "Troms", "Troms", ""),
        ("CA", "Ontari", None, ""),
    ],
)
def test_a_state_is_known_by_its_name_and_its_letters(
    country: str, typed: str, written: str | None, letters: str
) -> None:
    assert read_state(typed, country=country) == written
    assert letters_of_state(typed, country=country) == letters


@pytest.mark.parametrize("country", COUNTRIES)
def test_what_the_table_itself_says_reads_as_it_is_written(country: str) -> None:
    form = address_form_of(country)

    assert read_postal_code(form.example, country=country) == form.example
    for letters, written, *names in form.states:
        assert {read_state(name, country=country) for name in (written, *names)} == {written}
        assert letters_of_state(written, country=country) == letters
        assert len(letters) <= 3
        assert len(written) <= 30
    for part in "ACSZ":
        assert form.format.count(f"%{part}") == 1


@given(st.sampled_from(sorted(COUNTRIES)), st.text(max_size=15))
def test_what_was_read_once_reads_the_same_again(country: str, typed: str) -> None:
    code, state = read_postal_code(typed, country=country), read_state(typed, country=country)

    assert code is None or read_postal_code(code, country=country) == code
    assert state is None or read_state(state, country=country) == state
