"""What the query of a scheduler page asks for; anything else in it is left aside. Pure."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

_LONGEST_ZONE = 50
_FIRST_YEAR, _LAST_YEAR = 2000, 2200


@dataclass(frozen=True)
class Asked:
    """A location's id, a day, a month (its first day), a time, and whose clock; None: not said."""

    at: int | None = None
    day: dt.date | None = None
    month: dt.date | None = None
    time: dt.datetime | None = None
    zone: str = ""


def asked_of(query: Mapping[str, str]) -> Asked:
    """Return what a query asks for."""
    at, day, month = query.get("at", ""), query.get("day", ""), query.get("month", "")
    return Asked(
        at=int(at) if at.isascii() and at.isdigit() and len(at) < 19 else None,
        day=_day(day),
        month=_day(f"{month}-01"),
        time=_instant(query.get("time", "")),
        zone=query.get("zone", "")[:_LONGEST_ZONE],
    )


def query_of(
    *,
    at: int | None = None,
    day: dt.date | None = None,
    month: dt.date | None = None,
    time: dt.datetime | None = None,
    zone: str = "",
) -> str:
    """Return the query that asks for this: "?at=3&day=2026-12-08"."""
    said = {
        "at": at,
        "month": f"{month:%Y-%m}" if month else "",
        "day": day.isoformat() if day else "",
        "time": utc(time) if time else "",
        "zone": zone,
    }
    return f"?{urlencode({name: value for name, value in said.items() if value})}"


def utc(instant: dt.datetime) -> str:
    """Return an instant as addresses and forms carry it: 2026-12-08T14:00Z."""
    return f"{instant.astimezone(dt.UTC):%Y-%m-%dT%H:%M}Z"


def _day(text: str) -> dt.date | None:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return day if _FIRST_YEAR <= day.year <= _LAST_YEAR else None


def _instant(text: str) -> dt.datetime | None:
    try:
        instant = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    is_known = instant.tzinfo is not None and _FIRST_YEAR <= instant.year <= _LAST_YEAR
    return instant.astimezone(dt.UTC) if is_known else None
