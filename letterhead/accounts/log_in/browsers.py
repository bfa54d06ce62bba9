"""Browsers in which a person has logged in before; a login from any other is emailed.

There is no table. A cookie holds a random name of the browser, and for each person who logged in
there a keyed hash of both. It names no one and is different in every browser.
"""

import datetime as dt
import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse  # noqa: TID251 (it reads and sets a cookie)
from django.utils.crypto import constant_time_compare, salted_hmac

from letterhead.accounts.models import User

REMEMBERED_FOR = dt.timedelta(days=400)  # no browser stores a cookie longer
COOKIE = "__Host-known" if settings.SESSION_COOKIE_SECURE else "known"
MOST_PEOPLE = 20  # who share one browser


def is_remembered(request: HttpRequest, user: User) -> bool:
    """Whether this person has logged in in this browser before."""
    browser, marks = _remembered(request)
    return any(constant_time_compare(mark, _mark(browser, user)) for mark in marks)


def remember_browser(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Remember in a cookie that this person has logged in in this browser."""
    browser, marks = _remembered(request)
    mine = _mark(browser, user)
    people = [*(mark for mark in marks if mark != mine), mine]
    response.set_cookie(
        COOKIE,
        ".".join([browser, *people[-MOST_PEOPLE:]]),
        max_age=REMEMBERED_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _remembered(request: HttpRequest) -> tuple[str, list[str]]:
    """Return the browser's name, a new one if it has none, and the marks of its people."""
    browser, *marks = request.COOKIES.get(COOKIE, "").split(".")
    return browser or secrets.token_urlsafe(16), marks[-MOST_PEOPLE:]


def _mark(browser: str, user: User) -> str:
    who = f"{browser} {user.pk} {user.password}"  # after a new password, each browser is new again
    keyed = salted_hmac("letterhead.accounts.browsers", who, algorithm="sha256")
    return keyed.hexdigest()[:32]
