"""A service, and appointments made with it."""

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from letterhead.clients.models import Client
from letterhead.scheduling.models import Appointment, Attendee, Offer, Service
from tests.factories import Person

NOV_9 = dt.datetime(2026, 11, 9, 15, tzinfo=dt.UTC)  # ten o'clock in New York


def service_of(cast: SimpleNamespace, *people: Person, **more: Any) -> Service:
    """A service of Riverside's, offered by these people."""
    facts = {"name": "Follow-up", "code": "97803", "modifiers": "95", "fee": Decimal(90), **more}
    service = Service.objects.create(practice=cast.practice, **facts)
    for person in people:
        Offer.objects.create(service=service, practitioner_id=person.practitioner_id)
    return service


def appointment_of(
    cast: SimpleNamespace,
    person: Person,
    *clients: Client | None,
    starts_at: dt.datetime = NOV_9,
    minutes: int = 50,
    state: str = Attendee.State.BOOKED,
    **more: Any,
) -> Appointment:
    """An appointment with clients; None is someone who booked and isn't matched to a client."""
    ends_at = starts_at + dt.timedelta(minutes=minutes)
    facts = {"busy_from": starts_at, "busy_until": ends_at, "location": cast.office, **more}
    if "service" not in facts:
        facts["service"] = Service.objects.filter(name="Follow-up").first() or service_of(cast)
    made = Appointment.objects.create(
        practice=cast.practice,
        practitioner_id=person.practitioner_id,
        starts_at=starts_at,
        ends_at=ends_at,
        **facts,
    )
    for client in clients:
        names = {} if client else {"first_name": "Una", "last_name": "Known"}
        Attendee.objects.create(appointment=made, client=client, state=state, **names)
    return made


def attended(cast: SimpleNamespace, person: Person, client: Client | None, **more: Any) -> Attendee:
    """Someone who came to an appointment."""
    made = appointment_of(cast, person, client, state=Attendee.State.ATTENDED, **more)
    return made.attendees.get()
