"""The demo's calendar: whole on any day, and the same on the same day."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from letterhead.billing.models import Visit
from letterhead.cli.demo_calendar import make_calendar
from letterhead.details.queries import practitioners_in
from letterhead.scheduling.models import Appointment, Attendee, Hours, Service
from tests.clients.desk import client_of, visit_of

NAMES = ("Ada", "Bo", "Cy", "Di", "Ed", "Fay", "Gus", "Hal", "Ivy", "Jo", "Kit", "Lu")


def made(cast: SimpleNamespace) -> list[tuple[Any, ...]]:
    """Make the calendar of a practice with twelve clients and their visits; give what is in it."""
    now = timezone.now()
    for number, name in enumerate(NAMES):
        client = client_of(cast.sam if number % 3 == 2 else cast.dana, name, f"Doe{number}")
        for weeks in (1, 4, 9):
            day = now.date() - dt.timedelta(weeks=weeks, days=number % 5)
            visit_of(cast, client, day.isoformat())
    people = {each.first_name.lower(): each for each in practitioners_in(cast.practice)}
    make_calendar(cast.practice, people, now)
    columns = ("appointment__starts_at", "appointment__service__name", "client__first_name")
    return sorted(Attendee.objects.values_list(*columns, "first_name", "state"), key=str)


@pytest.mark.django_db
@pytest.mark.parametrize("day", range(1, 8))
def test_it_has_something_of_everything_on_any_day_of_the_week(
    cast: SimpleNamespace, day: int
) -> None:
    with time_machine.travel(dt.datetime(2027, 3, day + 7, 16, tzinfo=dt.UTC), tick=False):
        found = made(cast)
        today = timezone.now().date()

    states = {row[-1] for row in found}
    assert states == {"booked", "attended", "no-show", "late", "canceled", "requested"}
    assert Service.objects.count() == 5
    assert Hours.objects.exists()
    assert Appointment.objects.filter(series__isnull=False).count() == 8
    assert Attendee.objects.filter(appointment__capacity=8).count() == 5
    if today.weekday() < 5:
        assert Appointment.objects.filter(starts_at__date=today).exists()
    linked = Visit.objects.filter(attendee__isnull=False)
    assert linked.exists()
    for visit in linked.select_related("attendee__appointment"):
        came = visit.attendee
        assert came is not None
        assert (came.client_id, came.state) == (visit.client_id, "attended")
        assert came.appointment.starts_at.date() == visit.visited_on


@pytest.mark.django_db
def test_no_time_is_taken_twice(cast: SimpleNamespace) -> None:
    with time_machine.travel(dt.datetime(2026, 11, 30, 16, tzinfo=dt.UTC), tick=False):
        made(cast)

    rows = list(Appointment.objects.order_by("practitioner", "starts_at"))
    for one, next_one in zip(rows, rows[1:], strict=False):
        if one.practitioner_id == next_one.practitioner_id:
            assert one.ends_at <= next_one.starts_at
