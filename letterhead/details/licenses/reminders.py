"""Telling people that a license of theirs is about to expire."""

import datetime as dt

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from letterhead.details.models import License
from letterhead.notifications.actions import notify
from letterhead.notifications.events import LICENSE_EXPIRING
from letterhead.practices.days import today_in
from letterhead.practices.models import Membership
from letterhead.practices.queries import active

DAYS_BEFORE = (7, 30, 60)
_DAY = dt.timedelta(days=1)


def remind_of_licenses() -> None:
    """Tell every member whose license is 60, 30 or 7 days from its end, once for each of these.

    Days are those of the practice's time zone. Where a day was missed the nearest of the three is
    told late rather than not at all. A changed expiry date is told anew.
    """
    now = timezone.now()
    for row in _expiring_about(now):
        membership = row.practitioner.membership
        if membership is not None and row.expires is not None:
            _remind(row, membership, row.expires, today_in(membership.practice, now))


def _expiring_about(now: dt.datetime) -> QuerySet[License]:
    """Give the licenses that may be near their end; somewhere it is yesterday or tomorrow."""
    first, last = now.date() - _DAY, now.date() + dt.timedelta(days=max(DAYS_BEFORE)) + _DAY
    rows = License.objects.filter(
        active("practitioner__membership__"),
        expires__range=(first, last),
        practitioner__membership__isnull=False,
        practitioner__user__is_active=True,
    )
    joined = ("practitioner__membership__practice", "practitioner__membership__user")
    return rows.select_related(*joined).order_by("pk")


def _remind(row: License, membership: Membership, expires: dt.date, today: dt.date) -> None:
    days = (expires - today).days
    reached = [before for before in DAYS_BEFORE if 0 <= days <= before]
    if not reached:
        return
    # Saving General Details writes license rows anew: what they say names them, not their key.
    when = {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")
    notify(
        membership=membership,
        event=LICENSE_EXPIRING,
        key=f"{row.type}/{row.state}/{row.number}/{expires}/{reached[0]}",
        text=f"Your {_named(row)} expires {when}, on {expires:%B} {expires.day}, {expires.year}",
        url=reverse("my-details"),
    )


def _named(row: License) -> str:
    kind = row.type if "license" in row.type.lower() else f"{row.type} license"
    return f"{kind.strip()} ({row.state})" if row.state else kind.strip()
