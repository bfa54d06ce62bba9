"""Reminders of licenses that expire soon."""

import datetime as dt

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from letterhead.countries.country import License as Words
from letterhead.details.letterhead import is_renewed
from letterhead.details.models import License
from letterhead.notifications.actions import notify
from letterhead.notifications.events import LICENSE_EXPIRING
from letterhead.places.countries import state_letters
from letterhead.practices.days import today_in
from letterhead.practices.models import Membership
from letterhead.practices.queries import active
from letterhead.ui.dates import day, written
from letterhead.ui.languages import speaking

DAYS_BEFORE = (7, 30, 60)
_DAY = dt.timedelta(days=1)


def remind_of_licenses() -> None:
    """Notify members whose license expires within 60, 30 or 7 days, once for each of these.

    Days are in the practice's time zone. If a day was missed, the reminder comes late. A changed
    expiry date is reminded of again. A license that is already renewed by another isn't.
    """
    now = timezone.now()
    for row in _expiring_about(now):
        membership = row.practitioner.membership
        if membership is None or row.expires is None:
            continue
        others, regional = row.practitioner.licenses.all(), _words(membership).is_regional
        if not is_renewed(row, others, row.expires + _DAY, is_regional=regional):
            way = membership.preferences
            with speaking(way.language), written(way.date_style, way.time_style):
                _remind(row, membership, row.expires, today_in(membership.practice, now))


def _expiring_about(now: dt.datetime) -> QuerySet[License]:
    """Return licenses that may expire soon, with a day to spare for time zones."""
    first, last = now.date() - _DAY, now.date() + dt.timedelta(days=max(DAYS_BEFORE)) + _DAY
    rows = License.objects.filter(
        active("practitioner__membership__"),
        expires__range=(first, last),
        practitioner__membership__isnull=False,
        practitioner__user__is_active=True,
    )
    joined = ("practitioner__membership__practice", "practitioner__membership__user")
    return rows.select_related(*joined).prefetch_related("practitioner__licenses").order_by("pk")


def _remind(row: License, membership: Membership, expires: dt.date, today: dt.date) -> None:
    days = (expires - today).days
    reached = [before for before in DAYS_BEFORE if 0 <= days <= before]
    if not reached:
        return
    # Saving General Details replaces the rows, so the key is what they say, not their id; it must
    # name no other license, and survive a correction of how this one is spelled.
    which = f"{_letters(state_letters(row.state))}/{_letters(row.number)}"
    notify(
        membership=membership,
        event=LICENSE_EXPIRING,
        key=f"{which}/{expires}/{reached[0]}",
        text=_text(_license_name(row, membership), days, expires),
        url=reverse("my-details"),
    )


def _letters(text: str) -> str:
    """Return the letters and digits alone, whatever their case."""
    return "".join(filter(str.isalnum, text.casefold()))


def _text(license: str, days: int, expires: dt.date) -> str:
    parts = {"license": license, "days": days, "date": day(expires)}
    if days == 0:
        return _("Your %(license)s expires today, on %(date)s") % parts
    if days == 1:
        return _("Your %(license)s expires tomorrow, on %(date)s") % parts
    return _("Your %(license)s expires in %(days)d days, on %(date)s") % parts


def _words(membership: Membership) -> Words:
    return membership.practice.place.license


def _license_name(row: License, membership: Membership) -> str:
    """Return its kind and the country's word for it: RDN license (NY)."""
    name, word = row.type, str(_words(membership).label).lower()
    if word not in name.lower():
        parts = {"type": row.type, "license": word}
        name = _("%(type)s %(license)s") % parts if row.type else word
    return f"{name} ({row.state})" if row.state else name
