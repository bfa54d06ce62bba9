"""Notes on My Details: licenses that expire soon."""

import datetime as dt
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from letterhead.details.letterhead import Clinician, License, is_renewed
from letterhead.practices.days import today_in
from letterhead.practices.models import Practice

REMINDED_DAYS = 60


class Note(NamedTuple):
    """A note, and the id of the field in General Details that fixes it."""

    text: str
    field: str


def notes_on(clinician: Clinician, *, practice: Practice) -> list[Note]:
    """Return the notes on a clinician's details, as of today in the practice's time zone."""
    today, words = today_in(practice), practice.place.license
    return [
        Note(text, f"id_licenses-{row}-expires")
        for row, license in enumerate(clinician.licenses)
        if (text := _expiry(license, today, str(words.label)))
        and not is_renewed(
            license,
            clinician.licenses,
            _first_day_without(license, today),
            is_regional=words.is_regional,
        )
    ]


def _first_day_without(license: License, today: dt.date) -> dt.date:
    after = license.expires + dt.timedelta(days=1) if license.expires else today
    return max(today, after)


def _expiry(license: License, today: dt.date, label: str) -> str:
    """Return when it expires, in the country's word for a license."""
    if license.expires is None or (days := (license.expires - today).days) > REMINDED_DAYS:
        return ""
    name = " ".join(filter(None, [label, license.state, license.number]))
    which = {"license": name, "days": days}
    if days < 0:
        return _("%(license)s has expired.") % which
    if days == 0:
        return _("%(license)s expires today.") % which
    return (
        ngettext(
            "%(license)s expires in %(days)d day.",
            "%(license)s expires in %(days)d days.",
            days,
        )
        % which
    )
