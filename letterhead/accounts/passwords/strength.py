"""How hard a password is to guess, in bits: a small estimate of our own, without a network.

An attacker tries leaked passwords, common words, names, keyboard rows, counting, years and
repetitions; only the rest must be tried letter by letter. The worth of a password is the cheapest
way to build it from these. At most 72 characters are read, in a few milliseconds.
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
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from letterhead.accounts.hashing import normalized

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


class Level(TextChoices):
    """How strong a password is, as people see it."""

    WEAK = "weak", _("Weak")
    FAIR = "fair", _("Fair")
    GOOD = "good", _("Good")
    STRONG = "strong", _("Strong")


@dataclass(frozen=True)
class Worth:
    """The strength of a password in bits, and how many words it is made of."""

    bits: float = 0.0
    words: int = 0

    @property
    def is_common(self) -> bool:
        """Whether it is a common password, or only such passwords joined, repeated or padded."""
        return self.bits < (BITS_OF_FEW_WORDS if self.words <= FEW_WORDS else BITS_AT_LEAST)

    @property
    def level(self) -> Level:
        """The strength as people see it."""
        if self.is_common:
            return Level.WEAK
        if self.bits < FAIR:
            return Level.FAIR
        return Level.GOOD if self.bits < GOOD else Level.STRONG


def worth_of(password: str, *, names: Iterable[str] = ()) -> Worth:
    """Estimate the strength of a password against someone who knows these names."""
    text = normalized(password).casefold()[:READ]
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
    """Return the bits of one character that is part of nothing known."""
    letter = text[at]
    if not letter.isalnum():
        return AGAIN if letter in text[:at] else SEPARATOR
    if letter in string.digits:
        return math.log2(10)
    return math.log2(26) if letter in string.ascii_lowercase else 6.0


def _piece(text: str, start: int, end: int, known: Mapping[str, int]) -> tuple[float, int]:
    """Return the bits of one piece, infinite if it is nothing known, and 1 if it is a word."""
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
    """Return the best rank of a word in the lists, 0 if it is in none; 5 counts as s."""
    lists = _lists()
    ranks = [
        ranked[way] for way in {piece, piece.translate(PLAIN)} for ranked in lists if way in ranked
    ]
    return min(ranks, default=0)


@lru_cache(maxsize=1)
def _lists() -> tuple[Mapping[str, int], ...]:
    """Read the lists once, when needed: they take 17 MB. Django's and zxcvbn's, most used first."""
    from zxcvbn.matching import RANKED_DICTIONARIES

    with gzip.open(Path(password_validation.__file__).parent / LEAKED, "rt") as lines:
        leaked = {line.strip(): place for place, line in enumerate(lines, 1)}
    return (leaked, *RANKED_DICTIONARIES.values())
