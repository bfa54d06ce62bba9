"""Names in the letters of a claim form: capital ASCII without accents or punctuation."""

import re
import unicodedata
from functools import lru_cache

SIGNATURE_CHARACTERS = 21  # of item 31 (NUCC manual 02/12)

_LETTERS = {
    "ß": "SS", "ẞ": "SS", "Æ": "AE", "æ": "AE", "Œ": "OE", "œ": "OE", "Þ": "TH", "þ": "TH",
    "Ð": "D", "ð": "D", "ı": "I", "Ŋ": "NG", "ŋ": "NG", "ĸ": "K", "Ĳ": "IJ", "ĳ": "IJ",
    "Ə": "E", "ə": "E",
}  # fmt: skip
_APOSTROPHES = "'`´‘’‚‛′ʹʻʼʽˈ＇"
_HYPHENS = "‐‑‒–—―−﹘﹣－"
_LATIN_LETTER = re.compile(r"LATIN (?:CAPITAL|SMALL) LETTER ([A-Z])(?: WITH .*)?")
_COMBINING_ACCENTS = range(0x0300, 0x0370)

# Periods and apostrophes close up (O'Brien is OBRIEN), other punctuation separates words.
_KEPT, _CLOSED = " -/&", ".'`#\""
_PUNCTUATION = {
    code: "" if chr(code) in _CLOSED else " "
    for code in range(128)
    if not chr(code).isalnum() and chr(code) not in _KEPT
}
# The same for ASCII, several times as fast: nothing folded is cached, since much of it is private.
_BYTES = bytes(ord(_PUNCTUATION.get(code) or chr(code)) for code in range(128)) + bytes(128)
_CLOSED_BYTES = _CLOSED.encode()


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    """Return a character's plain capitals, or the character itself if it has none."""
    if character.isascii():
        return character.upper()
    if character in _LETTERS:
        return _LETTERS[character]
    if character in _APOSTROPHES:
        return ""
    if character in _HYPHENS:
        return "-"
    category = unicodedata.category(character)
    if ord(character) in _COMBINING_ACCENTS or category == "Cf" or character == "·":
        return ""
    if category in {"Zs", "Zl", "Zp", "Cc", "Pi", "Pf", "Ps", "Pe"}:
        return " "
    return _base_letter(character)


def _base_letter(character: str) -> str:
    if named := _LATIN_LETTER.fullmatch(unicodedata.name(character, "")):
        return named[1]
    plain = unicodedata.normalize("NFKD", character).replace("\u2044", "/")
    plain = "".join(c for c in plain if ord(c) not in _COMBINING_ACCENTS)
    return plain.upper() if plain.isascii() else character


def fold(text: str, *, keep_blanks: bool = False) -> str:
    """Return a text as a claim form prints it: capitals without accents or punctuation.

    Hyphens, slashes and ampersands stay; several spaces become one, unless `keep_blanks`.
    Characters without a plain form stay; `cannot_print` finds them.
    """
    if text.isascii():
        if text.isalnum():
            return text.upper()
        text = text.upper().encode().translate(_BYTES, _CLOSED_BYTES).decode()
    else:
        text = "".join(map(_fold_character, unicodedata.normalize("NFC", text)))
        text = text.upper().translate(_PUNCTUATION)
    return text.strip() if keep_blanks else " ".join(text.split())


def cannot_print(text: str) -> str:
    """Return the characters of a text that claim forms can't print, each once; "" if none."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(dict.fromkeys(c for c in composed if not _fold_character(c).isascii()))
