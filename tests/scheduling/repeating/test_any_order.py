"""Any order of changes gives the dates that a plain model of a series gives.

The model is a list: an appointment has a place in it, a day and a time, and whether it is as
planned. It knows nothing of rules, rows or instants.
"""

import datetime as dt
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from letterhead.practices.models import Membership
from letterhead.scheduling.appointments.actions import When, cancel, make, move
from letterhead.scheduling.appointments.conflicts import Answer, InTheWay, Plan
from letterhead.scheduling.models import Appointment, Series
from letterhead.scheduling.queries import calendars_changed_by
from letterhead.scheduling.repeating.dates import days_of
from letterhead.scheduling.repeating.queries import exported
from tests.scheduling.making import NOW

FIRST = dt.date(2026, 12, 9)
STEPS = {"FREQ=DAILY": 1, "FREQ=WEEKLY": 7, "FREQ=WEEKLY;INTERVAL=2": 14}


@dataclass(eq=False)
class Modeled:
    """An appointment of the model."""

    day: dt.date
    hour: int
    part: int  # of the series: what was moved together is a part of its own
    apart: bool = False
    canceled: bool = False


class Model:
    """A series as a list."""

    def __init__(self, count: int, step: int) -> None:
        self.rows = [Modeled(FIRST + dt.timedelta(step * at), 10, 0) for at in range(count)]
        self.parts = 1

    def changed_by(self, at: int, scope: str) -> list[Modeled]:
        """Those that a change is about: as planned, of the same part, maybe not before it."""
        asked = self.rows[at]
        if scope == "this":
            return [asked]
        of_part = [each for each in self.rows if each.part == asked.part]
        if scope == "following":
            of_part = [each for each in self.rows[at:] if each.part == asked.part]
        return [each for each in of_part if each is asked or not (each.apart or each.canceled)]

    def move(self, at: int, scope: str, days: int, hour: int, planned: list[dt.date]) -> None:
        """Move by days from where the one that is asked for was planned."""
        going = self.changed_by(at, scope)
        asked, of_part = self.rows[at], self.rows[at].part
        by = asked.day + dt.timedelta(days) - planned[at]
        if scope == "this":
            asked.day, asked.hour, asked.apart = asked.day + dt.timedelta(days), hour, True
            return
        first = min(self.rows.index(each) for each in going)
        for place, each in enumerate(self.rows[first:], first):
            if each.part == of_part:
                each.part, planned[place] = self.parts, planned[place] + by
        for each in going:
            each.day, each.hour, each.apart = planned[self.rows.index(each)], hour, False
        self.parts += 1

    def cancel(self, at: int, scope: str) -> None:
        """Cancel those that the change is about."""
        for each in self.changed_by(at, scope):
            each.canceled = True


changes = st.tuples(
    st.integers(0, 5),
    st.sampled_from(["this", "following", "all"]),
    st.one_of(
        st.just(None), st.tuples(st.integers(-2, 3), st.integers(8, 18))
    ),  # canceled, or moved
)


@pytest.fixture
def plan(shop: SimpleNamespace) -> Plan:
    dana = calendars_changed_by(Membership.objects.get(user=shop.dana.user)).get(
        pk=shop.dana.practitioner_id
    )
    return Plan(
        practice=shop.practice,
        practitioner=dana,
        service=shop.visit,
        location=shop.office,
        minutes=50,
        clients=(shop.ada,),
    )


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.sampled_from(sorted(STEPS)), st.lists(changes, max_size=7))
def test_any_order_of_changes_gives_the_same_dates(
    shop: SimpleNamespace, plan: Plan, rule: str, some: list[Any]
) -> None:
    Appointment.objects.all().delete()
    Series.objects.all().delete()
    model = Model(6, STEPS[rule])
    planned = [each.day for each in model.rows]
    zone = shop.practice.zone
    by = shop.dana.user
    make(plan, When(starts_at=_at(FIRST, 10, zone), rule=f"{rule};COUNT=6"), by=by)
    pks = list(Appointment.objects.order_by("pk").values_list("pk", flat=True))

    for place, scope, to in some:
        if model.rows[place].canceled:
            continue
        row = Appointment.objects.get(pk=pks[place])
        if to is None:
            cancel(row, read_at_version=row.version, by=by, scope=scope)
            model.cancel(place, scope)
        else:
            days, hour = to
            new = _at(model.rows[place].day + dt.timedelta(days), hour, zone)
            if not NOW < new:
                continue
            _moved(row, plan, new, scope, by)
            model.move(place, scope, days, hour, planned)

        assert _shown(pks, zone) == [(r.day, r.hour, r.canceled, r.apart) for r in model.rows]
        assert _exported(zone) == sorted((r.day, r.hour) for r in model.rows if not r.canceled)


def _at(day: dt.date, hour: int, zone: Any) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour), zone).astimezone(dt.UTC)


def _moved(row: Appointment, plan: Plan, new: dt.datetime, scope: str, by: Any) -> None:
    answer = Answer()
    try:
        move(row, plan, new, read_at_version=row.version, by=by, scope=scope, answer=answer)
    except InTheWay as asked:
        answer = Answer("anyway", asked.found.digest)
        move(row, plan, new, read_at_version=row.version, by=by, scope=scope, answer=answer)


def _shown(pks: list[int], zone: Any) -> list[tuple[dt.date, int, bool, bool]]:
    rows = Appointment.objects.in_bulk(pks)
    return [
        (local.date(), local.hour, not rows[pk].takes_time, rows[pk].apart)
        for pk in pks
        for local in [rows[pk].starts_at.astimezone(zone)]
    ]


def _exported(zone: Any) -> list[tuple[dt.date, int]]:
    """Where a calendar that reads the export sees appointments."""
    found = []
    for series in Series.objects.select_related("practice"):
        each = exported(series, list(series.appointments.all()))
        for day in days_of(each.rule, each.first_day):
            there = dt.datetime.combine(day, each.starts, zone)
            row = each.moved.get(there.astimezone(dt.UTC))
            if day not in each.without:
                local = row.starts_at.astimezone(zone) if row else there
                found.append((local.date(), local.hour))
    return sorted(found)
