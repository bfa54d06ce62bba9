"""Confirming who you are again, before what must not be done at an unattended screen."""

import time

from allauth.account import app_settings
from allauth.account.authentication import get_authentication_records
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.hashers import check_password
from django.utils.translation import gettext as _

from letterhead.accounts.limits import count_try
from letterhead.ui.http import PageRequest


def logged_in_just_now(request: PageRequest) -> bool:
    """Whether the login of this session is at most five minutes old."""
    records = get_authentication_records(request, request.user)
    at = max((record["at"] for record in records), default=0)
    return bool(time.time() - at < app_settings.REAUTHENTICATION_TIMEOUT)


def password_error(request: PageRequest, typed: str) -> str:
    """Compare a password with that of the user, at most a few times a minute.

    Return an error for the page, or "" if the password is right.
    """
    user: AbstractBaseUser = request.user  # type: ignore[assignment]  # only members ask
    attempt = count_try(request, "password", account=str(user.pk))
    if attempt.wait:
        return attempt.error
    # Not user.check_password, which can hash it again: that would end this session.
    if not check_password(typed, user.password):
        return _("This isn't the password you log in with.")
    attempt.take_back()
    return ""
