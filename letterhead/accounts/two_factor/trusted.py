"""Trusted devices: browsers that log in without a second step for 30 days.

They have rows of our own: allauth uses one signed cookie, which can't be listed or revoked. A
trusted browser still needs the password, and still asks for a code before important changes.
"""

import datetime as dt
import secrets
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse  # noqa: TID251 (it reads and sets a cookie)
from django.utils import timezone
from django.utils.translation import gettext_noop

from letterhead.accounts.mails import email_about_device
from letterhead.accounts.models import TrustedDevice, User
from letterhead.accounts.recording import record_for
from letterhead.activity.origin import present_origin

TRUSTED_FOR = dt.timedelta(days=30)
COOKIE = "__Host-trusted" if settings.SESSION_COOKIE_SECURE else "trusted"
MOST_PEOPLE = 5  # who share one browser


def devices_of(user: User) -> QuerySet[TrustedDevice]:
    """Return the devices that are still trusted, last used first."""
    return TrustedDevice.objects.filter(user=user, expires_at__gt=timezone.now()).order_by(
        "-last_used_at", "-pk"
    )


def present_device(request: HttpRequest, user: User) -> TrustedDevice | None:
    """Return the row of the present browser, if this user trusts it."""
    hashes = [_hash(token) for token in _tokens(request)]
    return devices_of(user).filter(token_sha256__in=hashes).first() if hashes else None


def is_trusted(request: HttpRequest, user: User) -> bool:
    """Whether the present browser is trusted; store that it was used."""
    device = present_device(request, user)
    if device is None:
        return False
    origin = present_origin()
    used = {"last_used_at": timezone.now(), "address": origin.address}
    return bool(devices_of(user).filter(pk=device.pk).update(**used))


def trust(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Trust the present browser for 30 days."""
    token = secrets.token_urlsafe(32)
    _add(user, token)
    others = [each for each in _tokens(request) if not _is_of(each, user)]
    response.set_cookie(
        COOKIE,
        ".".join([*others, token][-MOST_PEOPLE:]),
        max_age=TRUSTED_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


@transaction.atomic
def _add(user: User, token: str) -> None:
    now, origin = timezone.now(), present_origin()
    TrustedDevice.objects.filter(user=user, expires_at__lte=now).delete()
    TrustedDevice.objects.create(
        user=user,
        token_sha256=_hash(token),
        device=origin.agent,
        address=origin.address,
        created_at=now,
        last_used_at=now,
        expires_at=now + TRUSTED_FOR,
    )
    email_about_device(
        user, template="accounts/two_factor/mail/device_trusted", until=now + TRUSTED_FOR
    )
    record_for(user, gettext_noop("trusted a device"), about=origin.agent)


@transaction.atomic(durable=True)
def forget(user: User, pk: int) -> bool:
    """Stop trusting a device; return False if it wasn't trusted."""
    device = devices_of(user).filter(pk=pk).first()
    if device is None:
        return False
    device.delete()
    record_for(user, gettext_noop("stopped trusting a device"), about=device.device)
    return True


def forget_all(user: User) -> None:
    """Stop trusting all devices of a user, in the caller's transaction."""
    TrustedDevice.objects.filter(user=user).delete()


def _is_of(token: str, user: User) -> bool:
    return TrustedDevice.objects.filter(user=user, token_sha256=_hash(token)).exists()


def _tokens(request: HttpRequest) -> list[str]:
    return [each for each in request.COOKIES.get(COOKIE, "").split(".") if each][-MOST_PEOPLE:]


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
