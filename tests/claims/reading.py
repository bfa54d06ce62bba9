"""Reads a printed claim back by position, and measures where its characters lie."""

import ctypes
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from letterhead.claims.grid import BOXES, Box, Key

PAGE_HEIGHT = 792.0
OVERHANG = 0.06  # points by which Courier's own V leaves its cell
COURIER_SIZE = 12.0  # no caption of the drawn form has this size


class Character(NamedTuple):
    """A character as printed: where its baseline begins, and the edges of its ink, in points."""

    text: str
    x: float
    y: float  # from the top
    left: float
    right: float
    top: float
    bottom: float

    @property
    def line(self) -> int:
        return round((self.y - 22) / 12)

    @property
    def column(self) -> int:
        return round((self.x - 26) / 7.2) + 1


def values_of(pdf: bytes) -> list[dict[Key, str]]:
    """Read each page's values back by box; fails on ink that lies in no box or leaves its own."""
    return [_values(page) for page in characters_of(pdf)]


def characters_of(pdf: bytes) -> list[list[Character]]:
    """Give the values' characters of each page, without captions and blanks."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_characters(page.get_textpage()) for page in document]
    finally:
        document.close()


def captions_of(pdf: bytes) -> list[list[Character]]:
    """Give the captions' characters of each page of readable forms."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_characters(page.get_textpage(), captions=True) for page in document]
    finally:
        document.close()


def text_of(pdf: bytes) -> str:
    """Give all text of a PDF, captions included."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def _characters(page: pypdfium2.PdfTextPage, *, captions: bool = False) -> list[Character]:
    found = []
    for n in range(page.count_chars()):
        is_value = abs(pdfium.FPDFText_GetFontSize(page, n) - COURIER_SIZE) <= 0.01
        if is_value == captions:
            continue
        text = chr(pdfium.FPDFText_GetUnicode(page, n))
        text = "-" if text == "\x02" else text  # what pdfium calls a hyphen at a line's end
        if text.isspace() or pdfium.FPDFText_IsGenerated(page, n):
            continue
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetCharOrigin(page, n, x, y)
        left, bottom, right, top = page.get_charbox(n)
        heights = (PAGE_HEIGHT - y.value, left, right, PAGE_HEIGHT - top, PAGE_HEIGHT - bottom)
        found.append(Character(text, x.value, *heights))
    return found


def _values(characters: list[Character]) -> dict[Key, str]:
    cells: dict[Key, dict[int, str]] = {}
    for character in characters:
        box = _box_around(character)
        cells.setdefault((box.item, box.field), {})[character.column] = character.text
    return {key: _joined(columns) for key, columns in cells.items()}


_BOXES_OF_LINE: dict[int, list[Box]] = {}
for _box in BOXES.values():
    _BOXES_OF_LINE.setdefault(_box.line, []).append(_box)


def _box_around(character: Character) -> Box:
    for box in _BOXES_OF_LINE.get(character.line, ()):
        if box.column <= character.column < box.column + box.width:
            _assert_inside(character, box)
            return box
    raise AssertionError(f"{character} stands in no box")


def _assert_inside(character: Character, box: Box) -> None:
    baseline = 22 + 12 * box.line
    assert abs(character.y - baseline) < 0.1, character
    left, right = (26 + 7.2 * (box.column - 1 + n) for n in (0, box.width))
    assert left - OVERHANG <= character.left, (character, box)
    assert character.right <= right + OVERHANG, (character, box)
    assert baseline - 9 <= character.top < character.bottom <= baseline + 3, (character, box)


def _joined(columns: dict[int, str]) -> str:
    return "".join(columns.get(n, " ") for n in range(min(columns), max(columns) + 1))
