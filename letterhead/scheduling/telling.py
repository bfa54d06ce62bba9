"""Telling the people who come: one job in the outbox for each thing that happened to them."""

from collections.abc import Iterable
from typing import Literal

from letterhead.outbox.actions import enqueue
from letterhead.scheduling.models import Attendee

What = Literal["made", "moved", "canceled", "confirmed", "declined"]
JOB = "appointment mail"


def tell(people: Iterable[Attendee], what: What, *, series: int | None = None) -> None:
    """Queue an email to each of these people, in the transaction of what happened.

    `series`: it happened to this whole series, and the one appointment stands for all of it. The
    handler of the job knows what a client has to read, and whether they have an address.
    """
    for person in people:
        enqueue(
            JOB,
            key=f"{JOB} {person.pk} {what} {person.sequence}",
            practice=person.appointment.practice_id,
            attendee=person.pk,
            what=what,
            series=series,
        )
