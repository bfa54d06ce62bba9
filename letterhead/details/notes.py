"""What My Details remind of by themselves: licenses that expire."""

import datetime as dt

from letterhead.details.letterhead import Clinician, License
from letterhead.practices.days import today_in
from letterhead.practices.models import Practice

REMINDED_DAYS = 60


def notes_on(clinician: Clinician, *, practice: Practice) -> list[str]:
    """Give the notes on a clinician's details, in words; the practice says what day it is."""
    today = today_in(practice)
    return [note for license in clinician.licenses if (note := _expiry(license, today))]


def _expiry(license: License, today: dt.date) -> str:
    if license.expires is None or (days := (license.expires - today).days) > REMINDED_DAYS:
        return ""
    name = " ".join(filter(None, ["License", license.state, license.number]))
    if days < 0:
        return f"{name} has expired."
    return f"{name} expires today." if days == 0 else f"{name} expires in {days} days."
