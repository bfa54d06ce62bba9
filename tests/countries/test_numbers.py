"""The numbers of clinicians and practices, country by country: read, refused, written."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letterhead.countries.country import PROVIDER_NUMBER, TAX_NUMBER
from letterhead.countries.numbers import INSURERS_NUMBER, MEMBERSHIP, NumberKind
from letterhead.countries.table import DESCRIBED, country_of

# Whose words are of the United States' own rules, which tests/numbers/test_ids.py holds.
_OF_ELSEWHERE = [row for row in DESCRIBED.values() if not row.bills_us_payers]
KINDS = {
    f"{row.code} {kind.name}": kind
    for row in _OF_ELSEWHERE
    for kind in (row.provider_number, *row.numbers, *row.tax_ids, row.referrers_number)
}
_ANYBODYS = (MEMBERSHIP, INSURERS_NUMBER, PROVIDER_NUMBER, TAX_NUMBER)
SHAPED = {name: kind for name, kind in KINDS.items() if kind.shape}
WITH_EXAMPLE = {name: kind for name, kind in SHAPED.items() if kind.example}
CHECKED = {name: kind for name, kind in WITH_EXAMPLE.items() if kind.check or kind.module}


def each(kinds: dict[str, NumberKind]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("kind", kinds.values(), ids=kinds)


@each({name: kind for name, kind in KINDS.items() if kind.example})
def test_the_example_of_a_number_is_right_and_written_as_it_prints(kind: NumberKind) -> None:
    number = kind.clean(kind.example)

    assert kind.error(number) == ""
    assert kind.written(number) == kind.example


@each(CHECKED)
def test_another_digit_in_a_number_with_check_digits_is_noticed(kind: NumberKind) -> None:
    number = kind.clean(kind.example)
    at = [place for place, sign in enumerate(number) if sign.isdigit()]
    wrong = {number[:n] + str(9 - int(number[n])) + number[n + 1 :] for n in at}

    assert any(kind.error(each) for each in wrong) or kind.name in _WITHOUT_CHECK_DIGITS


# python-stdnum knows only their shape; and the last digits of an RFC are wrong in some real ones.
_WITHOUT_CHECK_DIGITS = {"pan", "fn"}


@pytest.mark.parametrize(
    ("country", "name", "typed"),
    [
        ("AU", "abn", "18 123 456 788"),
        ("AU", "acn", "123456781"),
        ("GB", "vat", "GB 123 4567 28"),
        ("IE", "vat", "IE1234567A"),
        ("CA", "gst", "123456783 RT0001"),
        ("NZ", "gst", "123-456-786"),
        ("NZ", "nzbn", "9429123456785"),
        ("NO", "org", "987 654 326"),
        ("NO", "mva", "987654326MVA"),
        ("DE", "ustid", "DE123456789"),
        ("DE", "lanr", "123456768"),
        ("AT", "uid", "ATU12345676"),
        ("AT", "lenr", "21234560"),
        ("CH", "uid", "CHE-123.456.789"),
        ("CH", "gln", "7601001234568"),
        ("FR", "siret", "12345678200011"),
        ("IN", "gstin", "27ABCPK1234L1ZT"),
        ("ZA", "tin", "0123456783"),
    ],
)
def test_a_wrong_check_digit_is_refused_by_the_numbers_name(
    country: str, name: str, typed: str
) -> None:
    kind = country_of(country).number_kind(name)
    assert kind

    assert kind.error(kind.clean(typed)) == f"This isn’t a valid {kind.label}. Check each digit."


@each(WITH_EXAMPLE)
def test_what_hasnt_the_shape_is_refused_with_an_example(kind: NumberKind) -> None:
    if not kind.wrong:
        assert kind.error(kind.clean("1")) == f"Enter the {kind.label} like {kind.example}."


@each({name: kind for name, kind in KINDS.items() if not (kind.shape or kind.check)})
def test_a_number_of_unknown_shape_is_never_refused(kind: NumberKind) -> None:
    assert kind.error(kind.clean("anything 1/2-3.4 at all")) == ""


@given(
    st.sampled_from(list(WITH_EXAMPLE.values())),
    st.lists(st.sampled_from(["", " ", "-", "\N{NO-BREAK SPACE}", "."]), min_size=30, max_size=30),
    st.booleans(),
)
def test_blanks_signs_and_small_letters_make_no_other_number(
    kind: NumberKind, between: list[str], small: bool
) -> None:
    number = kind.clean(kind.example)
    typed = "".join(sign + blank for sign, blank in zip(number, between, strict=False))

    assert kind.clean(typed.lower() if small else typed) == number


@given(st.sampled_from(list(KINDS.values())), st.text(max_size=20))
def test_whatever_is_typed_is_read_once_and_for_all(kind: NumberKind, typed: str) -> None:
    number = kind.clean(typed)

    assert kind.clean(number) == number
    if not kind.error(number):
        assert kind.clean(kind.written(number)) == number


@pytest.mark.parametrize(
    ("country", "name", "typed", "written"),
    [
        ("DE", "ustid", "123456788", "DE123456788"),
        ("AT", "uid", "u12345675", "ATU12345675"),
        ("AT", "uid", "12345675", "ATU12345675"),
        ("AT", "fn", "123456A", "FN 123456a"),
        ("FR", "tva", "11123456782", "FR 11 123456782"),
        ("IE", "vat", "1234567wh", "IE1234567WH"),
        ("GB", "vat", "123456727", "GB 123 4567 27"),
        ("GB", "vat", "XI 123456727", "XI 123 4567 27"),
        ("CH", "uid", "123.456.788", "CHE-123.456.788"),
        ("NO", "mva", "987654325mva", "NO 987 654 325 MVA"),
        ("CA", "gst", "123456782rt0001", "123456782 RT0001"),
    ],
)
def test_the_letters_of_the_country_stay_on_its_numbers(
    country: str, name: str, typed: str, written: str
) -> None:
    kind = country_of(country).number_kind(name)
    assert kind

    assert kind.written(kind.clean(typed)) == written


@pytest.mark.parametrize(
    ("country", "name", "keyboard"),
    [
        ("US", "npi", "numeric"),
        ("AU", "abn", "numeric"),
        ("AU", "medicare provider", "text"),
        ("GB", "hcpc", "text"),
        ("DE", "stnr", "text"),
        ("FR", "rpps", "numeric"),
    ],
)
def test_a_phone_shows_letters_where_a_number_has_them(
    country: str, name: str, keyboard: str
) -> None:
    kind = country_of(country).number_kind(name)

    assert kind and kind.keyboard == keyboard


@each({name: kind for name, kind in KINDS.items() if kind not in _ANYBODYS})
def test_a_kind_of_number_says_where_it_is_from(kind: NumberKind) -> None:
    assert kind.source


@each(SHAPED)
def test_a_shape_reads_digits_of_our_script_only(kind: NumberKind) -> None:
    assert not re.search(r"\\[dw]", kind.shape)
