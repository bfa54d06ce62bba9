"""How hard a password is to guess, in bits: an honest small reckoning, with no network.

A guesser tries leaked passwords, common words, names, keyboard rows, counting, years and what was
there before; only what is left over must be tried letter by letter. The cheapest way to write the
password with these is what it is worth. At most 72 characters are read, in a few milliseconds.
"""

import gzip
import math
import re
import string
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.contrib.auth import password_validation

from letterhead.accounts.hashing import normalised

READ = 72
SHORTEST_WORD, LONGEST_WORD = 3, 30
FEW_WORDS, BITS_OF_FEW_WORDS, BITS_AT_LEAST = 2, 34.0, 20.0
FAIR, GOOD = 40.0, 55.0
AGAIN, SEPARATOR, YEAR = 2.0, 5.0, 6.6
ROWS = (
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1234567890",
    "qwertzuiop",
    "azertyuiop",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    string.ascii_lowercase,
)
LINES = tuple(line * 2 for row in ROWS for line in (row, row[::-1]))
LEAKED = "common-passwords.txt.gz"
PLAIN = str.maketrans("4@8({361!|05$7+2", "aabccegiiiossttz")


@dataclass(frozen=True)
class Worth:
    """What a password is worth: bits, and of how many words it is made."""

    bits: float = 0.0
    words: int = 0

    @property
    def is_common(self) -> bool:
        """Say whether it is a common password, or no more than such joined, repeated, padded."""
        return self.bits < (BITS_OF_FEW_WORDS if self.words <= FEW_WORDS else BITS_AT_LEAST)

    @property
    def in_a_word(self) -> str:
        """Name it for who types it."""
        if self.is_common:
            return "Weak"
        return "Fair" if self.bits < FAIR else "Good" if self.bits < GOOD else "Strong"


def worth_of(password: str, *, names: Iterable[str] = ()) -> Worth:
    """Reckon what a password is worth to who knows these names."""
    text = normalised(password).casefold()[:READ]
    known = {name.casefold(): 1 for name in names if len(name) >= SHORTEST_WORD}
    best = [Worth()]
    for end in range(1, len(text) + 1):
        before = end - 1
        ways = [Worth(best[before].bits + _letter(text, before), best[before].words)]
        for start in range(max(0, end - LONGEST_WORD), end - SHORTEST_WORD + 1):
            bits, is_word = _piece(text, start, end, known)
            ways.append(Worth(best[start].bits + bits, best[start].words + is_word))
        best.append(min(ways, key=lambda way: way.bits))
    return best[-1]


def _letter(text: str, at: int) -> float:
    """Give the bits of one character that belongs to nothing."""
    letter = text[at]
    if not letter.isalnum():
        return AGAIN if letter in text[:at] else SEPARATOR
    if letter in string.digits:
        return math.log2(10)
    return math.log2(26) if letter in string.ascii_lowercase else 6.0


def _piece(text: str, start: int, end: int, known: Mapping[str, int]) -> tuple[float, int]:
    """Give the bits of one piece, and 1 where it is a word; without end where it is nothing."""
    piece = text[start:end]
    if piece in text[:start]:
        return AGAIN, 0
    if any(piece in line for line in LINES) or len(set(piece)) == 1 or _counts(piece):
        return SEPARATOR + math.log2(len(piece)), 0
    if re.fullmatch(r"(?:19|20)[0-9]{2}", piece):
        return YEAR, 0
    rank = known.get(piece) or _rank(piece)
    return (1 + math.log2(rank), 1) if rank else (math.inf, 0)


def _counts(piece: str) -> bool:
    steps = {ord(after) - ord(before) for before, after in zip(piece, piece[1:], strict=False)}
    return steps in ({1}, {-1})


def _rank(piece: str) -> int:
    """Give the place of a word in the lists, 0 where it is in none; 5 for s hides nothing."""
    lists = _lists()
    ranks = [
        ranked[way] for way in {piece, piece.translate(PLAIN)} for ranked in lists if way in ranked
    ]
    return min(ranks, default=0)


@lru_cache(maxsize=1)
def _lists() -> tuple[Mapping[str, int], ...]:
    """Read the lists once, and late: they take 17 MB. Django's and zxcvbn's, most used first."""
    from zxcvbn.matching import RANKED_DICTIONARIES

    with gzip.open(Path(password_validation.__file__).parent / LEAKED, "rt") as lines:
        leaked = {line.strip(): place for place, line in enumerate(lines, 1)}
    return (leaked, *RANKED_DICTIONARIES.values())
