"""Which characters the fonts of our papers can print, and what a draft shows instead."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letterhead.files.glyphs import INSTEAD, covered, printable, unprintable


@pytest.mark.parametrize(
    "text", ["Núñez", "Łódź", "Đặng", "Ελένη", "Юлия", "O’Brien – “RDN”", "€5"]
)
def test_names_of_many_languages_print(text: str) -> None:
    assert unprintable(text) == ""
    assert printable(text) == text


@pytest.mark.parametrize(
    ("text", "lacking", "shown"),
    [
        ("Ana 日本", "日本", "Ana □□"),
        ("日日Ana日", "日", "□□Ana□"),
        ("🙂", "🙂", "□"),
        ("a\u202eb", "\u202e", "a□b"),  # turns text round
        ("a\u200bb", "\u200b", "a□b"),  # can't be seen
        ("a\nb", "\n", "a□b"),
        ("a\u034fb", "\u034f", "a□b"),
    ],
)
def test_what_cant_be_printed_is_named_once_and_shown_as_a_box(
    text: str, lacking: str, shown: str
) -> None:
    assert unprintable(text) == lacking
    assert printable(text) == shown


def test_a_letter_with_its_mark_apart_is_the_letter_as_it_is_printed() -> None:
    assert printable("Nu\u0301n\u0303ez") == "Núñez"


def test_a_tower_of_marks_is_cut_at_the_third() -> None:
    tower = "b" + "\u0301" * 5

    assert printable(tower) == "b\u0301\u0301" + INSTEAD * 3
    assert unprintable(tower) == "\u0301"


@given(st.text())
def test_what_is_shown_is_nothing_but_what_the_fonts_have_and_boxes(text: str) -> None:
    shown = printable(text)

    assert {ord(c) for c in shown} <= covered() | {ord(INSTEAD)}
    assert len(shown) == len(unicodedata.normalize("NFC", text))
    assert (INSTEAD in shown) == bool(unprintable(text)) or INSTEAD in text
