"""Which characters our fonts for paper can print, read from the fonts themselves."""

import struct
import unicodedata
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
INSTEAD = "□"  # what a draft shows where a character can't be printed
_GRAPHEME_JOINER = 0x034F  # the one mark in our fonts that can't be seen
_MARKS_IN_A_ROW = 2  # Vietnamese needs two; towers of them would leave their line


def unprintable(text: str) -> str:
    """Return the characters of a text that can't be printed, each once and in order."""
    return "".join(dict.fromkeys(c for c, shown in _judged(text) if not shown))


def printable(text: str) -> str:
    """Return a text composed (NFC), with a box for each character that can't be printed."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(c if shown else INSTEAD for c, shown in _judged(text))


def _judged(text: str) -> list[tuple[str, bool]]:
    judged, marks = [], 0
    for character in unicodedata.normalize("NFC", text):
        marks = marks + 1 if unicodedata.combining(character) else 0
        judged.append((character, ord(character) in covered() and marks <= _MARKS_IN_A_ROW))
    return judged


@cache
def covered() -> frozenset[int]:
    """Return the code points that one of our font families has in every weight we ship.

    Controls and invisible format characters are left out though the fonts map some of them:
    they would reverse text, hide it or break its line.
    """
    families: dict[str, set[int]] = {}
    for path in sorted(FONTS.glob("*.ttf")):
        family = path.stem.partition("-")[0]
        mapped = _code_points(path.read_bytes())
        families[family] = families.get(family, mapped) & mapped
    return frozenset(
        point
        for point in set().union(*families.values())
        if point != _GRAPHEME_JOINER
        and unicodedata.category(chr(point)) not in {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}
    )


def _code_points(font: bytes) -> set[int]:
    """Read the full Unicode table (OpenType `cmap`, platform 3, encoding 10, format 12)."""
    tables = {
        tag: offset
        for tag, _, offset, _ in struct.iter_unpack(
            ">4sIII", font[12 : 12 + 16 * struct.unpack_from(">H", font, 4)[0]]
        )
    }
    cmap = tables[b"cmap"]
    count = struct.unpack_from(">H", font, cmap + 2)[0]
    encodings = struct.iter_unpack(">HHI", font[cmap + 4 : cmap + 4 + 8 * count])
    full = next(cmap + at for platform, kind, at in encodings if (platform, kind) == (3, 10))
    groups = struct.unpack_from(">I", font, full + 12)[0]
    ranges = struct.iter_unpack(">III", font[full + 16 : full + 16 + 12 * groups])
    return {point for first, last, _ in ranges for point in range(first, last + 1)}
