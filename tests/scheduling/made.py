"""People who came to appointments."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

from letterhead.clients.models import Client
from letterhead.scheduling.models import Attendee, Service
from tests.factories import Person
from tests.scheduling.making import appointment, service

NOV_9 = dt.datetime(2026, 11, 9, 15, tzinfo=dt.UTC)  # ten o'clock in New York


def coming(
    cast: SimpleNamespace,
    person: Person,
    client: Client | None,
    *,
    kind: Service | None = None,
    starts_at: dt.datetime = NOV_9,
    **more: Any,
) -> Attendee:
    """Someone who comes to an appointment; None is somebody who isn't matched to a client."""
    kind = kind or Service.objects.filter(practice=cast.practice).first()
    kind = kind or service(cast.practice, person, modifiers="95")
    location = more.pop("location", cast.office)
    made = appointment(person, kind, location, starts_at, **more)
    names = {} if client else {"first_name": "Una", "last_name": "Known"}
    return Attendee.objects.create(appointment=made, client=client, **names)


def attended(cast: SimpleNamespace, person: Person, client: Client | None, **more: Any) -> Attendee:
    """Someone who came to an appointment."""
    came = coming(cast, person, client, **more)
    Attendee.objects.filter(pk=came.pk).update(state=Attendee.State.ATTENDED)
    came.refresh_from_db()
    return came
