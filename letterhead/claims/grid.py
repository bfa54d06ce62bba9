"""The print grid of the CMS-1500 (02/12): where each value prints and how much its box holds.

Lines count from 1 at 6 to the inch, columns at 10 to the inch. `grid.csv` has a row for each.
Source: the NUCC 1500 reference instruction manual, version 02/12, and measured forms.
"""

import csv
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Literal, NamedTuple, TypeAlias, cast

Key: TypeAlias = tuple[str, str]  # item and field, such as ("24F", "line 1 charge dollars")

LINES_PER_FORM = 6
LETTERS = "ABCDEFGHIJKL"  # of item 21


class Box(NamedTuple):
    """One place of the form; `width` is in characters, 0 where it must stay empty."""

    item: str
    field: str
    line: int
    column: int
    width: int
    align: Literal["left", "right"]


class Offset(NamedTuple):
    """How far a printer's values are moved to meet the pre-printed boxes, in millimeters."""

    right_mm: Decimal | float = 0
    down_mm: Decimal | float = 0


NO_OFFSET = Offset()


def _read() -> Mapping[Key, Box]:
    text = Path(__file__).with_name("grid.csv").read_text(encoding="utf-8")
    boxes = {}
    for row in csv.DictReader(text.splitlines()):
        align = cast(Literal["left", "right"], row["align"])
        line, column, width = int(row["line"]), int(row["column"]), int(row["width"])
        key = (row["item"], row["field"])
        boxes[key] = Box(*key, line, column, width, align)
    return MappingProxyType(boxes)


BOXES: Mapping[Key, Box] = _read()
