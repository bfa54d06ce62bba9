"""Telling people about an appointment: a job in the transaction of its cause.

Whoever makes, moves or cancels an appointment calls `tell` for each attendee. The worker writes the
emails (`mailing/mails.py`).
"""

from enum import StrEnum

from letterhead.outbox.actions import enqueue
from letterhead.scheduling.models import Attendee

JOB = "appointment mail"  # stored in waiting jobs


class What(StrEnum):
    """What happened to an appointment."""

    PROVE = "prove"
    REQUESTED = "requested"
    BOOKED = "booked"
    CHANGED = "changed"
    CANCELED = "canceled"


def tell(
    attendee: Attendee,
    what: What,
    *,
    by: int | None = None,
    client_too: bool = True,
    series: int | None = None,
) -> None:
    """Email the client, unless `client_too` is false, and the clinician, unless they did it.

    `by` is the id of the user who did it, None for the client. `series`: it happened to the
    appointments of this series together; their dates are in the email. Call it after
    `attendee.sequence` was raised, as it is for each change and cancellation: an email about a
    state that has changed again isn't sent, since the next one says how it is.
    """
    enqueue(
        JOB,
        key=f"{JOB} {attendee.pk} {what} {attendee.sequence}",
        practice=attendee.appointment.practice_id,
        attendee=attendee.pk,
        what=str(what),
        sequence=attendee.sequence,
        by=by,
        client_too=client_too,
        series=series,
    )
