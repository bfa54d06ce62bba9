"""What a row of the record says, as people read it, and as cells that no spreadsheet computes."""

import csv
import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from letterhead.activity.models import Activity, Kind

HEADINGS = [
    *("Row", "Day and time (UTC)", "Person", "Kind", "Act", "About", "Changes"),
    *("Address", "Browser", "Hash of the row before", "Hash"),
]
# What Excel, LibreOffice and Google Sheets take for the beginning of a formula.
_BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def changes_in_words(changes: dict[str, Any]) -> list[tuple[str, str]]:
    """Give (field, what became of it) of each change: "RDN → RDN, PhD", or "changed"."""
    return [(_label(name), _change(told)) for name, told in changes.items()]


def as_csv(rows: Iterable[Activity]) -> Iterator[str]:
    """Give a CSV file line by line: every cell quoted, none a formula."""
    writer = csv.writer(_Echo(), quoting=csv.QUOTE_ALL)
    yield "\ufeff" + writer.writerow(HEADINGS)  # without the mark Excel misreads letters
    for row in rows:
        yield writer.writerow([_no_formula(cell) for cell in _cells(row)])


def _cells(row: Activity) -> list[str]:
    changes = "; ".join(f"{name}: {change}" for name, change in changes_in_words(row.changes))
    at = row.at.astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M:%S")
    kind = Kind(row.kind).label if row.kind in Kind else row.kind
    said = [str(row.place), at, row.person_name, kind, row.act, row.about, changes]
    return [*said, row.address, row.agent, row.previous, row.hash]


def _no_formula(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_BEGINS_FORMULA) else cell


def _label(name: str) -> str:
    words = name.replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def _change(told: Any) -> str:
    if isinstance(told, list) and len(told) == 2:
        before, after = (_value(each) for each in told)
        return f"{before} → {after}"
    return _value(told)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(_value(each) for each in value) or "nothing"
    if isinstance(value, dict):
        told = [f"{_label(name)} {_value(each)}" for name, each in value.items() if each]
        return ", ".join(told) or "nothing"
    return "nothing" if value in {None, ""} else str(value)


class _Echo:
    """A file for csv.writer, whose `writerow` gives what this `write` gives."""

    def write(self, line: str) -> str:
        return line
