"""What a member chose, and what was emailed to them."""

from django.db.models import QuerySet

from letterhead.notifications.events import EVENTS
from letterhead.notifications.models import Frequency, HowOften, Notice
from letterhead.practices.models import Membership


class Chosen(dict[str, HowOften]):
    """How often, for every event, with the version of these choices."""

    version: int = 0


def chosen_by(membership: Membership) -> Chosen:
    """Return how often a member is notified about each event."""
    chosen = Chosen({event.name: event.default for event in EVENTS.values()})
    for row in Frequency.objects.filter(membership=membership):
        chosen.version = max(chosen.version, row.version)
        if row.event in EVENTS:
            chosen[row.event] = HowOften(row.how_often)
    return chosen


def mailed_to(membership: Membership) -> QuerySet[Notice]:
    """Return what was emailed to a member, newest first."""
    rows = Notice.objects.filter(membership=membership, mailed_at__isnull=False)
    return rows.order_by("-created_at", "-pk")


def membership_with(pk: int) -> Membership | None:
    """Return a membership with its practice and user; None if it no longer exists."""
    return Membership.objects.select_related("practice", "user").filter(pk=pk).first()
