"""Recording what a person's log-in did, in every practice that the person belongs to.

Practices stand above this room: they register who belongs where.
"""

from collections.abc import Callable, Iterable
from typing import Any

from allauth.account.authentication import get_authentication_records
from django.db import transaction
from django.http import HttpRequest  # noqa: TID251 (what a signal brings along)

from letterhead.accounts.limits import know
from letterhead.accounts.mails import tell_of_device
from letterhead.accounts.models import User
from letterhead.activity.actions import record
from letterhead.activity.models import Kind

LookUp = Callable[[int], Iterable[int]]
_look_ups: list[LookUp] = []


def register_practices(look_up: LookUp) -> None:
    """Let `look_up(user_id)` give the practices of a user; from `AppConfig.ready` only."""
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
    """Record an act about a user's log-in in each of their practices; call it last, as `record`.

    `by` names who did it where that was not the user: someone at the command line, a stranger.
    Someone of no practice is recorded without one.
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
    """Record that somebody tried: to the practices of whoever has this login email, else to none.

    Both ways ask the same of the database, so that time doesn't tell which it was.
    """
    user = User.objects.filter(email__iexact=email).first()
    for practice in _practices_of(user.pk if user else 0):
        record(
            "failed to log in",
            practice=practice,
            person=user.pk if user else None,
            person_name=user.email if user else email[:254],
            kind=Kind.FAILURE,
        )


@transaction.atomic
def logged_in(request: HttpRequest, user: User, *, is_new_device: bool, **_: object) -> None:
    """Record a log-in (allauth's signal, sent once every step is done), and know its address.

    Its owner is told by mail of one from a browser in which they never logged in before.
    """
    know(request, account=user.email)
    records = get_authentication_records(request, user)
    ways = [_WAYS.get(each.get("type", each["method"]), each["method"]) for each in records]
    if is_new_device:
        ways.append("new device")
        tell_of_device(user, template="accounts/log_in/mail/new_device")
    record_for(user, "logged in", kind=Kind.LOG_IN, about=", ".join(dict.fromkeys(ways)))


def logged_out(user: User | None, **_: object) -> None:
    """Record a log-out (Django's signal)."""
    if user is not None:
        record_for(user, "logged out", kind=Kind.LOG_IN)


_WAYS = {
    "totp": "authenticator app",
    "webauthn": "passkey",
    "recovery_codes": "recovery code",
}


def _practices_of(user: int) -> list[int | None]:
    """Give them in one order everywhere: two transactions never wait for each other's chains."""
    return [*sorted(_look_ups[0](user))] or [None]
