"""The Medicare provider number has a place and a check letter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letterhead.countries.rows.australia import provider_number_error

CHECK_LETTERS = "ABFHJKLTWXY"


@given(
    st.text("0123456789", min_size=6, max_size=6),
    st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUVWXY"),
)
def test_of_all_check_letters_of_an_australian_number_one_is_right(stem: str, place: str) -> None:
    right = [c for c in CHECK_LETTERS if not provider_number_error(stem + place + c)]

    assert len(right) == 1


@pytest.mark.parametrize("number", ["123456AF", "123456af", "0000000Y", "0Y", "00Y"])
def test_an_australian_number_may_be_in_small_letters_and_without_its_zeros(number: str) -> None:
    assert provider_number_error(number) == ""


@pytest.mark.parametrize(
    ("number", "says"),
    [
        ("123456AB", "check letter does not match"),
        ("123456IF", "6 digits"),  # places have no I, O, S, Z
        ("123456AC", "6 digits"),  # checks have no C
        ("1234567AF", "6 digits"),
        ("12345١AF", "6 digits"),
    ],
)
def test_a_wrong_australian_number_says_what_is_wrong_with_it(number: str, says: str) -> None:
    assert says in provider_number_error(number)
