"""How names are written in the form's letters."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letterhead.claims.grid import BOXES
from letterhead.texts.claim_letters import SIGNATURE_CHARACTERS, cannot_print, fold


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Núñez", "NUNEZ"),
        ("Groß", "GROSS"),
        ("Ærøskøbing", "AEROSKOBING"),
        ("Łukasz Đặng", "LUKASZ DANG"),
        ("Þórður Œuvre", "THORDUR OEUVRE"),
        ("O’Brien-O'Neil", "OBRIEN-ONEIL"),
        ("Smith–Jones", "SMITH-JONES"),
        ("St. John,  Jr.", "ST JOHN JR"),
        ("M.S.,R.D.", "MS RD"),
        ("12 Elm St. #4", "12 ELM ST 4"),
        ("12 1/2 Oak & Co", "12 1/2 OAK & CO"),
        ("zero\u200bwidth\u202e", "ZEROWIDTH"),
        ("non\u00a0breaking\x00", "NON BREAKING"),
    ],
)
def test_accents_fold_and_punctuation_goes(typed: str, shown: str) -> None:
    assert fold(typed) == shown
    assert cannot_print(typed) == ""


@pytest.mark.parametrize(
    ("typed", "odd"), [("Dana 😀", "😀"), ("李小龙", "李小龙"), ("Ana Ωმ", "Ωმ"), ("محمد", "محد")]
)
def test_what_no_form_can_hold_is_named_once(typed: str, odd: str) -> None:
    assert cannot_print(typed) == odd
    assert not fold(typed).isascii()


@given(st.text())
def test_a_text_folds_alike_however_its_accents_are_composed(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)

    assert fold(decomposed) == fold(text)
    assert cannot_print(decomposed) == cannot_print(text)


@given(st.text())
def test_folding_gives_the_forms_letters_or_names_what_it_could_not(text: str) -> None:
    folded = fold(text)

    assert folded.isascii() == (cannot_print(text) == "")
    if folded.isascii():
        assert set(folded) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 -/&")
        assert fold(folded) == folded


def test_a_signature_is_as_long_as_item_31_of_the_form() -> None:
    assert BOXES["31", "signature with degrees or credentials"].width == SIGNATURE_CHARACTERS
