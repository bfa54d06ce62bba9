"""Who has two-factor authentication, and which practices require it."""

from letterhead.accounts.queries import with_two_factor
from letterhead.practices.models import Membership, Practice
from letterhead.practices.queries import active


def without_two_factor(practice: Practice) -> list[str]:
    """Return the login emails of a practice's people without two-factor authentication, sorted."""
    rows = Membership.objects.filter(active(), practice=practice).select_related("user")
    emails = {membership.user_id: membership.user.email for membership in rows}
    has = with_two_factor(emails)
    return sorted(email for user, email in emails.items() if user not in has)


def practices_requiring(user: int) -> list[str]:
    """Return the names of a user's practices that require two-factor authentication."""
    rows = Membership.objects.filter(active(), user_id=user, practice__require_two_factor=True)
    return list(rows.order_by("pk").values_list("practice__name", flat=True))
