"""What people and programs send that no form asked for: an answer in words, and nothing lost."""

import unicodedata
from types import SimpleNamespace

import pytest

from tests.details.general.test_general_details import NAMES, ROWS, kept
from tests.details.pages import EDIT, MyDetails

TEXTS = [label for label in NAMES if label not in {"Signature on claims", "Kind of tax ID"}]
ODD_NAMES = [
    "Ana 😀",
    "שרה",
    "عائشة",
    "山田",
    unicodedata.normalize("NFD", "Núñez"),
    "O\u2019Brien",
]


@pytest.mark.parametrize("label", TEXTS)
@pytest.mark.parametrize("trap", ["\x00", "\x1b[2J", "\x7f"])
def test_what_nobody_sees_is_refused_beside_its_field(
    cast: SimpleNamespace, label: str, trap: str
) -> None:
    before = kept(cast.dana)

    page = MyDetails(cast.dana).save({label: f"{NAMES[label][:3]}{trap}a"})

    assert page.status == 422
    assert page.says_beside(label)
    assert kept(cast.dana) == before


def test_null_characters_in_every_field_of_rows_are_refused(cast: SimpleNamespace) -> None:
    for row, fields in ROWS.items():
        if row.endswith("2"):
            continue
        for label, value in fields.items():
            if isinstance(value, str):
                page = MyDetails(cast.dana).save(rows={row: {**fields, label: "7\x00"}})
                assert (page.status, bool(page.said(label, row))) == (422, True), (row, label)


@pytest.mark.parametrize("choice", ["Signature on claims", "Kind of tax ID"])
def test_a_choice_that_is_none_is_refused(cast: SimpleNamespace, choice: str) -> None:
    page = MyDetails(cast.dana).save({choice: "name\x00"})

    assert page.status == 422
    assert page.says_beside(choice)


@pytest.mark.parametrize("version", ["", "1\x00", "-1", "0", "9" * 40, "one"])
def test_a_version_that_is_none_is_never_saved(cast: SimpleNamespace, version: str) -> None:
    dana = MyDetails(cast.dana)

    page = dana.post(dana.open().sends() | {"version": version, "pronouns": "xe"})

    assert page.status == 422
    assert cast.dana.practitioner.pronouns == ""


def test_a_name_of_a_megabyte_is_refused_and_kept_on_the_page(cast: SimpleNamespace) -> None:
    long = "é" * 500_000  # a megabyte in UTF-8

    page = MyDetails(cast.dana).save({"Last name": long})

    assert page.status == 422
    assert "60" in page.says_beside("Last name")
    assert page.field("Last name").value == long
    assert cast.dana.practitioner.last_name == "Rivera"


@pytest.mark.parametrize(("label", "most"), [
    *(("Title", 20), ("First name", 35), ("Middle name", 25), ("Last name", 60), ("Suffix", 10)),
    *(("Credentials", 100), ("Name", 20)),
])  # fmt: skip
def test_the_longest_text_saves_and_one_more_is_refused(
    cast: SimpleNamespace, label: str, most: int
) -> None:
    dana = MyDetails(cast.dana)

    page = dana.save({label: "x" * (most + 1)})
    assert page.status == 422
    assert str(most) in page.says_beside(label)
    assert dana.save({label: "x" * most}).status == 302


@pytest.mark.parametrize("name", ODD_NAMES)
def test_names_of_all_scripts_save_with_a_name_on_claims(cast: SimpleNamespace, name: str) -> None:
    dana = MyDetails(cast.dana)
    claims = {"First name on claims": "Dana", "Last name on claims": "Rivera"}

    assert dana.save({"First name": name, "Last name": name, **claims}).status == 302

    assert cast.dana.practitioner.last_name == name
    assert name in dana.read()


@pytest.mark.parametrize("name", ["Ana 😀", "שרה", "山田"])
def test_a_name_that_claims_cant_print_asks_for_the_name_on_claims(
    cast: SimpleNamespace, name: str
) -> None:
    page = MyDetails(cast.dana).save({"First name": name})

    assert page.status == 422
    assert "as it is in NPPES" in page.says_beside("Last name on claims")
    assert page.field("First name").value == name


def test_a_name_on_claims_that_cant_be_printed_is_refused(cast: SimpleNamespace) -> None:
    page = MyDetails(cast.dana).save({"Last name on claims": "山田"})

    assert page.status == 422
    assert "山田" in page.says_beside("Last name on claims")


def test_claims_need_the_last_name_of_a_name_on_claims(cast: SimpleNamespace) -> None:
    page = MyDetails(cast.dana).save({"First name on claims": "Dee"})

    assert page.status == 422
    assert "whole name" in page.says_beside("Last name on claims")


@pytest.mark.parametrize(
    ("first", "last", "printed"),
    [
        ("José", "Muñoz", "MUNOZ, JOSE, M"),
        (unicodedata.normalize("NFD", "José"), "Łoś", "LOS, JOSE, M"),
        ("Zoë", "O\u2019Brien-Ünal", "OBRIEN-UNAL, ZOE, M"),
    ],
)
def test_the_folded_name_shows_before_it_is_saved(
    cast: SimpleNamespace, first: str, last: str, printed: str
) -> None:
    dana = MyDetails(cast.dana)

    page = dana.press(
        dana.open(), "Show as typed now", typed={"First name": first, "Last name": last}
    )

    assert printed in page.text
    assert page.field("Last name").value == last
    assert cast.dana.practitioner.last_name == "Rivera"


