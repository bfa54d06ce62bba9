"""Numbers of clinicians and practices: which are refused, and how they are cleaned and shown."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from letterhead.numbers.ids import (
    clean_number,
    is_unknown_ein_prefix,
    masked,
    npi_error,
    show_tax_id,
    tax_id_error,
    taxonomy_error,
)

DIGITS = "0123456789"
digits = lambda count: st.text(DIGITS, min_size=count, max_size=count)  # noqa: E731
KINDS = st.sampled_from(["EIN", "SSN", "ITIN"])


def npi_of(eight: str) -> str:
    """The one NPI that begins with 2 and these eight digits."""
    (npi,) = (f"2{eight}{last}" for last in DIGITS if not npi_error(f"2{eight}{last}"))
    return npi


@given(digits(8))
def test_of_ten_npis_that_differ_in_the_last_digit_one_is_right(eight: str) -> None:
    assert npi_error(npi_of(eight)) == ""


@given(digits(8), st.integers(1, 9), st.sampled_from(DIGITS))
def test_one_mistyped_digit_of_an_npi_is_always_noticed(eight: str, at: int, typed: str) -> None:
    npi = npi_of(eight)
    assume(npi[at] != typed)

    assert "last digit" in npi_error(npi[:at] + typed + npi[at + 1 :])


@given(digits(8), st.integers(1, 8))
def test_two_neighbors_swapped_in_an_npi_are_noticed_but_for_0_and_9(eight: str, at: int) -> None:
    npi = npi_of(eight)
    assume(npi[at] != npi[at + 1])
    swapped = npi[:at] + npi[at + 1] + npi[at] + npi[at + 2 :]

    assert bool(npi_error(swapped)) == ({npi[at], npi[at + 1]} != {"0", "9"})


@pytest.mark.parametrize(
    ("number", "says"),
    [
        ("236332423", "This one has 9"),
        ("23633242391", "This one has 11"),
        ("", "digits"),
        ("236332423X", "0 to 9"),
        ("²363324239", "0 to 9"),
        ("3363324239", "starts with 1 or 2"),
        ("2363324238", "last digit"),
    ],
)
def test_a_wrong_npi_says_what_is_wrong_with_it(number: str, says: str) -> None:
    assert says in npi_error(number)


@pytest.mark.parametrize("kind", ["EIN", "SSN", "ITIN"])
@pytest.mark.parametrize("number", ["", "12345678", "1234567890", "12345678X", "12345678٩"])
def test_a_tax_id_of_any_kind_has_nine_digits(kind: str, number: str) -> None:
    assert tax_id_error(number, kind).startswith(f"An {kind} has 9 digits")


@pytest.mark.parametrize(
    "number", ["000129998", "666129998", "900129998", "219009998", "219090000"]
)
def test_what_no_ssn_can_be_is_refused(number: str) -> None:
    assert tax_id_error(number, "SSN").startswith("This isn't a valid SSN")


@pytest.mark.parametrize(
    ("middle", "may_be"),
    [
        *(("49", False), ("50", True), ("65", True), ("66", False), ("69", False), ("70", True)),
        *(("88", True), ("89", False), ("90", True), ("92", True), ("93", False), ("94", True)),
    ],
)
def test_an_itin_begins_with_9_and_has_one_of_the_pairs_that_are_issued(
    middle: str, may_be: bool
) -> None:
    assert (tax_id_error(f"900{middle}0000", "ITIN") == "") is may_be
    assert tax_id_error(f"800{middle}0000", "ITIN") != ""


@given(st.text())
def test_tax_ids_of_other_kinds_are_taken_as_they_are(typed: str) -> None:
    assert tax_id_error(typed, "ABN") == ""


@pytest.mark.parametrize(("number", "unknown"), [("123456789", False), ("003456789", True)])
def test_a_prefix_that_no_ein_has_is_a_doubt_and_no_error(number: str, unknown: bool) -> None:
    assert is_unknown_ein_prefix(number) is unknown
    assert tax_id_error(number, "EIN") == ""


@given(digits(9), KINDS)
def test_a_masked_tax_id_shows_its_last_four_and_as_many_dots_as_it_hides(
    number: str, kind: str
) -> None:
    shown = show_tax_id(number, kind)
    hidden = masked(shown)

    assert [c for c in hidden if c.isdigit()] == list(number[-4:])
    assert hidden.count("•") == 5
    assert [at for at, c in enumerate(hidden) if c == "-"] == [
        at for at, c in enumerate(shown) if c == "-"
    ]


@given(digits(9), KINDS)
def test_a_tax_id_as_it_is_shown_is_read_as_it_was(number: str, kind: str) -> None:
    assert clean_number(show_tax_id(number, kind)) == number
    assert show_tax_id(number, kind).index("-") == (2 if kind == "EIN" else 3)


@pytest.mark.parametrize("number", ["12345678", "12345678901", "DE123456789", ""])
def test_a_tax_id_of_another_length_is_shown_as_it_was_typed(number: str) -> None:
    assert show_tax_id(number, "EIN") == number


@pytest.mark.parametrize("typed", ["23 63-324\u2011239", "2363324239 ", "2363\u00a0324\u2013239"])
def test_blanks_and_hyphens_of_all_kinds_are_taken_out(typed: str) -> None:
    assert clean_number(typed) == "2363324239"


@pytest.mark.parametrize(
    ("code", "may_be"),
    [
        *(("133V00000X", True), ("1041C0700X", True), ("133v00000x", False)),
        *(("133V00000", False), ("133V000000X", False), ("1A3V00000X", False), ("", False)),
        ("133V00000X\n", False),
    ],
)
def test_a_taxonomy_code_has_ten_characters_and_ends_with_x(code: str, may_be: bool) -> None:
    assert (taxonomy_error(code) == "") is may_be
