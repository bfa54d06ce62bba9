"""Who may do what. The one place where roles are looked at; everybody else asks by name."""

from typing import Protocol

from django.db.models import TextChoices


class Role(TextChoices):
    """What a person is in a practice."""

    DIRECTOR = "director", "Director"
    SUPERVISOR = "supervisor", "Supervisor"
    CLINICAL = "clinical", "Clinical"
    ADMINISTRATIVE = "administrative", "Administrative"


class Act(TextChoices):
    """What one may be allowed to do, in words."""

    CHANGE_SETTINGS = "change account settings"
    CHANGE_SECURITY = "change the security part of account settings"
    MANAGE_USERS = "invite users, change what they may, end their access"
    SEE_ACTIVITY = "see the record of what was done"
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
# What a flag adds to a role, and what it takes away. A Director may everything, whatever the flags.
_ADDED: dict[str, dict[Act, str]] = {
    Role.ADMINISTRATIVE: {
        Act.SEE_BILLS: "access_billing",
        Act.BILL: "access_billing",
        Act.CHANGE_SETTINGS: "edit_account_settings",
    },
}
_TAKEN: dict[Act, str] = {Act.SEE_ALL_CLIENTS: "only_assigned_clients"}


class Granted(Protocol):
    """Whoever has a role and its flags."""

    role: str


def sees_clients(role: str) -> bool:
    """Say whether people in this role are shown to clients, unless their flag says otherwise."""
    return role != Role.ADMINISTRATIVE


def may(membership: Granted, act: Act) -> bool:
    """Say whether this member may do that, by role and flags."""
    role = membership.role
    if role == Role.DIRECTOR:
        return True
    if act in _TAKEN and getattr(membership, _TAKEN[act]):
        return False
    added = _ADDED.get(role, {}).get(act)
    return act in _ALLOWED[role] or bool(added and getattr(membership, added))
