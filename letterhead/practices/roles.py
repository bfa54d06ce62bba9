"""Who can do what. Only this module looks at roles; everything else asks `may`."""

from enum import StrEnum
from typing import Protocol

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """The role of a person in a practice."""

    DIRECTOR = "director", _("Director")
    SUPERVISOR = "supervisor", _("Supervisor")
    CLINICAL = "clinical", _("Clinical")
    ADMINISTRATIVE = "administrative", _("Administrative")


class Act(StrEnum):
    """Something that not every role can do."""

    CHANGE_SETTINGS = "change account settings"
    CHANGE_SECURITY = "change the security settings of the practice"
    CHANGE_PUBLIC_ADDRESSES = "change the addresses of public pages"
    MANAGE_USERS = "invite users, change what they can do, end their access"
    SEE_ACTIVITY = "see the activity of the practice"
    SEE_ALL_CLIENTS = "see all clients"
    CHANGE_CLIENTS = "change clients they can see"
    SEE_BILLS = "see visits and bills of clients they can see"
    BILL = "add visits and issue bills"
    SEE_ALL_CALENDARS = "see everyone's appointments"
    CHANGE_ALL_CALENDARS = "make, move and cancel everyone's appointments"
    CHANGE_OWN_CALENDAR = "make, move and cancel their own appointments"
    CHANGE_ALL_AVAILABILITY = "change everyone's hours and time off, and the practice's holidays"
    CHANGE_OWN_AVAILABILITY = "change their own hours and time off"


_ALLOWED: dict[str, frozenset[Act]] = {
    Role.DIRECTOR: frozenset(Act),
    Role.SUPERVISOR: frozenset(
        {Act.SEE_ALL_CLIENTS, Act.SEE_BILLS, Act.SEE_ALL_CALENDARS, Act.CHANGE_OWN_CALENDAR}
    ),
    Role.CLINICAL: frozenset(
        {Act.CHANGE_CLIENTS, Act.SEE_BILLS, Act.BILL, Act.CHANGE_OWN_CALENDAR}
    ),
    Role.ADMINISTRATIVE: frozenset(
        {
            Act.SEE_ALL_CLIENTS,
            Act.CHANGE_CLIENTS,
            Act.SEE_ALL_CALENDARS,
            Act.CHANGE_ALL_CALENDARS,
        }
    ),
}
# What a flag adds to a role or takes away. A Director can do everything, whatever the flags.
_ADDED: dict[str, dict[Act, str]] = {
    Role.ADMINISTRATIVE: {
        Act.SEE_BILLS: "access_billing",
        Act.BILL: "access_billing",
        Act.CHANGE_SETTINGS: "edit_account_settings",
    },
    Role.SUPERVISOR: {Act.CHANGE_OWN_AVAILABILITY: "edit_own_availability"},
    Role.CLINICAL: {Act.CHANGE_OWN_AVAILABILITY: "edit_own_availability"},
}
_TAKEN: dict[Act, str] = {Act.SEE_ALL_CLIENTS: "only_assigned_clients"}


CLINICIANS = tuple(role for role in Role if role != Role.ADMINISTRATIVE)


class Granted(Protocol):
    """Anything with a role and its flags: a membership or an invitation."""

    role: str
    show_on_calendar: bool


def sees_clients(role: str) -> bool:
    """Whether people in this role are clinicians, with a public card if they want one."""
    return role in CLINICIANS


def fitting(role: str, flags: dict[str, bool]) -> dict[str, bool]:
    """Return flags as the role allows them: who sees no clients is on no calendar."""
    return flags if sees_clients(role) else {**flags, "show_on_calendar": False}


def is_rendering(membership: Granted) -> bool:
    """Whether claims go out in this member's name: a clinician who takes clients."""
    return sees_clients(membership.role) and membership.show_on_calendar


def makes_appointments(membership: Granted) -> bool:
    """Whether this member makes appointments: everyone's, or in a calendar of their own."""
    own = may(membership, Act.CHANGE_OWN_CALENDAR) and is_rendering(membership)
    return may(membership, Act.CHANGE_ALL_CALENDARS) or own


def is_billing(membership: Granted) -> bool:
    """Whether claims are this member's business: in their name, issued or set up by them."""
    return (
        is_rendering(membership)
        or may(membership, Act.BILL)
        or may(membership, Act.CHANGE_SETTINGS)
    )


def may(membership: Granted, act: Act) -> bool:
    """Whether role and flags allow this member that act."""
    role = membership.role
    if role == Role.DIRECTOR:
        return True
    if act in _TAKEN and getattr(membership, _TAKEN[act]):
        return False
    added = _ADDED.get(role, {}).get(act)
    return act in _ALLOWED[role] or bool(added and getattr(membership, added))
