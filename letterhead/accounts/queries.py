"""What is known of a person's two-factor authentication, and of who must have it."""

import time
from collections.abc import Callable, Iterable

from allauth.account import app_settings
from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.http import HttpRequest  # noqa: TID251 (allauth keeps its records there)

from letterhead.accounts.models import User

SECOND_STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
LookUp = Callable[[int], Iterable[str]]
_look_ups: list[LookUp] = []


def register_requirement(look_up: LookUp) -> None:
    """Let `look_up(user_id)` name the practices that require it; from `AppConfig.ready` only."""
    _look_ups[:] = [look_up]


def required_by(user: User) -> list[str]:
    """Name those because of whom this user must have two-factor authentication."""
    return [name for look_up in _look_ups for name in look_up(user.pk)]


def has_two_factor(user: User) -> bool:
    """Say whether a log-in of this user needs a second step."""
    return user.pk in with_two_factor([user.pk])


def has_passkeys(user: User) -> bool:
    """Say whether one of this user's second steps is a passkey or a security key."""
    rows = Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.WEBAUTHN)
    return rows.exists()


def with_two_factor(users: Iterable[int]) -> set[int]:
    """Give those of these users whose log-in needs a second step."""
    rows = Authenticator.objects.filter(user_id__in=users, type__in=SECOND_STEPS)
    return set(rows.values_list("user_id", flat=True))


def authenticators_of(user: User) -> list[Authenticator]:
    """Give what a user can prove themselves with, the oldest first."""
    return list(Authenticator.objects.filter(user_id=user.pk).order_by("pk"))


def is_last(authenticator: Authenticator) -> bool:
    """Say whether without this one there would be no second step any more."""
    others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=SECOND_STEPS)
    return not others.exclude(pk=authenticator.pk).exists()


def proved_just_now(request: HttpRequest) -> bool:
    """Say whether who asks proved within five minutes who they are.

    Who has two-factor authentication proves it with that: a password from a trusted device, or
    from before it was turned on, is not enough.
    """
    user: User = request.user  # type: ignore[assignment]  # only who is logged in gets here
    records = get_authentication_records(request, user)
    if has_two_factor(user):
        records = [each for each in records if each["method"] == "mfa"]
    at = max((each["at"] for each in records), default=0)
    return bool(time.time() - at < app_settings.REAUTHENTICATION_TIMEOUT)
