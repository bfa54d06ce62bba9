"""Browsers in which a person has logged in before; a log-in from any other is told by mail.

No table knows them: a browser keeps a random name of its own, and for each person who logged in
there a keyed hash over both, which names nobody and is another in every browser.
"""

import datetime as dt
import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse  # noqa: TID251 (it reads and sets a cookie)
from django.utils.crypto import constant_time_compare, salted_hmac

from letterhead.accounts.models import User

KEPT_FOR = dt.timedelta(days=400)  # no browser keeps a cookie longer
COOKIE = "__Host-known" if settings.SESSION_COOKIE_SECURE else "known"
MOST_PEOPLE = 20  # who share one browser


def is_known(request: HttpRequest, user: User) -> bool:
    """Say whether this person logged in in this browser before."""
    browser, marks = _kept(request)
    return any(constant_time_compare(mark, _mark(browser, user)) for mark in marks)


def keep_known(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Let the browser that asks know this person from now on, who has just logged in."""
    browser, marks = _kept(request)
    mine = _mark(browser, user)
    known = [*(mark for mark in marks if mark != mine), mine]
    response.set_cookie(
        COOKIE,
        ".".join([browser, *known[-MOST_PEOPLE:]]),
        max_age=KEPT_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _kept(request: HttpRequest) -> tuple[str, list[str]]:
    """Give the browser's name, a new one where it has none, and whom it knows."""
    browser, *marks = request.COOKIES.get(COOKIE, "").split(".")
    return browser or secrets.token_urlsafe(16), marks[-MOST_PEOPLE:]


def _mark(browser: str, user: User) -> str:
    who = f"{browser} {user.pk} {user.password}"  # a new password knows no browser yet
    keyed = salted_hmac("letterhead.accounts.browsers", who, algorithm="sha256")
    return keyed.hexdigest()[:32]
