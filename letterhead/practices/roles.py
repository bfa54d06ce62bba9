"""Who may do what. The one place where roles are looked at; everybody else asks by name."""

from typing import TYPE_CHECKING

from django.db.models import TextChoices

if TYPE_CHECKING:
    from letterhead.practices.models import Membership


class Role(TextChoices):
    """What a person is in a practice."""

    DIRECTOR = "director", "Director"
    SUPERVISOR = "supervisor", "Supervisor"
    CLINICAL = "clinical", "Clinical"
    ADMINISTRATIVE = "administrative", "Administrative"


class Act(TextChoices):
    """What one may be allowed to do, in words."""

    CHANGE_SETTINGS = "change account settings"
    SEE_ALL_CLIENTS = "see all clients"
    CHANGE_CLIENTS = "change clients they see"
    SEE_BILLS = "see visits and bills of clients they see"
    BILL = "add visits and issue bills"


_ALLOWED: dict[str, frozenset[Act]] = {
    Role.DIRECTOR: frozenset(Act),
    Role.SUPERVISOR: frozenset({Act.SEE_ALL_CLIENTS, Act.SEE_BILLS}),
    Role.CLINICAL: frozenset({Act.CHANGE_CLIENTS, Act.SEE_BILLS, Act.BILL}),
    Role.ADMINISTRATIVE: frozenset({Act.SEE_ALL_CLIENTS, Act.CHANGE_CLIENTS}),
}


def sees_clients(role: str) -> bool:
    """Say whether people in this role are shown to clients, unless their flag says otherwise."""
    return role != Role.ADMINISTRATIVE


def may(membership: "Membership", act: Act) -> bool:
    """Say whether this member may do that, by role and flags."""
    if act in _ALLOWED[membership.role]:
        return True
    if membership.role == Role.ADMINISTRATIVE:
        return (act in {Act.SEE_BILLS, Act.BILL} and membership.access_billing) or (
            act == Act.CHANGE_SETTINGS and membership.edit_account_settings
        )
    return False
