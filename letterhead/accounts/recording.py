"""Recording what happened to a person's login, in each of their practices.

Practices are in a higher room, which registers who belongs where.
"""

from collections.abc import Callable, Iterable
from typing import Any

from allauth.account.authentication import get_authentication_records
from django.db import transaction
from django.http import HttpRequest  # noqa: TID251 (what a signal brings along)
from django.utils.translation import gettext_noop

from letterhead.accounts.limits import remember_address
from letterhead.accounts.mails import email_about_device
from letterhead.accounts.models import User
from letterhead.activity.actions import record
from letterhead.activity.models import Kind

LookUp = Callable[[int], Iterable[int]]
_look_ups: list[LookUp] = []


def register_practices(look_up: LookUp) -> None:
    """Have `look_up(user_id)` return the practices of a user; in `AppConfig.ready` only."""
    _look_ups[:] = [look_up]


@transaction.atomic
def record_for(
    user: User,
    act: str,
    *,
    kind: Kind = Kind.CHANGE,
    by: str = "",
    about: str = "",
    changes: dict[str, Any] | None = None,
) -> None:
    """Record an act on a user's login in each of their practices; call it last, like `record`.

    `act`: see `record`. `by` names who did it if it wasn't the user, such as an operator. For a
    user without a practice, the row belongs to none.
    """
    for practice in _practices_of(user.pk):
        record(
            act,
            practice=practice,
            person=None if by else user.pk,
            person_name=by or user.email,
            about=about,
            changes=changes,
            kind=kind,
        )


@transaction.atomic
def failed_log_in(email: str) -> None:
    """Record a failed try for the practices of the user with this login email, or for none.

    Both cases ask the database for the same, so that the time it takes doesn't reveal which it was.
    """
    user = User.objects.filter(email__iexact=email).first()
    for practice in _practices_of(user.pk if user else 0):
        record(
            gettext_noop("failed to log in"),
            practice=practice,
            person=user.pk if user else None,
            person_name=user.email if user else email[:254],
            kind=Kind.FAILURE,
        )


@transaction.atomic
def logged_in(request: HttpRequest, user: User, *, is_new_device: bool, **_: object) -> None:
    """Record a login (allauth's signal, sent after the last step), and remember its address.

    The user gets an email about a login from a browser they never logged in with before.
    """
    remember_address(request, account=user.email)
    records = get_authentication_records(request, user)
    ways = [_WAYS.get(each.get("type", each["method"]), each["method"]) for each in records]
    if is_new_device:
        ways.append(NEW_DEVICE)
        email_about_device(user, template="accounts/log_in/mail/new_device")
    record_for(
        user, gettext_noop("logged in"), kind=Kind.LOG_IN, about=", ".join(dict.fromkeys(ways))
    )


def logged_out(user: User | None, **_: object) -> None:
    """Record a logout (Django's signal)."""
    if user is not None:
        record_for(user, gettext_noop("logged out"), kind=Kind.LOG_IN)


_WAYS = {
    "password": gettext_noop("password"),
    "totp": gettext_noop("authenticator app"),
    "webauthn": gettext_noop("passkey"),
    "recovery_codes": gettext_noop("recovery code"),
    "trusted device": gettext_noop("trusted device"),
}
NEW_DEVICE = gettext_noop("new device")


def _practices_of(user: int) -> list[int | None]:
    """Return them in one order everywhere, so that two transactions never deadlock on chains."""
    return [*sorted(_look_ups[0](user))] or [None]
