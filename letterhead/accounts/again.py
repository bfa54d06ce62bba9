"""Proving once more who one is, before something that a borrowed screen must not do."""

import time

from allauth.account import app_settings
from allauth.account.authentication import get_authentication_records
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.hashers import check_password

from letterhead.accounts.limits import spend
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
    spent = spend(request, "password", account=str(user.pk))
    if spent.wait:
        return spent.in_words
    # Not user.check_password, which may hash anew: that would end this very session.
    if not check_password(typed, user.password):
        return "This is not the password you log in with."
    spent.give_back()
    return ""
