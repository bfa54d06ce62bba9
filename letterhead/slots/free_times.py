"""Free times: when a clinician can begin an appointment. Pure."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from letterhead.slots.rules import Rules
from letterhead.slots.wall_clock import (
    MIDNIGHT,
    Span,
    joined,
    spans_of,
    stretches,
    without,
)

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Weekly:
    """Hours of every week on a weekday, 0 for Monday, between two days, both included."""

    weekday: int
    starts: dt.time
    ends: dt.time
    first_day: dt.date | None = None
    last_day: dt.date | None = None

    def holds_on(self, day: dt.date) -> bool:
        """Whether these are hours of that day, unless it has its own."""
        return (
            day.weekday() == self.weekday
            and (self.first_day is None or self.first_day <= day)
            and (self.last_day is None or day <= self.last_day)
        )


@dataclass(frozen=True, kw_only=True)
class Off:
    """Time off from a day to another, both included; from and to a time if it has these."""

    first_day: dt.date
    last_day: dt.date
    starts: dt.time | None = None
    ends: dt.time | None = None

    def on(self, day: dt.date) -> tuple[dt.time, dt.time] | None:
        """Return its part of a day, to 00:00 for the end of the day; None if there is none."""
        if not self.first_day <= day <= self.last_day:
            return None
        begins = self.starts if self.starts and day == self.first_day else MIDNIGHT
        ends = self.ends if self.ends and day == self.last_day else MIDNIGHT
        return (begins, ends)


@dataclass(frozen=True, kw_only=True)
class Availability:
    """When a clinician sees clients at one place.

    A day in `own_days` has these hours instead of the weekly ones, maybe none at this place.
    """

    zone: str
    weekly: tuple[Weekly, ...] = ()
    own_days: Mapping[dt.date, tuple[tuple[dt.time, dt.time], ...]] = field(default_factory=dict)
    off: tuple[Off, ...] = ()

    def open_spans(self, days: Iterable[dt.date]) -> list[Span]:
        """Return when clients are seen on these days, in order, across midnight as one."""
        days = list(days)
        opened = (
            span for day in days for hours in self._hours_on(day)
            for span in spans_of(self.zone, day, *hours)
        )  # fmt: skip
        away = (
            span for day in days for off in self.off if (part := off.on(day))
            for span in spans_of(self.zone, day, *part)
        )  # fmt: skip
        return without(joined(opened), joined(away))

    def _hours_on(self, day: dt.date) -> Iterable[tuple[dt.time, dt.time]]:
        own = self.own_days.get(day)
        if own is not None:
            return own
        return [(each.starts, each.ends) for each in self.weekly if each.holds_on(day)]


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """An appointment to find a time for: how long it takes, with what before and after it."""

    length: dt.timedelta
    before: dt.timedelta = dt.timedelta()
    after: dt.timedelta = dt.timedelta()

    def busy(self, starts_at: dt.datetime) -> Span:
        """Return the time that it takes if it begins then, with what is before and after it."""
        return Span(starts_at - self.before, starts_at + self.length + self.after)


def free_times(
    availability: Availability,
    wanted: Wanted,
    *,
    first: dt.date,
    last: dt.date,
    taken: Iterable[Span],
    begun: Iterable[dt.datetime],
    rules: Rules,
    now: dt.datetime,
) -> dict[dt.date, list[dt.datetime]]:
    """Return when the appointment can begin (UTC), under each day in the zone, in order.

    `taken` are the clinician's other appointments with their buffers, `begun` when those that count
    for the most in a day begin. An appointment has to end within the hours; its buffers may reach
    out of them, but not into others' time. Days without a free time are left out.
    """
    zone = availability.zone
    earliest = now + rules.notice
    last = min(last, _local_day(now, zone) + rules.horizon_days * _DAY)
    full = _full_days(zone, begun, rules)
    around = _days(first - _DAY, last + _DAY)
    blocked = joined(taken)
    found: dict[dt.date, list[dt.datetime]] = {}
    at = 0
    for span in availability.open_spans(around):
        for day, start in _starts_in(span, zone, first, last, rules.grid_minutes):
            if start < earliest or start + wanted.length > span.ends or day in full:
                continue
            busy = wanted.busy(start)
            while at < len(blocked) and blocked[at].ends <= busy.begins:
                at += 1
            if at == len(blocked) or blocked[at].begins >= busy.ends:
                found.setdefault(day, []).append(start)
    return found


def _starts_in(
    span: Span, zone: str, first: dt.date, last: dt.date, grid: int
) -> Iterator[tuple[dt.date, dt.datetime]]:
    """Yield each time in a span at which the clock shows a time on the grid, with its day."""
    step = dt.timedelta(minutes=grid)
    from_day = max(first, _local_day(span.begins, zone))
    for day in _days(from_day, min(last, _local_day(span.ends, zone))):
        midnight = dt.datetime.combine(day, MIDNIGHT, dt.UTC)
        for begins, ends, offset in stretches(zone, day):
            since = max(begins, span.begins) + offset - midnight
            at = midnight - offset + -(-since // step) * step
            while at < min(ends, span.ends):
                yield day, at
                at += step


def _full_days(zone: str, begun: Iterable[dt.datetime], rules: Rules) -> set[dt.date]:
    if rules.most_a_day is None:
        return set()
    counted = Counter(_local_day(start, zone) for start in begun)
    return {day for day, count in counted.items() if count >= rules.most_a_day}


def _local_day(instant: dt.datetime, zone: str) -> dt.date:
    """Return the day an instant is on; the stretches decide, as for everything here."""
    day = instant.date() - _DAY
    while not any(begins <= instant < ends for begins, ends, _offset in stretches(zone, day)):
        day += _DAY
    return day


def _days(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    while first <= last:
        yield first
        first += _DAY
