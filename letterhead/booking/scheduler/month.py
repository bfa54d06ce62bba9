"""A month with the days that have times, and the times of one day. Pure."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.formats import date_format

from letterhead.scheduling.offers import Free
from letterhead.ui.dates import Way

_DAY = dt.timedelta(days=1)
Link = Callable[..., str]  # the address for a month, a day, or a time


@dataclass(frozen=True)
class Day:
    """A day in the grid; without an address nobody is seen then. A full one has no times left."""

    date: dt.date
    name: str
    url: str
    times: int
    is_chosen: bool
    is_full: bool


@dataclass(frozen=True)
class Time:
    """A free time."""

    start: dt.datetime
    words: str
    url: str


@dataclass(frozen=True)
class Month:
    """What is shown; `day` is None where the month has no times."""

    title: str
    weekdays: list[tuple[str, str]]  # short, and in full
    weeks: list[list[Day | None]]
    previous: str
    next: str
    day: Day | None
    times: list[Time]


def by_day(free: Free, way: Way) -> dict[dt.date, list[dt.datetime]]:
    """Return free times under the days of the reader's clock."""
    found: dict[dt.date, list[dt.datetime]] = {}
    for start in sorted(start for starts in free.values() for start in starts):
        found.setdefault(way.day_of(start), []).append(start)
    return found


def month_of(
    first: dt.date,
    days: dict[dt.date, list[dt.datetime]],
    *,
    full: set[dt.date],
    chosen: dt.date | None,
    within: tuple[dt.date, dt.date],
    way: Way,
    link: Link,
) -> Month:
    """Return the month that begins on `first`.

    `chosen` is the day asked for, else the first one with times is; `within` are the days between
    which anything can be free at all.
    """
    last = end_of(first)
    here = {day: starts for day, starts in days.items() if first <= day <= last}
    if chosen not in here and not (chosen and first <= chosen <= last):
        chosen = min(here, default=None)
    lead = (first.weekday() - way.week_starts_on) % 7
    cells: list[Day | None] = [None] * lead
    for number in range((last - first).days + 1):
        date = first + number * _DAY
        starts = here.get(date, [])
        is_full = date in full and not starts
        url = link(day=date) if starts or is_full else ""
        cells.append(Day(date, way.day(date), url, len(starts), date == chosen, is_full))
    cells += [None] * (-len(cells) % 7)
    weekdays = [
        first + ((way.week_starts_on - first.weekday()) % 7 + each) * _DAY for each in range(7)
    ]
    before, after = first - _DAY, last + _DAY
    return Month(
        title=date_format(first, "F Y"),
        weekdays=[(date_format(day, "D"), date_format(day, "l")) for day in weekdays],
        weeks=[cells[at : at + 7] for at in range(0, len(cells), 7)],
        previous=link(month=before) if before >= within[0] else "",
        next=link(month=after) if after <= within[1] else "",
        day=next((day for day in cells if day and day.is_chosen), None),
        times=[
            Time(start, way.time(start), link(time=start))
            for start in (here.get(chosen, []) if chosen else [])
        ],
    )


def end_of(first: dt.date) -> dt.date:
    """Return the last day of a month."""
    return (first + 31 * _DAY).replace(day=1) - _DAY
