"""ICD-10-CM codes: whether one can be billed, by the list in icd_10_cm.txt.

The list is one release, in force from `FIRST` to `LAST`. Of other dates it knows nothing: codes
come and go on April 1 and October 1. The list is read late and kept line by line, 0.4 MB.
"""

import datetime as dt
import re
from bisect import bisect_left
from functools import cache
from pathlib import Path
from typing import Literal

_LIST = Path(__file__).with_name("icd_10_cm.txt")
FIRST, LAST = dt.date(2026, 4, 1), dt.date(2026, 9, 30)
# Letter, digit, letter or digit, and up to four more; since October 2025 there is also QA0.
SHAPE = re.compile(r"[A-Z][0-9A][0-9A-Z][0-9A-Z]{0,4}")

Standing = Literal["billable", "category", "unknown"]


def standing_of(code: str) -> Standing:
    """Whether a code without its point can be billed, needs more characters, or isn't listed."""
    rest = _of_category(code[:3])
    if code[3:] in rest:
        return "billable"
    return "category" if any(one.startswith(code[3:]) for one in rest) else "unknown"


def example_of(category: str) -> str:
    """The first billable code that begins with these characters, with its point."""
    rest = next(one for one in _of_category(category[:3]) if one.startswith(category[3:]))
    return f"{category[:3]}.{rest}"


def _of_category(three: str) -> list[str]:
    """What follows the three characters in each code; one "" where they are a code themselves."""
    lines, sought = _lines(), three.encode("ascii", "replace")
    at = bisect_left(lines, sought)
    if len(three) < 3 or at == len(lines) or not lines[at].startswith(sought):
        return []
    return lines[at].decode("ascii").split(" ")[1:] or [""]


@cache
def _lines() -> list[bytes]:
    return [line for line in _LIST.read_bytes().splitlines() if not line.startswith(b"#")]
