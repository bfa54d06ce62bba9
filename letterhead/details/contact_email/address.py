"""The look-ups of contact emails that notifications, and mails about a log-in, go by."""

from letterhead.details.models import Practitioner
from letterhead.practices.queries import active


def contact_email_of(membership: int) -> str:
    """Give a member's confirmed contact email; "" where there is no such member."""
    rows = Practitioner.objects.filter(membership_id=membership)
    return rows.values_list("contact_email", flat=True).first() or ""


def contact_emails_of_user(user: int) -> list[str]:
    """Give the contact emails in use of all the practices a person is a member of."""
    mine = Practitioner.objects.filter(active("membership__"), user_id=user)
    rows = mine.exclude(membership=None)
    return list(rows.order_by("pk").values_list("contact_email", flat=True))
