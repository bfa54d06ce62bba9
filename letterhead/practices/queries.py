"""Reads worth a name, each within one practice."""

from django.db.models import QuerySet

from letterhead.accounts.models import User
from letterhead.practices.models import Location, Membership, Payer, Practice


def membership_of(user: User) -> Membership | None:
    """Give the person's membership with its practice and user; the oldest where there are more."""
    rows = Membership.objects.filter(user_id=user.pk).select_related("practice").order_by("pk")
    membership = rows.first()
    if membership is not None:
        membership.user = user
    return membership


def practice_with_slug(slug: str) -> Practice | None:
    """Give the practice whose public address this is."""
    return Practice.objects.filter(slug=slug).first()


def locations_in(practice: Practice) -> QuerySet[Location]:
    """Give a practice's locations, the first one made first."""
    return Location.objects.filter(practice=practice).order_by("pk")


def payers_in(practice: Practice) -> QuerySet[Payer]:
    """Give a practice's payers by name."""
    return Payer.objects.filter(practice=practice).order_by("name", "pk")


def practices_of(user: int) -> list[int]:
    """Give the practices that a user belongs to or belonged to."""
    return list(Membership.objects.filter(user_id=user).values_list("practice_id", flat=True))


def people_in(practice: Practice) -> list[tuple[int, str]]:
    """Give (user, login email) of everyone who belongs or belonged to a practice, by email."""
    people = Membership.objects.filter(practice=practice).order_by("user__email")
    return list(people.values_list("user_id", "user__email"))
