"""Days on a wall clock, as instants: with clocks that change, and days that never were. Pure."""

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

_MINUTE = dt.timedelta(minutes=1)
_FURTHEST_OFFSET = dt.timedelta(hours=15)  # of any zone from UTC, and a bit
MIDNIGHT = dt.time()


class Span(NamedTuple):
    """From an aware instant to another one, which isn't included."""

    begins: dt.datetime
    ends: dt.datetime


class Stretch(NamedTuple):
    """A part of a day in which the clock runs on evenly: `offset` before UTC throughout."""

    begins: dt.datetime
    ends: dt.datetime
    offset: dt.timedelta


@lru_cache(maxsize=8192)
def stretches(zone: str, day: dt.date) -> tuple[Stretch, ...]:
    """Return the parts of a day in a time zone, in order: one on most days, two when clocks change.

    None for a day that the zone skipped, like Samoa's December 30, 2011.
    """
    there = ZoneInfo(zone)
    midnight = dt.datetime.combine(day, MIDNIGHT, dt.UTC)
    at, end = midnight - _FURTHEST_OFFSET, midnight + dt.timedelta(days=1) + _FURTHEST_OFFSET
    found = []
    while at < end:
        offset = at.astimezone(there).utcoffset() or dt.timedelta()
        until = _end_of_offset(there, at, end, offset)
        begins = max(at, midnight - offset)
        ends = min(until, midnight + dt.timedelta(days=1) - offset)
        if begins < ends:
            found.append(Stretch(begins, ends, offset))
        at = until
    return tuple(found)


def _end_of_offset(
    zone: ZoneInfo, at: dt.datetime, end: dt.datetime, offset: dt.timedelta
) -> dt.datetime:
    """Return when a zone's offset at an instant ends, or `end`: clocks change on whole minutes."""
    if end.astimezone(zone).utcoffset() == offset:
        return end
    same, other = 0, (end - at) // _MINUTE
    while other - same > 1:
        middle = (same + other) // 2
        if (at + middle * _MINUTE).astimezone(zone).utcoffset() == offset:
            same = middle
        else:
            other = middle
    return at + other * _MINUTE


def spans_of(zone: str, day: dt.date, starts: dt.time, ends: dt.time) -> list[Span]:
    """Return the instants at which a clock on the wall shows a time of this day within the bounds.

    `ends` 00:00 is midnight at the end of the day. A time that the clock skips isn't in it, and one
    that it shows twice is in it twice.
    """
    midnight = dt.datetime.combine(day, MIDNIGHT, dt.UTC)
    first = dt.datetime.combine(day, starts, dt.UTC)
    last = dt.datetime.combine(day, ends, dt.UTC)
    if ends == MIDNIGHT:
        last = midnight + dt.timedelta(days=1)
    found = []
    for begins, until, offset in stretches(zone, day):
        span = Span(max(begins, first - offset), min(until, last - offset))
        if span.begins < span.ends:
            found.append(span)
    return found


def instant_of(zone: str, day: dt.date, time: dt.time) -> dt.datetime | None:
    """Return the first instant (UTC) at which the clock shows this; None if it never does."""
    wall = dt.datetime.combine(day, time, dt.UTC)
    for begins, ends, offset in stretches(zone, day):
        if begins <= wall - offset < ends:
            return wall - offset
    return None


def joined(spans: Iterable[Span]) -> list[Span]:
    """Return the same time in order, with those that touch or overlap as one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.begins <= found[-1].ends:
            found[-1] = Span(found[-1].begins, max(found[-1].ends, span.ends))
        else:
            found.append(span)
    return found


def without(spans: list[Span], taken: list[Span]) -> list[Span]:
    """Return what is left of joined spans outside other joined ones."""
    found: list[Span] = []
    at = 0
    for begins, ends in spans:
        while at < len(taken) and taken[at].ends <= begins:
            at += 1
        free_from, each = begins, at
        while each < len(taken) and taken[each].begins < ends:
            if free_from < taken[each].begins:
                found.append(Span(free_from, taken[each].begins))
            free_from = taken[each].ends
            each += 1
        if free_from < ends:
            found.append(Span(free_from, ends))
    return found
