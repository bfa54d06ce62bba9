"""Cases of the codes of items 21 and 24: what trips a rule, what doesn't."""

import datetime as dt
from decimal import Decimal
from typing import Any

import msgspec

from tests.claims.samples import A_LINE

Changes = dict[str, Any]
IN_FORCE, BEFORE, AFTER = dt.date(2026, 6, 1), dt.date(2026, 3, 31), dt.date(2026, 10, 1)


def line(**changes: Any) -> Changes:
    return {"visit__lines": (msgspec.structs.replace(A_LINE, **changes),)}


def beside(**changes: Any) -> Changes:
    return {"visit__lines": (A_LINE, msgspec.structs.replace(A_LINE, **changes))}


def diagnosed(*codes: str, on: dt.date) -> Changes:
    return {"visit__diagnoses": codes, "visit__visited_on": on}


OF_CODING: dict[str, tuple[Changes, Changes]] = {
    "21-billable": (diagnosed("E11", on=AFTER), diagnosed("E11.9", on=AFTER)),
    "21-billable-before": (diagnosed("E11", on=BEFORE), diagnosed("E11", on=IN_FORCE)),
    "21-listed": (diagnosed("E11.7", on=IN_FORCE), diagnosed("E11.7", on=AFTER)),
    "21-listed-once": (diagnosed("E11.7", on=AFTER), diagnosed("E11.7", on=IN_FORCE)),
    "24-twice": (beside(charge=Decimal(1), units=Decimal(1)), beside(modifiers=("59",))),
    "24B-in-person": (line(modifiers=("95",)), line(modifiers=("95",), place_of_service="10")),
    "24D-telehealth": (
        line(place_of_service="10"), line(place_of_service="10", modifiers=("93",))),
    "24D-modifiers-known": (line(modifiers=("98",)), line(modifiers=("hn", "U1", "95", "AE"))),
    "24G-units-most": (
        line(code="90837", units=Decimal(4)), line(code="90837", units=Decimal(1))),
}  # fmt: skip

# More that trips a rule, and more that doesn't.
MORE_OF_CODING: list[tuple[str, Changes, bool]] = [
    *(("21-billable", diagnosed(code, on=IN_FORCE), False)
      for code in ("I10", "B20", "Z71.3", "S72.001A", "QA0.0101", "U07.1", "C7A.1", "E117", "E1")),
    *(("21-billable", diagnosed(code, on=IN_FORCE), True)
      for code in ("e11", "E11.3", "S72.001", "QA0", "F32.8")),
    *(("21-listed", diagnosed(code, on=IN_FORCE), True)
      for code in ("Z99.99", "E11.90", "I10.0", "A99.9", "B201")),
    *(("21-listed", diagnosed(code, on=IN_FORCE), False)
      for code in ("I10", "E11", "QA0.0101", "E1", "??", "S72.001A")),
    ("24-twice", beside(service_on=dt.date(2026, 11, 4)), False),
    ("24-twice", beside(place_of_service="10"), False),
    ("24-twice", beside(code="97803"), False),
    ("24-twice", beside(pointers="B", until=A_LINE.service_on), True),
    ("24B-in-person", line(modifiers=("GT",), place_of_service="12"), True),
    ("24B-in-person", line(modifiers=("95",), place_of_service="22"), False),
    ("24B-in-person", line(modifiers=("25",)), False),
    ("24D-telehealth", line(place_of_service="02"), True),
    ("24D-telehealth", {**line(place_of_service="02"), "payer__kind": "medicare"}, False),
    ("24D-telehealth", {**line(place_of_service="02"), "payer": None}, False),
    ("24D-modifiers-known", line(modifiers=("9",)), False),  # has a rule of its own
    ("24G-units-most", line(code="97802", units=Decimal(8)), False),
    ("24G-units-most", line(code="97802", units=Decimal(9)), True),
    ("24G-units-most", line(code="99999", units=Decimal(100)), False),
]  # fmt: skip