@pytest.mark.parametrize("short", ["", "   "])
def test_the_short_form_is_asked_for_where_it_is_chosen(cast: SimpleNamespace, short: str) -> None:
    page = MyDetails(cast.dana).save({"Signature on claims": "Short form", "Short form": short})

    assert page.status == 422
    assert "Enter the short form" in page.says_beside("Short form")


def test_a_signature_longer_than_its_box_is_told_on_my_details(cast: SimpleNamespace) -> None:
    dana = MyDetails(cast.dana)

    dana.save({"Credentials": "RDN, PhD, CSOWM, CDCES"})

    assert "Choose a short form" in dana.read()


def test_what_follows_a_comma_moves_to_credentials(cast: SimpleNamespace) -> None:
    dana = MyDetails(cast.dana)
    refused = dana.save({"Last name": "Rivera, LDN"})
    assert refused.status == 422
    assert "can't contain a comma" in refused.says_beside("Last name")

    moved = dana.press(refused, "Move “LDN” to Credentials")

    assert moved.field("Last name").value == "Rivera"
    assert moved.field("Credentials").value == "RDN, PhD, LDN"
    assert dana.send(moved).status == 302
    assert cast.dana.practitioner.credentials == "RDN, PhD, LDN"


@pytest.mark.parametrize(
    ("label", "typed", "button", "name", "suffix", "credentials"),
    [
        ("Last name", "Rivera, Jr.", "Move “Jr.” to Suffix", "Rivera", "Jr.", "RDN, PhD"),
        ("Last name", "Rivera，PhD", "Move “PhD” to Credentials", "Rivera", "", "RDN, PhD"),
        ("Last name", "Rivera PHD", "Move “PHD” to Credentials", "Rivera", "", "RDN, PhD"),
        ("First name", "Dana; LDN", "Move “LDN” to Credentials", "Dana", "", "RDN, PhD, LDN"),
        (
            *("Last name", "Rivera, III, LDN", "Move “III, LDN” to Suffix and Credentials"),
            *("Rivera", "III", "RDN, PhD, LDN"),
        ),
    ],
)
def test_what_is_no_part_of_a_name_is_moved_and_prints_once(
    cast: SimpleNamespace,
    label: str,
    typed: str,
    button: str,
    name: str,
    suffix: str,
    credentials: str,
) -> None:
    dana = MyDetails(cast.dana)
    refused = dana.save({label: typed})
    assert (refused.status, bool(refused.says_beside(label))) == (422, True)

    moved = dana.press(refused, button)

    fields = [moved.field(each).value for each in (label, "Suffix", "Credentials")]
    assert fields == [name, suffix, credentials]


def test_a_suffix_in_the_last_name_on_claims_moves_to_the_suffix_on_claims(
    cast: SimpleNamespace,
) -> None:
    dana = MyDetails(cast.dana)

    moved = dana.press(dana.save({"Last name on claims": "Rivera, Sr"}), "Move “Sr” to Suffix")

    assert moved.field("Suffix on claims").value == "Sr"
    assert moved.field("Suffix").value == ""


def test_a_credential_that_is_there_twice_is_pointed_out(cast: SimpleNamespace) -> None:
    page = MyDetails(cast.dana).save({"Credentials": "LCSW, LCSW"})

    assert page.status == 422
    assert "“LCSW” is there twice" in page.says_beside("Credentials")


def test_a_short_form_is_counted_as_it_prints(cast: SimpleNamespace) -> None:
    dana = MyDetails(cast.dana)

    assert dana.save({"Short form": "A. M. Lindqvist, R.D.N."}).status == 302
    assert cast.dana.practitioner.short_signature == "A. M. Lindqvist, R.D.N."


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("ß" * 11, "22 characters. Only 21 fit"),
        ("x" * 22, "22 characters. Only 21 fit"),
        ("李", "can't print “李”"),
        ("!!!", "at least one letter"),
    ],
)
def test_a_short_form_that_cannot_print_is_refused(
    cast: SimpleNamespace, typed: str, said: str
) -> None:
    page = MyDetails(cast.dana).save({"Short form": typed})

    assert page.status == 422
    assert said in page.says_beside("Short form")


@pytest.mark.parametrize("label", ["First name", "Middle name", "Last name", "Last name on claims"])
@pytest.mark.parametrize("typed", ["*", "--", ".", "7"])
def test_a_name_has_a_letter(cast: SimpleNamespace, label: str, typed: str) -> None:
    page = MyDetails(cast.dana).save({label: typed})

    assert page.status == 422
    assert "at least one letter" in page.says_beside(label)


def test_a_body_of_ten_thousand_fields_gets_the_page_of_the_limits(cast: SimpleNamespace) -> None:
    dana = MyDetails(cast.dana)

    page = dana.post({f"phones-{n}-number": "1" for n in range(10_000)})

    assert page.status == 400
    assert "4,000 fields" in page.text


def test_a_body_of_three_megabytes_gets_the_page_of_the_limits(cast: SimpleNamespace) -> None:
    answer = MyDetails(cast.dana).browser.post(
        EDIT, "last_name=" + "a" * 3_000_000, content_type="application/x-www-form-urlencoded"
    )

    assert answer.status_code == 400
    assert "2.5 MB" in answer.content.decode()


def test_an_empty_post_is_refused_whole(cast: SimpleNamespace) -> None:
    before = kept(cast.dana)

    page = MyDetails(cast.dana).post({})

    assert page.status == 422
    assert "This form is incomplete" in page.text
    assert kept(cast.dana) == before
