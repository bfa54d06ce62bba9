"""Look-ups of contact emails for notifications, and for emails about a login."""

from letterhead.details.models import Practitioner
from letterhead.practices.queries import active


def contact_email_of(membership: int) -> str:
    """Return a member's confirmed contact email; "" for an unknown member."""
    rows = Practitioner.objects.filter(membership_id=membership)
    return rows.values_list("contact_email", flat=True).first() or ""


def contact_emails_of_user(user: int) -> list[str]:
    """Return a person's contact emails in use, in all practices they are a member of."""
    mine = Practitioner.objects.filter(active("membership__"), user_id=user)
    rows = mine.exclude(membership=None)
    return list(rows.order_by("pk").values_list("contact_email", flat=True))
