"""Whether a person has two-factor authentication, and whether they must."""

import time
from collections.abc import Callable, Iterable

from allauth.account import app_settings
from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.db.models import QuerySet
from django.http import HttpRequest  # noqa: TID251 (allauth keeps its records there)

from letterhead.accounts.models import User
from letterhead.statements import CompiledOnce, Given

ALONE = "alone"  # in a passkey's data: whether its owner chose to log in without a password
SECOND_STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
LookUp = Callable[[int], Iterable[str]]
_look_ups: list[LookUp] = []


def register_requirement(look_up: LookUp) -> None:
    """Have `look_up(user_id)` return the practices that require it; in `AppConfig.ready` only."""
    _look_ups[:] = [look_up]


def required_by(user: User) -> list[str]:
    """Return the names of the practices that require it for this user."""
    return [name for look_up in _look_ups for name in look_up(user.pk)]


def has_two_factor(user: User) -> bool:
    """Whether a login of this user needs a second step."""
    return user.pk in with_two_factor([user.pk])


def has_app(user: User) -> bool:
    """Whether one of this user's second steps is an authenticator app."""
    rows = Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP)
    return rows.exists()


def has_passkeys(user: User) -> bool:
    """Whether one of this user's second steps is a passkey or a security key."""
    rows = Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.WEBAUTHN)
    return rows.exists()


def works_alone(passkey: Authenticator) -> bool:
    """Whether a passkey logs in without the password, as was chosen when it was added."""
    # Of those added before the choice was kept, only what the browser made is known.
    return bool(passkey.data.get(ALONE, passkey.wrap().is_passwordless))


def with_two_factor(users: Iterable[int]) -> set[int]:
    """Return those of these users whose login needs a second step."""
    rows = Authenticator.objects.filter(user_id__in=users, type__in=SECOND_STEPS)
    return set(rows.values_list("user_id", flat=True))


def authenticators_of(user: User) -> list[Authenticator]:
    """Return a user's second steps and recovery codes, oldest first."""
    return _authenticators(user=user.pk)


@CompiledOnce
def _authenticators(user: Given) -> QuerySet[Authenticator]:
    return Authenticator.objects.filter(user_id=user).order_by("pk")


def is_last(authenticator: Authenticator) -> bool:
    """Whether this is the only second step left."""
    others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=SECOND_STEPS)
    return not others.exclude(pk=authenticator.pk).exists()


def confirmed_just_now(request: HttpRequest) -> bool:
    """Whether the person confirmed who they are within the last five minutes.

    With two-factor authentication only the second step counts: a password on a trusted device, or
    from before it was turned on, isn't enough.
    """
    user: User = request.user  # type: ignore[assignment]  # only who is logged in gets here
    records = get_authentication_records(request, user)
    if has_two_factor(user):
        records = [each for each in records if each["method"] == "mfa"]
    at = max((each["at"] for each in records), default=0)
    return bool(time.time() - at < app_settings.REAUTHENTICATION_TIMEOUT)
