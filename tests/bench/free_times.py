"""Free times: of a clinician's month as their appointments grow, and of a day of 50 clinicians."""

import datetime as dt
import time
from collections.abc import Callable
from typing import Any

from django.db import connection

from letterhead.accounts.models import User
from letterhead.cli.demo import SLUG
from letterhead.details.joining.actions import join_practice
from letterhead.details.models import Practitioner
from letterhead.practices.models import Location, Practice
from letterhead.practices.roles import Role
from letterhead.scheduling.models import Appointment, Attendee, Hours, Offer, Service
from letterhead.scheduling.timetables import timetable_of
from tests.bench.production import tell

SIZES, CLINICIANS, IN_THE_MONTH = (10, 1_000, 10_000), 50, 10
ROUNDS, TIMES = 7, 30
FIRST = dt.date(2031, 3, 1)  # beyond whatever the demo has
NOW = dt.datetime(2031, 2, 20, 12, tzinfo=dt.UTC)


def measure_free_times() -> None:
    """Measure on the demo practice, with rows added."""
    practice = Practice.objects.get(slug=SLUG)
    office = Location.objects.filter(practice=practice, place_of_service="11")[0]
    visit = Service.objects.create(practice=practice, name="Measured visit", duration=50)
    dana = Practitioner.objects.filter(practice=practice).order_by("pk")[0]
    offer = _offered(visit, dana.pk)
    month = _months(practice, offer, office)
    day = _day(practice, visit, office)
    tell("free times", {"database": connection.vendor, **month, **day})


def _months(practice: Practice, offer: Offer, office: Location) -> dict[str, Any]:
    """Measure a month with ten appointments in it, whatever else the clinician has."""
    last = FIRST + dt.timedelta(days=30)

    def month() -> Any:
        table = timetable_of(practice, [offer.practitioner_id], first=FIRST, last=last)
        return table.free(offer, office, now=NOW)

    took, made = {}, 0
    for size in SIZES:
        _book(offer, office, since=made, until=size)
        made = size
        took[size] = _ms(month)
    return {
        "month_ms": {str(size): round(ms, 3) for size, ms in took.items()},
        "of_10000_to_1000": round(took[10_000] / took[1_000], 3),
        "starts": sum(map(len, month().values())),
    }


def _day(practice: Practice, visit: Service, office: Location) -> dict[str, Any]:
    """Measure one day of all clinicians, each with hours, an appointment and this service."""
    offers = [_offered(visit, _clinician(practice, number)) for number in range(CLINICIANS)]
    for offer in offers:
        _book(offer, office, since=0, until=2)
    ids = [offer.practitioner_id for offer in offers]

    def day() -> Any:
        table = timetable_of(practice, ids, first=FIRST, last=FIRST)
        return [table.free(offer, office, now=NOW) for offer in offers]

    return {"day_of_50_ms": round(_ms(day), 2), "with_times": sum(map(bool, day()))}


def _ms(what: Callable[[], Any]) -> float:
    """Return the least CPU time of one run, in milliseconds."""
    least = float("inf")
    for _ in range(ROUNDS):
        began = time.process_time()
        for _ in range(TIMES):
            what()
        least = min(least, (time.process_time() - began) / TIMES)
    return least * 1000


def _offered(visit: Service, practitioner: int) -> Offer:
    Hours.objects.bulk_create(
        Hours(practitioner_id=practitioner, weekday=day, starts="09:00", ends="17:00")
        for day in range(7)
    )
    offer = Offer.objects.create(service=visit, practitioner_id=practitioner)
    return Offer.objects.select_related("service").get(pk=offer.pk)


def _clinician(practice: Practice, number: int) -> int:
    user = User(email=f"measured{number}@riverside.example")
    user.set_unusable_password()
    user.save()
    last_name = f"Clinician {number}"
    return join_practice(
        user, practice, role=Role.CLINICAL, title="", first_name="Measured", last_name=last_name
    ).pk


def _book(offer: Offer, office: Location, *, since: int, until: int) -> None:
    """Add appointments: the first ten in the month, the others in the years before it."""
    rows = []
    for number in range(since, until):
        days = number * 3 if number < IN_THE_MONTH else -(1 + number // 4)
        hour = dt.timedelta(hours=14 + 2 * (number % 4))
        begins = dt.datetime.combine(FIRST, dt.time(), dt.UTC) + dt.timedelta(days=days) + hour
        ends = begins + dt.timedelta(minutes=50)
        rows.append(
            Appointment(
                practice_id=office.practice_id,
                practitioner_id=offer.practitioner_id,
                service_id=offer.service_id,
                location=office,
                starts_at=begins,
                ends_at=ends,
                busy_from=begins,
                busy_until=ends,
            )
        )
    made = Appointment.objects.bulk_create(rows, batch_size=1_000)
    Attendee.objects.bulk_create(
        (Attendee(appointment=row, last_name="Measured") for row in made), batch_size=1_000
    )
