"""Queries, each within one practice."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from letterhead.accounts.models import User
from letterhead.countries.country import Country
from letterhead.practices.columns import NewNumber
from letterhead.practices.days import way_of_member
from letterhead.practices.models import (
    Invitation,
    Location,
    Membership,
    Payer,
    Practice,
    PracticeNumber,
)
from letterhead.practices.roles import Role
from letterhead.statements import CompiledOnce, Given
from letterhead.ui.dates import Way

Row = Mapping[str, Any]  # a saved number, with the names of `columns.NewNumber`
_LAST_CHOSEN = (F("last_chosen_at").desc(nulls_last=True), "pk")


def active(through: str = "", *, now: dt.datetime | Given | None = None) -> Q:
    """Return the condition that access has not ended by now.

    `through` leads to the membership ("practitioner__membership__"); the caller has to check that
    there is one.
    """
    later = {f"{through}ends_at__gt": now or timezone.now()}
    never = {f"{through}ends_at": None}
    return Q(**never) | Q(**later)


def memberships_of(user: User) -> list[Membership]:
    """Return a person's memberships that have not ended, with practice and user.

    The one last chosen comes first, then the oldest.
    """
    memberships = _memberships(user=user.pk, now=timezone.now())
    for membership in memberships:
        membership.user = user
    return memberships


@CompiledOnce
def _memberships(user: Given, now: Given) -> QuerySet[Membership]:
    rows = Membership.objects.filter(active(now=now), user_id=user)
    return rows.select_related("practice__registered_by").order_by(*_LAST_CHOSEN)


def language_of(user: int) -> str:
    """Return the language a user reads in the practice last chosen; "" without a practice."""
    last = _last_chosen(user)
    return last.preferences.language if last else ""


def way_of_user(user: int) -> Way | None:
    """Return how a user reads days and times there; None without a practice."""
    last = _last_chosen(user)
    return way_of_member(last) if last else None


def _last_chosen(user: int) -> Membership | None:
    rows = Membership.objects.filter(active(), user_id=user).select_related("practice")
    return rows.order_by(*_LAST_CHOSEN).first()


def membership_of(user: User, *, chosen: int | None = None) -> Membership | None:
    """Return the membership in the chosen practice, else in the last chosen; None without any."""
    return chosen_among(memberships_of(user), chosen)


def chosen_among(memberships: list[Membership], practice: int | None) -> Membership | None:
    """Return the membership in a practice, else the first one; None without any."""
    here = (each for each in memberships if each.practice_id == practice)
    return next(here, memberships[0] if memberships else None)


def memberships_in(practice: Practice) -> QuerySet[Membership]:
    """Return a practice's memberships that have not ended, with their users."""
    return Membership.objects.filter(active(), practice=practice).select_related("practice", "user")


def ended_memberships_in(practice: Practice) -> QuerySet[Membership]:
    """Return a practice's memberships that have ended or have an end set, with their users."""
    rows = Membership.objects.filter(practice=practice, ends_at__isnull=False)
    return rows.select_related("practice", "user")


def left_memberships_in(practice: Practice) -> QuerySet[Membership]:
    """Return a practice's memberships that have ended by now, with their users."""
    return ended_memberships_in(practice).filter(ends_at__lte=timezone.now())


def open_invitations_in(practice: Practice) -> QuerySet[Invitation]:
    """Return invitations not accepted or revoked, expired ones included, newest first.

    `stands` on each: whether who sent it is still a Director.
    """
    rows = Invitation.objects.filter(practice=practice, accepted_at=None, revoked_at=None)
    rows = rows.annotate(stands=sent_by_a_director()).select_related("practice", "invited_by")
    return rows.order_by("-sent_at", "-pk")


def sent_by_a_director() -> Exists:
    """Return the condition that who sent an invitation is a Director of its practice now."""
    directors = Membership.objects.filter(
        active(),
        practice=OuterRef("practice"),
        user=OuterRef("invited_by"),
        user__is_active=True,
        role=Role.DIRECTOR,
    )
    return Exists(directors)


def registered_names(user: int) -> list[str]:
    """Return the names of the practices that a user registered."""
    rows = Practice.objects.filter(registered_by=user).order_by("pk")
    return list(rows.values_list("name", flat=True))


def is_proven(through: str = "") -> Q:
    """Return the condition that whoever registered a practice proved their login email."""
    by = f"{through}registered_by"
    return Q(**{by: None}) | Q(**{f"{by}__proven_at__isnull": False})


