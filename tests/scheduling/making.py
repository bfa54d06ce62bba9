"""Services, hours and appointments for tests, with as little said as possible."""

import datetime as dt
from typing import Any

from django.db import transaction

from letterhead.scheduling import diaries
from letterhead.scheduling.models import Appointment, Attendee, Hours, Offer, Service

MONDAY = dt.date(2026, 12, 7)  # a Monday in New York, far from any change of clocks
NOW = dt.datetime(2026, 12, 1, 15, tzinfo=dt.UTC)  # the Tuesday before


def service(practice: Any, *clinicians: Any, **columns: Any) -> Any:
    """A service of 50 minutes, bookable online, that these clinicians offer."""
    given = {"name": "Follow-up visit", "code": "97803", "fee": 130, "bookable_online": True}
    made = Service.objects.create(practice=practice, **{**given, **columns})
    for clinician in clinicians:
        Offer.objects.create(service=made, practitioner_id=clinician.practitioner_id)
    return made


def hours(
    clinician: Any,
    *,
    days: Any = range(5),
    starts: Any = "09:00",
    ends: Any = "17:00",
    location: Any = None,
) -> None:
    """Weekly hours on these weekdays, Monday to Friday at first."""
    for weekday in days:
        Hours.objects.create(
            practitioner_id=clinician.practitioner_id,
            weekday=weekday,
            starts=starts,
            ends=ends,
            location=location,
        )


def at(hour: Any, minute: Any = 0, *, day: Any = MONDAY) -> Any:
    """An instant by the clock of New York in winter."""
    return dt.datetime(day.year, day.month, day.day, hour, minute, tzinfo=dt.UTC) + dt.timedelta(
        hours=5
    )


def appointment(
    clinician: Any,
    kind: Any,
    location: Any,
    starts_at: Any,
    *,
    minutes: Any = 50,
    client: Any = None,
    **columns: Any,
) -> Any:
    """An appointment, taken as the product takes it."""
    ends_at = starts_at + dt.timedelta(minutes=minutes)
    row = Appointment(
        practice=clinician.practice,
        practitioner_id=clinician.practitioner_id,
        service=kind,
        location=location,
        starts_at=starts_at,
        ends_at=ends_at,
        busy_from=starts_at - dt.timedelta(minutes=kind.buffer_before),
        busy_until=ends_at + dt.timedelta(minutes=kind.buffer_after),
        capacity=kind.capacity,
        **columns,
    )
    with transaction.atomic():
        diaries.lock(clinician.practitioner_id)
        diaries.take(row)
        if client:
            Attendee.objects.create(appointment=row, client=client)
    return row
