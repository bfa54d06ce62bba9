"""Reads worth a name, each within one practice."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from letterhead.accounts.models import User
from letterhead.practices.models import Invitation, Location, Membership, Payer, Practice


def active(through: str = "") -> Q:
    """Give the condition that access has not ended by now.

    `through` leads to the membership ("practitioner__membership__"); that there is one is for
    the caller to ask.
    """
    never, later = {f"{through}ends_at": None}, {f"{through}ends_at__gt": timezone.now()}
    return Q(**never) | Q(**later)


def memberships_of(user: User) -> list[Membership]:
    """Give the person's memberships that have not ended, with practice and user, oldest first."""
    rows = Membership.objects.filter(active(), user_id=user.pk).select_related("practice")
    memberships = list(rows.order_by("pk"))
    for membership in memberships:
        membership.user = user
    return memberships


def language_of(user: int) -> str:
    """Return the language a user reads in their oldest practice; "" without a practice."""
    rows = Membership.objects.filter(active(), user_id=user).select_related("practice")
    oldest = rows.order_by("pk").first()
    return oldest.preferences.language if oldest else ""


def membership_of(user: User, *, chosen: int | None = None) -> Membership | None:
    """Give the person's membership in the chosen practice, else their oldest; None without any."""
    return chosen_among(memberships_of(user), chosen)


def chosen_among(memberships: list[Membership], practice: int | None) -> Membership | None:
    """Give the membership in a practice, else the first there is."""
    here = (each for each in memberships if each.practice_id == practice)
    return next(here, memberships[0] if memberships else None)


def memberships_in(practice: Practice) -> QuerySet[Membership]:
    """Give a practice's memberships that have not ended, with their users."""
    return Membership.objects.filter(active(), practice=practice).select_related("practice", "user")


def ended_memberships_in(practice: Practice) -> QuerySet[Membership]:
    """Give a practice's memberships that have ended or have an end set, with their users."""
    rows = Membership.objects.filter(practice=practice, ends_at__isnull=False)
    return rows.select_related("practice", "user")


def left_memberships_in(practice: Practice) -> QuerySet[Membership]:
    """Give a practice's memberships that have ended by now, with their users."""
    return ended_memberships_in(practice).filter(ends_at__lte=timezone.now())


def open_invitations_in(practice: Practice) -> QuerySet[Invitation]:
    """Give the invitations that nobody accepted or revoked, expired ones too, newest first."""
    rows = Invitation.objects.filter(practice=practice, accepted_at=None, revoked_at=None)
    return rows.select_related("practice").order_by("-sent_at", "-pk")


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
    """Give the practices that a user belongs to: who left is no longer their concern."""
    rows = Membership.objects.filter(active(), user_id=user).order_by("practice")
    return list(rows.values_list("practice_id", flat=True))


def people_in(practice: Practice) -> list[tuple[int, str]]:
    """Give (user, login email) of everyone who belongs or belonged to a practice, by email."""
    people = Membership.objects.filter(practice=practice).order_by("user__email")
    return list(people.values_list("user_id", "user__email"))


def has_log_in(email: str) -> bool:
    """Say whether somebody logs in with this email; only who was mailed a link there is told."""
    return User.objects.filter(email__iexact=email).exists()
