"""What anyone can find out about a person, so that no password may contain it."""

from letterhead.details.models import Practitioner


def names_of_user(user: int) -> list[str]:
    """Return the names and contact emails of a person, and the names of their practices."""
    rows = Practitioner.objects.filter(user_id=user).values_list(
        "first_name", "middle_name", "last_name", "contact_email", "practice__name"
    )
    return [name for row in rows for name in row if name]
