"""What My Details remind of by themselves: licenses that expire."""

import datetime as dt
from typing import NamedTuple

from letterhead.details.letterhead import Clinician, License
from letterhead.practices.days import today_in
from letterhead.practices.models import Practice

REMINDED_DAYS = 60


class Note(NamedTuple):
    """A note in words, and the id of the field of General Details that mends it."""

    text: str
    field: str


def notes_on(clinician: Clinician, *, practice: Practice) -> list[Note]:
    """Give the notes on a clinician's details; the practice says what day it is."""
    today = today_in(practice)
    return [
        Note(text, f"id_licenses-{row}-expires")
        for row, license in enumerate(clinician.licenses)
        if (text := _expiry(license, today))
    ]


def _expiry(license: License, today: dt.date) -> str:
    if license.expires is None or (days := (license.expires - today).days) > REMINDED_DAYS:
        return ""
    name = " ".join(filter(None, ["License", license.state, license.number]))
    if days < 0:
        return f"{name} has expired."
    return f"{name} expires today." if days == 0 else f"{name} expires in {days} days."
