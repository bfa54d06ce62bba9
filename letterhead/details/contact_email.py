"""The look-up of contact emails that notifications go by."""

from letterhead.details.models import Practitioner


def contact_email_of(membership: int) -> str:
    """Give a member's confirmed contact email; "" where there is no such member."""
    rows = Practitioner.objects.filter(membership_id=membership)
    return rows.values_list("contact_email", flat=True).first() or ""
