"""Rows of the record in words, for the page and as CSV cells that no spreadsheet calculates.

What is stored is English; it is translated here, when it is shown.
"""

import csv
import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from letterhead.activity.models import Activity, Kind
from letterhead.activity.origin import agent_for_people

HEADINGS = [
    *(_("Row"), _("Date and time (UTC)"), _("Person"), _("Kind"), _("Action"), _("About")),
    *(_("Changes"), _("Address"), _("Browser"), _("Hash of the previous row"), _("Hash")),
]
_ABOUT_DEVICES = {"logged out elsewhere", "trusted a device", "stopped trusting a device"}
_ABBREVIATIONS = {"dea": "DEA", "id": "ID", "ids": "IDs", "npi": "NPI", "url": "URL"}
# What Excel, LibreOffice and Google Sheets take for the beginning of a formula.
_BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True)
class Line:
    """A row of the record as the page shows it."""

    at: dt.datetime
    person_name: str
    kind: str
    act: str
    about: str
    address: str
    agent: str


def in_words(row: Activity) -> Line:
    """Translate a row; names and numbers stay as they are."""
    agent = agent_for_people(row.agent)
    return Line(
        row.at, row.person_name, row.kind, gettext(row.act), _about(row), row.address, agent
    )


def changes_in_words(changes: dict[str, Any]) -> list[tuple[str, str]]:
    """Return (field, change) for each change: "RDN → RDN, PhD", or "changed"."""
    return [(_label(name), _change(change)) for name, change in changes.items()]


def as_csv(rows: Iterable[Activity]) -> Iterator[str]:
    """Return a CSV file line by line, in the language of now: every cell quoted, none a formula."""
    return _lines(rows, translation.get_language())


def _lines(rows: Iterable[Activity], language: str | None) -> Iterator[str]:
    writer = csv.writer(_Echo(), quoting=csv.QUOTE_ALL)
    with translation.override(language):
        headings = writer.writerow([str(heading) for heading in HEADINGS])
    yield "\ufeff" + headings  # without the mark Excel misreads letters
    for row in rows:
        with translation.override(language):  # the request may be over by now
            line = writer.writerow([_no_formula(cell) for cell in _cells(row)])
        yield line


def _cells(row: Activity) -> list[str]:
    changes = "; ".join(f"{name}: {change}" for name, change in changes_in_words(row.changes))
    at = row.at.astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M:%S")
    kind = str(Kind(row.kind).label) if row.kind in Kind else row.kind
    line = in_words(row)
    who_and_what = [str(row.place), at, line.person_name, kind, line.act, line.about, changes]
    return [*who_and_what, line.address, line.agent, row.previous, row.hash]


def _about(row: Activity) -> str:
    """Translate what is our own words: how someone logged in, and devices."""
    if row.act == "logged in":
        return ", ".join(gettext(way) for way in row.about.split(", ") if way)
    return agent_for_people(row.about) if row.act in _ABOUT_DEVICES else row.about


def _no_formula(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_BEGINS_FORMULA) else cell


def _label(name: str) -> str:
    words = name.replace("_", " ").split()
    label = " ".join(_ABBREVIATIONS.get(word, word) for word in words)
    label = label[:1].upper() + label[1:]
    return gettext(label) if label else ""


def _change(change: Any) -> str:
    if isinstance(change, list) and len(change) == 2:
        before, after = (_value(each) for each in change)
        return f"{before} → {after}"
    return gettext("changed") if change == "changed" else _value(change)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, list):
        return "; ".join(_value(each) for each in value) or gettext("nothing")
    if isinstance(value, dict):
        parts = [f"{_label(name)} {_value(each)}" for name, each in value.items() if each]
        return ", ".join(parts) or gettext("nothing")
    return gettext("nothing") if value in {None, ""} else str(value)


class _Echo:
    """A file for csv.writer, whose `writerow` returns what this `write` returns."""

    def write(self, line: str) -> str:
        return line
