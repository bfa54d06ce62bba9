"""Where a person is logged in, logging out there, and when a session ends by itself.

The server decides, by the session's row, never by what a script sends. How long a session can be
idle is set by the practice, in a higher room, which registers a look-up.
"""

import datetime as dt
import math
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import HttpRequest  # noqa: TID251 (the session hangs on it)
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_noop

from letterhead.accounts.models import Session, User
from letterhead.accounts.recording import record_for
from letterhead.activity.models import Kind
from letterhead.activity.origin import UNKNOWN_DEVICE, agent_for_people, present_origin

LOG_IN = "log-in"  # in the session's data: when and where the login was, and its public id
IDLE_LIMIT = dt.timedelta(minutes=15)  # without a practice
RESOLUTION = dt.timedelta(minutes=1)  # at most one write a minute while a session is used

LookUp = Callable[[Any], dt.timedelta | None]
_look_ups: list[LookUp] = []


@dataclass(frozen=True)
class LoggedIn:
    """One place where a person is logged in, as the page shows it."""

    public_id: uuid.UUID
    device: str
    address: str
    began_at: dt.datetime
    last_used_at: dt.datetime
    is_this_one: bool


def register_idle_limit(look_up: LookUp) -> None:
    """Have `look_up(request)` return how long a session can be idle; in `AppConfig.ready` only."""
    _look_ups[:] = [look_up]


def begin(request: HttpRequest, **_: object) -> None:
    """Store when and where a login was; Django's signal, sent by every way to log in."""
    origin = present_origin()
    now = timezone.now()
    request.session[LOG_IN] = {
        "id": str(uuid.uuid4()),
        "at": now.timestamp(),
        "device": origin.agent or UNKNOWN_DEVICE,
        "address": origin.address,
    }
    request.session.set_expiry(None)  # a passkey that was asked for made it shorter
    request.session.last_used_at = now  # type: ignore[attr-defined]
    Session.objects.filter(expire_date__lt=now).delete()


def renew_key(request: HttpRequest) -> None:
    """Give the browser a new session cookie: for when it can do more, or other things."""
    request.session.cycle_key()


def idle_limit(request: HttpRequest) -> dt.timedelta:
    """Return how long the session of this request can be idle."""
    return next((limit for ask in _look_ups if (limit := ask(request))), IDLE_LIMIT)


def seconds_left(request: HttpRequest) -> int:
    """Return the seconds until the session ends without activity; 0 if it has ended."""
    used_at = request.session.last_used_at  # type: ignore[attr-defined]  # our store's
    left = idle_limit(request) - (timezone.now() - used_at)
    return max(0, math.ceil(left.total_seconds()))


def use(request: HttpRequest, *, at_once: bool = False) -> None:
    """Store that a person was active: at most once a minute, unless `at_once`."""
    session, now = request.session, timezone.now()
    if at_once or now - session.last_used_at >= RESOLUTION:  # type: ignore[attr-defined]
        session.last_used_at = now  # type: ignore[attr-defined]
        Session.objects.filter(session_key=session.session_key).update(last_used_at=now)


def end_idle(request: HttpRequest) -> None:
    """Log this browser out after no activity, and record that."""
    user: User = request.user  # type: ignore[assignment]  # only who is logged in gets here
    request.session.flush()
    request.user = AnonymousUser()
    record_for(user, gettext_noop("was logged out after inactivity"), kind=Kind.LOG_IN)


def logged_in_at(user: User, *, now_at: str | None = None) -> list[LoggedIn]:
    """Return where a user is logged in, this session first, then the last used first.

    Sessions from before a password change and ended ones are left out. `now_at` is the key of the
    present session.
    """
    rows = Session.objects.filter(user_id=user.pk, expire_date__gt=timezone.now())
    found = [
        LoggedIn(
            row.public_id,
            agent_for_people(row.device),
            row.address,
            row.began_at,
            row.last_used_at,
            is_this_one=row.session_key == now_at,
        )
        for row in rows.order_by("-last_used_at")
        if _counts(row, user)
    ]
    return sorted(found, key=lambda each: not each.is_this_one)


def _counts(row: Session, user: User) -> bool:
    made_with = str(row.get_decoded().get(HASH_SESSION_KEY, ""))
    return constant_time_compare(made_with, user.get_session_auth_hash())


@transaction.atomic(durable=True)
def end_one(user: User, public_id: uuid.UUID) -> bool:
    """Log a user out in one place; return whether they were logged in there."""
    rows = Session.objects.filter(user_id=user.pk, public_id=public_id)
    row = rows.first()
    if row is None or not rows.delete()[0]:
        return False
    record_for(user, gettext_noop("logged out elsewhere"), kind=Kind.LOG_IN, about=row.device)
    return True


@transaction.atomic(durable=True)
def end_others(user: User, *, but: str | None) -> int:
    """Log a user out everywhere except in the session with this key; return in how many places."""
    ended, _ = Session.objects.filter(user_id=user.pk).exclude(session_key=but).delete()
    if ended:
        record_for(user, gettext_noop("logged out everywhere else"), kind=Kind.LOG_IN)
    return ended


def end_all(user: User, *, but: str | None = None) -> None:
    """Log a user out everywhere, except in the session with the key `but`.

    In the caller's transaction; the caller records why.
    """
    Session.objects.filter(user_id=user.pk).exclude(session_key=but or "").delete()
