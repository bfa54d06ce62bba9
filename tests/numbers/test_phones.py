"""Phone numbers: typed as people type them, shown the way of the reader's country."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letterhead.numbers.phones import (
    NoAreaCode,
    NotAPhoneNumber,
    read_back,
    read_phone,
    show_phone,
)


@pytest.mark.parametrize(
    "typed",
    ["(212) 555-0142", "212.555.0142", "2125550142", "1 212 555 0142", "tel:+1-212-555-0142"],
)
def test_a_number_is_the_same_however_it_is_typed(typed: str) -> None:
    assert read_phone(typed, country="US") == ("+12125550142", "")


@pytest.mark.parametrize("typed", ["212 555 0142 ext. 3", "212 555 0142 x3", "212-555-0142 #3"])
def test_an_extension_is_told_apart_from_the_number(typed: str) -> None:
    assert read_phone(typed, country="US") == ("+12125550142", "3")


@pytest.mark.parametrize(
    ("country", "typed", "number", "extension"),
    [
        ("CA", "514 555-0142 poste 12", "+15145550142", "12"),
        ("CA", "514 555-0142, Poste 12", "+15145550142", "12"),
        ("FR", "01 42 68 53 00 poste 012", "+33142685300", "012"),
        ("DE", "030 901820 Durchwahl 12", "+4930901820", "12"),
        ("DE", "030 901820 Dw. 12", "+4930901820", "12"),
        ("AT", "(01) 234567 DW 12", "+431234567", "12"),
        ("AR", "011 2345-6789 interno 12", "+541123456789", "12"),
        ("BR", "(11) 2345-6789 ramal 12", "+551123456789", "12"),
        ("MX", "55 1234 5678 int. 12", "+525512345678", "12"),
        ("PE", "01 234 5678 anexo 12", "+5112345678", "12"),
        ("GB", "020 7946 0958 x12", "+442079460958", "12"),
    ],
)
def test_an_extension_is_understood_as_it_is_called_there(
    country: str, typed: str, number: str, extension: str
) -> None:
    assert read_phone(typed, country=country) == (number, extension)


@pytest.mark.parametrize("word", ["poste", "Durchwahl", "Dw.", "int.", "anexo", "ext.", "interno"])
def test_a_word_for_extensions_is_shown_if_it_is_read_back(word: str) -> None:
    assert read_back(word) == word
    assert read_phone(f"(212) 555-0142 {word} 3", country="US") == ("+12125550142", "3")


@pytest.mark.parametrize("word", ["вн.", "lokal", ""])
def test_another_word_for_extensions_is_not_shown(word: str) -> None:
    assert read_back(word) == "ext."


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "poste 12",
        "555-0142",
        "call me",
        "911",
        "+999 212 555 0142",
        "212 555 01425",
        "2125550142 x12345678",
    ],
)
def test_what_nobody_could_call_is_refused(typed: str) -> None:
    with pytest.raises(NotAPhoneNumber):
        read_phone(typed, country="US")


def test_a_missing_area_code_is_told_apart() -> None:
    for country in ("US", "CA"):
        with pytest.raises(NoAreaCode):
            read_phone("555-0199", country=country)


def test_a_number_without_a_country_code_is_one_of_the_country() -> None:
    assert read_phone("020 7946 0958", country="GB")[0] == "+442079460958"
    with pytest.raises(NotAPhoneNumber):
        read_phone("020 7946 0958", country="US")


@pytest.mark.parametrize(
    ("country", "shown"),
    [("US", "(212) 555-0142"), ("CA", "(212) 555-0142"), ("GB", "+1 212-555-0142")],
)
def test_a_number_from_abroad_is_shown_with_its_country_code(country: str, shown: str) -> None:
    assert show_phone("+12125550142", country=country) == shown
    assert show_phone("+12125550142", extension="3", country=country) == f"{shown} ext. 3"


@given(
    st.integers(100, 199), st.from_regex(r"[1-9][0-9]{0,6}|", fullmatch=True),
    st.sampled_from(["US", "GB"]),
)  # fmt: skip
def test_a_number_as_it_is_shown_is_read_as_it_was(last: int, extension: str, country: str) -> None:
    number = f"+12125550{last}"
    shown = show_phone(number, extension=extension, country=country)

    assert read_phone(shown, country=country) == (number, extension)
