"""Mails about a log-in: at once, to the login email and to where its owner reads mail.

The contact emails are kept higher up, and looked up through here.
"""

import datetime as dt
import uuid
from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from letterhead.accounts.models import User
from letterhead.activity.origin import present_origin
from letterhead.outbox.actions import enqueue
from letterhead.outbox.mail import absolute, post

OF_DEVICE = "mail of a device"
LookUp = Callable[[int], Iterable[str]]
_look_ups: list[LookUp] = []


def register_addresses(look_up: LookUp) -> None:
    """Let `look_up(user_id)` give the contact emails in use; from `AppConfig.ready` only."""
    _look_ups[:] = [look_up]


def addresses_of(user: User) -> list[str]:
    """Give where a person is told of their log-in: each address once, the login email first."""
    found: dict[str, str] = {user.email.casefold(): user.email}
    for address in (each for look_up in _look_ups for each in look_up(user.pk)):
        found.setdefault(address.casefold(), address)
    return list(filter(None, found.values()))


def tell(user: User, *, template: str, context: dict[str, Any], key: str = "") -> None:
    """Mail a person of what happened to their log-in, in the caller's transaction.

    One mail an address, so that none of them shows another. `template`, `context`, `key`: see
    `outbox.mail.post`; `user` is in the context already. Raises NoTransaction outside one.
    """
    for address in addresses_of(user):
        own_key = f"{key} to {sha256(address.encode()).hexdigest()[:16]}" if key else ""
        post(to=address, template=template, context={"user": user, **context}, key=own_key)


def tell_of_device(user: User, *, template: str, until: dt.datetime | None = None) -> None:
    """Mail a person of the browser that asks now: what it is, where, when, what can be done.

    Put aside in the caller's transaction and written by the worker: nobody waits for it.
    """
    origin = present_origin()
    context = {
        "device": origin.agent or "an unknown device",
        "address": origin.address,
        "at": _in_words(timezone.now()),
        "until": _in_words(until) if until else "",
        "reset_url": absolute(reverse("password-reset")),
        "devices_url": absolute(reverse("mfa_index")),
    }
    enqueue(OF_DEVICE, user=user.pk, template=template, context=context, cause=uuid.uuid4().hex)


def mail_of_device(*, user: int, template: str, context: dict[str, Any], cause: str) -> None:
    """Write these mails (the worker's job); done twice, they are the same mails."""
    with transaction.atomic():
        for owner in User.objects.filter(pk=user):
            tell(owner, template=template, context=context, key=f"{OF_DEVICE} {cause}")


def _in_words(at: dt.datetime) -> str:
    """Write an instant for who may be anywhere."""
    there = at.astimezone(dt.UTC)
    return f"{there:%B} {there.day}, {there:%Y} at {there:%H:%M} UTC"
