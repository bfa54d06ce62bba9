"""Emails about a login: sent right away, to the login email and the contact emails.

Contact emails, languages and ways of writing times belong to higher rooms, which register look-ups.
"""

import datetime as dt
import uuid
from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from letterhead.accounts.models import User
from letterhead.activity.origin import UNKNOWN_DEVICE, agent_for_people, present_origin
from letterhead.outbox.actions import enqueue
from letterhead.outbox.mail import DEFAULT_LANGUAGE, absolute, post
from letterhead.ui.dates import Way
from letterhead.ui.languages import speaking

ABOUT_DEVICE = "mail of a device"  # stored in waiting jobs
LookUp = Callable[[int], Iterable[str]]
LanguageOf = Callable[[int], str]
_look_ups: list[LookUp] = []
_languages: list[LanguageOf] = []
_ways: list[Callable[[int], Way | None]] = []


def register_addresses(look_up: LookUp) -> None:
    """Have `look_up(user_id)` return the contact emails in use; in `AppConfig.ready` only."""
    _look_ups[:] = [look_up]


def register_language(look_up: LanguageOf) -> None:
    """Have `look_up(user_id)` return a user's language or ""; in `AppConfig.ready` only."""
    _languages[:] = [look_up]


def register_way(look_up: Callable[[int], Way | None]) -> None:
    """Have `look_up(user_id)` return how a user reads times; in `AppConfig.ready` only."""
    _ways[:] = [look_up]


def language_of(user: int) -> str:
    """Return the language of a user's emails, such as "en-GB"; "" if unknown."""
    return next((language for look_up in _languages if (language := look_up(user))), "")


def addresses_of(user: User) -> list[str]:
    """Return where a person gets emails about their login: each address once, login email first."""
    found: dict[str, str] = {user.email.casefold(): user.email}
    for address in (each for look_up in _look_ups for each in look_up(user.pk)):
        found.setdefault(address.casefold(), address)
    return list(filter(None, found.values()))


def email_user(user: User, *, template: str, context: dict[str, Any], key: str = "") -> None:
    """Email a person about their login, in their language and in the caller's transaction.

    Each address gets its own email, so that none shows another. `template`, `context`, `key`: see
    `outbox.mail.post`; `user` is added to the context. Raises NoTransaction outside a transaction.
    """
    known, language = {"user": user, **context}, language_of(user.pk)
    for address in addresses_of(user):
        own_key = f"{key} to {sha256(address.encode()).hexdigest()[:16]}" if key else ""
        post(to=address, template=template, context=known, key=own_key, language=language)


def email_about_device(user: User, *, template: str, until: dt.datetime | None = None) -> None:
    """Email a person about the present browser: what it is, where, when, and what to do.

    The job is added in the caller's transaction and written by the worker, so no one waits for it.
    """
    origin = present_origin()
    way = next((way for look_up in _ways if (way := look_up(user.pk))), None)
    with speaking(language_of(user.pk) or DEFAULT_LANGUAGE):
        context = {
            "device": agent_for_people(origin.agent or UNKNOWN_DEVICE),
            "address": origin.address,
            "at": _in_words(timezone.now(), way),
            "until": _in_words(until, way) if until else "",
            "reset_url": absolute(reverse("password-reset")),
            "devices_url": absolute(reverse("mfa_index")),
        }
    enqueue(ABOUT_DEVICE, user=user.pk, template=template, context=context, cause=uuid.uuid4().hex)


def send_about_device(*, user: int, template: str, context: dict[str, Any], cause: str) -> None:
    """Write these emails (the worker's job); if done twice, they are the same emails."""
    with transaction.atomic():
        for owner in User.objects.filter(pk=user):
            key = f"{ABOUT_DEVICE} {cause}"
            email_user(owner, template=template, context=context, key=key)


def _in_words(at: dt.datetime, way: Way | None) -> str:
    """Return an instant in words by the reader's clock; in UTC if we don't know where they are."""
    if way:
        return _("%(moment)s (%(zone)s)") % {"moment": way.moment(at), "zone": way.zone_name}
    there = at.astimezone(dt.UTC)
    return _("%(day)s at %(time)s UTC") % {
        "day": date_format(there, "F j, Y"),
        "time": f"{there:%H:%M}",
    }