def practice_with_slug(slug: str) -> Practice | None:
    """Return the practice with this public address, if any."""
    return Practice.objects.filter(slug=slug).first()


def practice_ever_at(slug: str) -> Practice | None:
    """Return the practice whose public address this is or once was, if any."""
    return Practice.objects.filter(slugs__slug=slug).first()


def locations_in(practice: Practice | Given, *, current: int | None = None) -> QuerySet[Location]:
    """Return the locations that a practice offers, oldest first, and the `current` one."""
    return all_locations_in(practice).filter(Q(ended_at=None) | Q(pk=current))


def all_locations_in(practice: Practice | Given) -> QuerySet[Location]:
    """Return a practice's locations, also those that it no longer offers, oldest first."""
    return Location.objects.filter(practice=practice).order_by("pk")


def location_names_in(practice: Practice, *, current: Collection[int]) -> dict[int, str]:
    """Return the names of the locations that a practice offers, and of `current` ones, by id."""
    rows = all_locations_in(practice).filter(Q(ended_at=None) | Q(pk__in=current))
    return dict(rows.values_list("pk", "name"))


def numbers_of(practice: Practice) -> list[dict[str, Any]]:
    """Return the practice's numbers in order, with the names of `columns.NewNumber`."""
    rows = PracticeNumber.objects.filter(practice=practice).order_by("position")
    return [dict(row) for row in rows.values(*NewNumber.__dataclass_fields__)]


def locations_of(practice: Practice) -> list[Location]:
    """Return the same, read by a statement that is compiled once."""
    return _locations(practice=practice.pk)


@CompiledOnce
def _locations(practice: Given) -> QuerySet[Location]:
    return locations_in(practice)


def payers_in(practice: Practice | Given) -> QuerySet[Payer]:
    """Return a practice's payers by name."""
    return Payer.objects.filter(practice=practice).order_by("folded", "pk")


def payers_of(practice: Practice) -> list[Payer]:
    """Return the same, read by a statement that is compiled once."""
    return _payers(practice=practice.pk)


@CompiledOnce
def _payers(practice: Given) -> QuerySet[Payer]:
    return payers_in(practice)


def payer_names_in(practice: Practice) -> dict[int, str]:
    """Return the names of a practice's payers under their ids, by name."""
    return {row.pk: row.name for row in _payer_names(practice=practice.pk)}


@CompiledOnce
def _payer_names(practice: Given) -> QuerySet[Payer]:
    return payers_in(practice).only("name")


def practices_of(user: int) -> list[int]:
    """Return the ids of the practices a user belongs to now, not of those they left."""
    rows = Membership.objects.filter(active(), user_id=user).order_by("practice")
    return list(rows.values_list("practice_id", flat=True))


def people_in(practice: Practice) -> list[tuple[int, str]]:
    """Return (user id, login email) of current and former members of a practice, by email."""
    people = Membership.objects.filter(practice=practice).order_by("user__email")
    return list(people.values_list("user_id", "user__email"))


def has_log_in(email: str) -> bool:
    """Whether this email is someone's login email. Show it only to people who got a link there."""
    return User.objects.filter(email__iexact=email).exists()


class ShownNumber(NamedTuple):
    """A number as pages show it, with whom and where it is for; "" for any."""

    label: str
    number: str
    payer: str
    location: str


def numbers_shown(rows: Iterable[Row], country: Country) -> list[ShownNumber]:
    """Return saved rows, which have `payer_name` and `location_name` too, for a page."""
    return [
        ShownNumber(
            label_of(row, country),
            written(row, country),
            row["payer_name"] or "",
            row["location_name"] or "",
        )
        for row in rows
    ]


def numbers_recorded(
    saved: Iterable[Row], new: Iterable[Row], country: Country
) -> list[list[dict[str, Any]]]:
    """Return what the activity says of a change: tax numbers by their last four only."""
    return [[_recorded(row, country) for row in rows] for rows in (saved, new)]


def _recorded(row: Row, country: Country) -> dict[str, Any]:
    kind, number = country.number_kind(row["kind"]), row["number"]
    return {
        **row,
        "number": country.masked(row["kind"], number) if kind and kind.is_tax else number,
    }


def label_of(row: Row, country: Country) -> str:
    """Return what a saved number is called."""
    return row["own_label"] or country.label_of_number(row["kind"])


def written(row: Row, country: Country) -> str:
    """Return a saved number the way its kind is written."""
    return country.written(row["kind"], row["number"])
