"""A clinician's hours in words: the usual week, and the next days with everything that holds."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from letterhead.practices.models import Location
from letterhead.practices.preferred import Weekday as FirstDay
from letterhead.scheduling.models import Hours, TimeOff
from letterhead.scheduling.timetables import Timetable
from letterhead.slots.free_times import Availability
from letterhead.slots.wall_clock import MIDNIGHT, Span, Stretch, stretches, without
from letterhead.ui.dates import day, near_day, time

_DAY = dt.timedelta(days=1)
DAYS_SHOWN = 14
# No hours are at this location only, so those there are the hours at any.
_NOWHERE = Location(pk=0)


@dataclass(frozen=True)
class HoursAt:
    """A clinician's hours at a location, or at any, by day of the week."""

    location: str
    rows: list[Hours]


@dataclass(frozen=True)
class ShownDay:
    """A day with the hours that hold, or why there are none; `note` is about its clock."""

    date: dt.date
    hours: list[str]
    note: str = ""


def hours_in_words(hours: Hours) -> str:
    """Return 9:00 AM – 5:00 PM."""
    return _from_to(hours.starts, hours.ends)


def row_in_words(hours: Hours) -> str:
    """Return the day with its hours and location: Monday, 9:00 AM – 5:00 PM, Office."""
    when = near_day(hours.day) if hours.day else hours.get_weekday_display()
    where = hours.location.name if hours.location else _("Any location")
    facts = {"day": when, "hours": hours_in_words(hours), "location": where}
    return _("%(day)s, %(hours)s, %(location)s") % facts


def off_in_words(off: TimeOff) -> str:
    """Return the days off, with their times if they have any."""
    first, last = day(off.first_day), day(off.last_day)
    if off.first_day == off.last_day:
        if not off.starts and not off.ends:
            return first
        hours = _from_to(off.starts or MIDNIGHT, off.ends or MIDNIGHT)
        return _("%(day)s, %(hours)s") % {"day": first, "hours": hours}
    begins = _("%(day)s, %(time)s") % {"day": first, "time": time(off.starts)} if off.starts else ""
    ends = _("%(day)s, %(time)s") % {"day": last, "time": time(off.ends)} if off.ends else ""
    return _("%(first)s to %(last)s") % {"first": begins or first, "last": ends or last}


def weekly_at(
    rows: Iterable[Hours], locations: Iterable[Location], *, begins: str, today: dt.date
) -> list[HoursAt]:
    """Return the weekly hours that hold now or later, per location; weeks begin on `begins`."""
    first = FirstDay(begins).number
    weekly = [row for row in rows if row.weekday is not None]
    weekly = [row for row in weekly if row.last_day is None or row.last_day >= today]
    weekly.sort(key=lambda row: ((row.weekday - first) % 7, row.starts))  # type: ignore[operator]
    found = []
    for location in (None, *locations):
        here = [row for row in weekly if row.location_id == (location.pk if location else None)]
        if here:
            found.append(HoursAt(location.name if location else _("Any location"), here))
    return found


def next_days(table: Timetable, clinician: Any, locations: Iterable[Location]) -> list[ShownDay]:
    """Return the first days of a timetable with a clinician's hours at each location."""
    used = {row.location_id for row in table.hours[clinician.pk]}
    anywhere = table.availability(clinician.pk, _NOWHERE)
    at = {
        each.name: table.availability(clinician.pk, each) for each in locations if each.pk in used
    }
    every = table.availability(clinician.pk, None)
    days = (table.first + number * _DAY for number in range(DAYS_SHOWN))
    shown = [_shown_day(date, every, anywhere, at) for date in days]
    return [_away(each, clinician.membership) for each in shown]


def _away(shown: ShownDay, member: Any) -> ShownDay:
    """Say that someone is away, rather than that they have time off."""
    if member.away_from and member.away_from <= shown.date <= member.away_until:
        return replace(shown, hours=[_("Away")])
    return shown


def _shown_day(
    date: dt.date, every: Availability, anywhere: Availability, at: dict[str, Availability]
) -> ShownDay:
    parts = stretches(every.zone, date)
    if not parts:
        return ShownDay(date, [_("The calendar skips this day")])
    at_any = anywhere.open_spans([date])
    found = [(span, "") for span in at_any]
    for name, availability in at.items():
        found += [(span, name) for span in without(availability.open_spans([date]), at_any)]
    if not found:
        off = Availability(zone=every.zone, weekly=every.weekly, own_days=every.own_days)
        why = _("Time off") if off.open_spans([date]) else _("No hours")
        return ShownDay(date, [why])
    shown = [_span_in_words(span, name, parts) for span, name in sorted(found)]
    return ShownDay(date, shown, _about_time(parts))


def _span_in_words(span: Span, location: str, parts: tuple[Stretch, ...]) -> str:
    begins = next(span.begins + part.offset for part in parts if span.begins < part.ends)
    ends = next(span.ends + part.offset for part in parts if span.ends <= part.ends)
    hours = _from_to(begins.time(), ends.time())
    if not location:
        return hours
    return _("%(hours)s, %(location)s") % {"hours": hours, "location": location}


def _about_time(parts: tuple[Stretch, ...]) -> str:
    """Say which times a day doesn't have, or has twice."""
    for before, after in pairwise(parts):
        stops, goes_on = before.ends + before.offset, after.begins + after.offset
        if stops < goes_on:
            text = _("The clock skips %(first)s to %(last)s.")
        else:
            text = _("The clock shows %(first)s to %(last)s twice.")
        first, last = sorted((stops, goes_on))
        return text % {"first": time(first.time()), "last": time(last.time())}
    return ""


def _from_to(starts: dt.time, ends: dt.time) -> str:
    end = _("midnight") if ends == MIDNIGHT else time(ends)
    return _("%(start)s – %(end)s") % {"start": time(starts), "end": end}
