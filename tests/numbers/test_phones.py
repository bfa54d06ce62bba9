"""Phone numbers: typed as people type them, shown the way of the reader's country."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letterhead.numbers.phones import NoAreaCode, NotAPhoneNumber, read_phone, show_phone


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
    "typed",
    [
        "",
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
