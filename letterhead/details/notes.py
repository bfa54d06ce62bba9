"""What My Details points out: what will hurt later, with the way to mend it."""

import datetime as dt

from letterhead.details.claim_name import cannot_print
from letterhead.details.letterhead import Clinician, License
from letterhead.details.printed import MOST_SIGNED, signature
from letterhead.practices.days import today_in
from letterhead.practices.models import Practice

REMINDED_DAYS = 60


def notes_on(clinician: Clinician, *, practice: Practice) -> list[str]:
    """Give the notes on a clinician's details, in words; the practice says what day it is."""
    today = today_in(practice)
    signed = signature(clinician)
    notes = []
    if not clinician.npi:
        notes.append("Without an individual NPI no CMS-1500 can be issued.")
    if len(signed) > MOST_SIGNED:
        notes.append(
            f"CMS-1500 item 31 holds {MOST_SIGNED} characters and “{signed}” has {len(signed)}. "
            "Choose a short form."
        )
    if bad := cannot_print(signed):
        notes.append(f"CMS-1500 item 31 can't print “{bad}”. Choose a short form.")
    return notes + [note for row in clinician.licenses if (note := _expiry(row, today))]


def _expiry(license: License, today: dt.date) -> str:
    if license.expires is None or (days := (license.expires - today).days) > REMINDED_DAYS:
        return ""
    name = " ".join(filter(None, ["License", license.state, license.number]))
    if days < 0:
        return f"{name} has expired."
    return f"{name} expires today." if days == 0 else f"{name} expires in {days} days."
