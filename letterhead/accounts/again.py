"""Proving once more who one is, before something that a borrowed screen must not do."""

import time

from allauth.account import app_settings
from allauth.account.authentication import get_authentication_records
from allauth.core import ratelimit
from django.contrib.auth.base_user import AbstractBaseUser

from letterhead.ui.http import PageRequest


def logged_in_just_now(request: PageRequest) -> bool:
    """Say whether the log-in of this session is at most five minutes old."""
    records = get_authentication_records(request, request.user)
    at = max((record["at"] for record in records), default=0)
    return bool(time.time() - at < app_settings.REAUTHENTICATION_TIMEOUT)


def password_error(request: PageRequest, typed: str) -> str:
    """Compare a password with the one logged in with, a few times a minute at most.

    Gives what is wrong, in words, or "".
    """
    user: AbstractBaseUser = request.user  # type: ignore[assignment]  # only members ask
    if not ratelimit.consume(request, action="reauthenticate", user=user):
        return "Too many tries. Wait a minute, then try again."
    return "" if user.check_password(typed) else "This is not the password you log in with."
