"""The links in emails about appointments: each names one attendee, for one purpose."""

from enum import StrEnum
from uuid import UUID

from django.core import signing
from django.urls import reverse

from letterhead.scheduling.models import Attendee, Waiting


class InvalidLink(Exception):
    """The link isn't ours, or it is for something else."""


class To(StrEnum):
    """What a link is for; the words are those of addresses."""

    SEE = "booked"
    PROVE = "prove"
    RESCHEDULE = "reschedule"
    CANCEL = "cancel"
    WAIT = "waiting-list"


def link_to(purpose: To, attendee: Attendee) -> str:
    """Return the path of a page about someone's appointment."""
    return _path(purpose, attendee.key, attendee.appointment.practice.slug)


def link_to_place(waiting: Waiting) -> str:
    """Return the path of the page about someone's place on the waiting list."""
    return _path(To.WAIT, waiting.key, waiting.practice.slug)


def key_in(token: str, purpose: To) -> UUID:
    """Return whose appointment a link names. Raises InvalidLink."""
    try:
        return UUID(signing.loads(token, salt=_salt(purpose)))
    except (signing.BadSignature, ValueError) as wrong:
        raise InvalidLink from wrong


def _path(purpose: To, key: UUID, practice: str) -> str:
    token = signing.dumps(key.hex, salt=_salt(purpose))
    return reverse(f"book-{purpose}", args=[practice, token])


def _salt(purpose: To) -> str:
    return f"appointment, to {purpose}"
