"""Beginning a series, and letting what follows of one be another one."""

import datetime as dt
from collections.abc import Collection

from django.db.models import F

from letterhead.practices.models import Practice
from letterhead.scheduling.models import Appointment, Series
from letterhead.scheduling.repeating.dates import (
    Times,
    count_of,
    days_around,
    days_of,
    rule_like,
    with_count,
)
from letterhead.slots.wall_clock import instant_of


def begin_series(practice: Practice, *, first_day: dt.date, starts: dt.time, rule: str) -> Series:
    """Save a series; its appointments are rows of their own."""
    return Series.objects.create(practice=practice, first_day=first_day, starts=starts, rule=rule)


def times_of(practice: Practice, rule: str, first_day: dt.date, starts: dt.time) -> Times:
    """Return the days of a series, and when it is that time there on the practice's wall clock."""
    days = days_of(rule, first_day)
    return {day: instant_of(practice.time_zone, day, starts) for day in days}


class Moved:
    """A series that goes on at another time: where its days are then.

    `first` is the first of its appointments that moves, `day` the new day of `anchor`.
    """

    def __init__(
        self, first: Appointment, anchor: Appointment, *, day: dt.date, starts: dt.time
    ) -> None:
        series = anchor.series
        if series is None or anchor.series_day is None or first.series_day is None:
            raise ValueError("not in a series")
        self._series, self._starts = series, starts
        old = days_of(series.rule, series.first_day)
        self._cut, at = old.index(first.series_day), old.index(anchor.series_day)
        if day == anchor.series_day:
            self._rule, new = with_count(series.rule, len(old) - self._cut), old[self._cut :]
        else:
            self._rule = rule_like(series.rule, day, len(old) - self._cut)
            new = days_around(
                self._rule, day, before=at - self._cut, after=count_of(series.rule) - 1 - at
            )
        self.days = dict(zip(old[self._cut :], new, strict=True))

    def when(self, appointment: Appointment) -> tuple[dt.date, dt.datetime | None]:
        """Return where an appointment of the series moves to."""
        if appointment.series_day is None:
            raise ValueError("not in a series")
        day = self.days[appointment.series_day]
        return day, instant_of(self._series.practice.time_zone, day, self._starts)

    def save(self, *, staying: Collection[int]) -> Series:
        """Let what follows be a series of its own; what was before it counts fewer days.

        All appointments of these days go over, also those that stay at their time: those of these
        ids are from now on changed alone.
        """
        old, new_days = self._series, self.days
        new = Series.objects.create(
            practice_id=old.practice_id,
            first_day=min(new_days.values()),
            starts=self._starts,
            rule=self._rule,
        )
        rows = Appointment.objects.filter(series=old)
        for old_day, new_day in new_days.items():
            rows.filter(series_day=old_day).update(series=new, series_day=new_day)
        Appointment.objects.filter(pk__in=staying).update(apart=True, version=F("version") + 1)
        if self._cut == 0:
            old.delete()
        else:
            Series.objects.filter(pk=old.pk).update(rule=with_count(old.rule, self._cut))
        return new
