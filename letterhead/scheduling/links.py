"""The links in emails about appointments: each names one attendee, for one purpose."""

from enum import StrEnum
from uuid import UUID

from django.core import signing
from django.urls import reverse

from letterhead.scheduling.models import Attendee


class InvalidLink(Exception):
    """The link isn't ours, or it is for something else."""


class To(StrEnum):
    """What a link is for; the words are those of addresses."""

    SEE = "booked"
    PROVE = "prove"
    RESCHEDULE = "reschedule"
    CANCEL = "cancel"


def link_to(purpose: To, attendee: Attendee) -> str:
    """Return the path of a page about someone's appointment."""
    token = signing.dumps(attendee.key.hex, salt=_salt(purpose))
    practice = attendee.appointment.practice.slug
    return reverse(f"book-{purpose}", args=[practice, token])


def key_in(token: str, purpose: To) -> UUID:
    """Return whose appointment a link names. Raises InvalidLink."""
    try:
        return UUID(signing.loads(token, salt=_salt(purpose)))
    except (signing.BadSignature, ValueError) as wrong:
        raise InvalidLink from wrong


def _salt(purpose: To) -> str:
    return f"appointment, to {purpose}"
