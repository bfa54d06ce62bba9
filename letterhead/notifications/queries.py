"""What a member chose, and what they were told."""

from django.db.models import QuerySet

from letterhead.notifications.events import EVENTS
from letterhead.notifications.models import Frequency, HowOften, Notice
from letterhead.practices.models import Membership


class Chosen(dict[str, HowOften]):
    """How often, by event, all events included; with the version these were read at."""

    version: int = 0


def chosen_by(membership: Membership) -> Chosen:
    """Give how often a member hears of each event."""
    chosen = Chosen({event.name: event.default for event in EVENTS.values()})
    for row in Frequency.objects.filter(membership=membership):
        chosen.version = max(chosen.version, row.version)
        if row.event in EVENTS:
            chosen[row.event] = HowOften(row.how_often)
    return chosen


def mailed_to(membership: Membership) -> QuerySet[Notice]:
    """Give what a member was mailed, the newest first."""
    rows = Notice.objects.filter(membership=membership, mailed_at__isnull=False)
    return rows.order_by("-created_at", "-pk")


def membership_with(pk: int) -> Membership | None:
    """Give a membership with its practice and user; None once it has ended."""
    return Membership.objects.select_related("practice", "user").filter(pk=pk).first()
