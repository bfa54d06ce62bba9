"""How often people can try: the table of all limits, and the counting.

Counts are in the cache, which all processes share. A stranger can't lock anyone out: wrong tries
are counted for each account at each address, and the limit of a whole account applies only to
addresses from which its owner never logged in.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from functools import wraps
from hashlib import sha256
from ipaddress import IPv6Address, ip_network
from math import ceil
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse  # noqa: TID251 (a decorator of views)
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from letterhead.ui.http import too_many
from letterhead.ui.proxies import UNREAD_ORIGIN, read_address

MINUTE, HOUR, DAY = 60, 60 * 60, 24 * 60 * 60
REMEMBERED_FOR = 180 * DAY
MOST_REMEMBERED = 20


class Per(Enum):
    """What tries are counted for."""

    ACCOUNT_HERE = "one account at one address"
    ADDRESS = "one address, any account"
    ACCOUNT = "one account, from addresses that never logged in to it"
    OWNER = "the person who is logged in"


@dataclass(frozen=True)
class Limit:
    """At most `tries` in any period of `seconds`."""

    tries: int
    seconds: int
    per: Per


# Successful tries aren't counted where they prove who someone is: login, code, password.
LIMITS: dict[str, tuple[Limit, ...]] = {
    "log-in": (
        Limit(5, 5 * MINUTE, Per.ACCOUNT_HERE),
        Limit(50, 5 * MINUTE, Per.ADDRESS),
        Limit(50, HOUR, Per.ACCOUNT),
    ),
    "code": (  # of the authenticator app, and recovery codes
        Limit(5, 5 * MINUTE, Per.ACCOUNT_HERE),
        Limit(50, 5 * MINUTE, Per.ADDRESS),
        Limit(20, HOUR, Per.ACCOUNT),
    ),
    "passkey": (Limit(50, 5 * MINUTE, Per.ADDRESS),),  # asking what the browser should ask for
    "password": (Limit(10, MINUTE, Per.OWNER),),  # typed again by someone who is logged in
    "reset": (
        Limit(3, HOUR, Per.ACCOUNT_HERE),
        Limit(20, HOUR, Per.ADDRESS),
        Limit(10, HOUR, Per.ACCOUNT),
    ),
    "reset link": (Limit(20, 10 * MINUTE, Per.ADDRESS),),
    "sign-up": (Limit(20, HOUR, Per.ADDRESS),),
    "contact email": (Limit(5, HOUR, Per.OWNER),),  # sending the email that confirms it again
    "public address": (Limit(50, DAY, Per.OWNER),),  # each stays the practice's for ever
    "login email": (Limit(3, HOUR, Per.OWNER), Limit(10, DAY, Per.OWNER)),  # sending its link again
    "invite": (Limit(60, HOUR, Per.OWNER),),
    "refused try": (Limit(20, HOUR, Per.OWNER),),  # on what isn't theirs: so many are recorded
    "more refused tries": (Limit(1, HOUR, Per.OWNER),),
    "calendar address": (Limit(20, HOUR, Per.OWNER),),  # making a new one
    "calendar address tried": (Limit(50, 10 * MINUTE, Per.ADDRESS),),  # where there is none
    "calendar feed": (Limit(60, 10 * MINUTE, Per.OWNER),),  # reading all of it, not a 304
    "invitation link": (Limit(20, 10 * MINUTE, Per.ADDRESS),),
    "hold a time": (Limit(10, 10 * MINUTE, Per.ADDRESS),),  # beyond: a form without a hold
    "book online": (Limit(100, HOUR, Per.ADDRESS),),  # those of a school come from one address
    "book for an email": (Limit(6, HOUR, Per.OWNER),),  # each sends an email there
}


@dataclass(frozen=True)
class Try:
    """One counted try; or a refused one if `wait`, the seconds until the next, is more than 0."""

    wait: int = 0
    slots: tuple[str, ...] = field(default=())

    @property
    def error(self) -> str:
        """What is wrong and what to do; "" if the try is allowed."""
        if not self.wait:
            return ""
        span = span_in_words(self.wait)
        return _("Too many tries. Wait %(time)s, then try again.") % {"time": span}

    def take_back(self) -> None:
        """Stop counting this try, since it succeeded."""
        if self.slots:
            cache.delete_many(self.slots)


def count_try(request: HttpRequest, action: str, *, account: str = "") -> Try:
    """Count one try of an action in LIMITS, unless one of its limits is reached.

    `account` is the login email as typed, whether or not anyone has it; for Per.OWNER any text that
    identifies the person.
    """
    now, here, who = time.time(), network_of(request), account.strip().casefold()
    limits = [limit for limit in LIMITS[action] if not _is_exempt(limit, who, here)]
    rows = [_Row(action, limit, now, _by(limit, who, here)) for limit in limits]
    with transaction.atomic():  # one write to the disk for all of them
        taken: dict[str, float] = cache.get_many([slot for row in rows for slot in row.slots])
        claimed: list[str] = []
        for row in rows:
            # If several ask for a slot at once, `add` succeeds for one of them.
            free = (slot for slot in row.free(taken) if cache.add(slot, now, row.lasts))
            if (won := next(free, None)) is None:
                cache.delete_many(claimed)
                return Try(wait=row.wait(taken))
            claimed.append(won)
    return Try(slots=tuple(claimed))


class _Row:
    """The slots of one limit: each try takes one, whose value is the time of the try.

    Each period of the clock has its own slots, so that none is ever taken twice; tries of the
    period before count until they are older than the limit.
    """

    def __init__(self, action: str, limit: Limit, now: float, by: tuple[str, ...]) -> None:
        span = int(now // limit.seconds)
        self.limit, self.now, self.lasts = limit, now, limit.seconds + MINUTE
        self.before, self.current = (
            [f"limit:{name}:{number}" for number in range(limit.tries)]
            for name in (_name(action, limit, by, span - 1), _name(action, limit, by, span))
        )
        self.slots = self.before + self.current

    def free(self, taken: dict[str, float]) -> list[str]:
        """Return the slots that a try can take now."""
        left = self.limit.tries - len(self._recent(taken, self.before))
        return [slot for slot in self.current[:left] if slot not in taken]

    def wait(self, taken: dict[str, float]) -> int:
        """Return the seconds until the oldest counted try no longer counts."""
        oldest = min(self._recent(taken, self.slots), default=self.now)
        return ceil(oldest + self.limit.seconds - self.now)

    def _recent(self, taken: dict[str, float], slots: list[str]) -> list[float]:
        since = self.now - self.limit.seconds
        return [taken[slot] for slot in slots if taken.get(slot, since) > since]


def remember_address(request: HttpRequest, *, account: str) -> None:
    """Remember that the owner of an account logged in from this address."""
    key, here = _remembered(account.strip().casefold()), network_of(request)
    addresses = cache.get(key, [])
    if here not in addresses:
        cache.set(key, [here, *addresses][:MOST_REMEMBERED], REMEMBERED_FOR)


def forget_addresses(account: str) -> None:
    """Forget from where the owner of an account logged in: it has another owner now."""
    cache.delete(_remembered(account.strip().casefold()))


View = Callable[..., HttpResponse]


def limited(action: str) -> Callable[[View], View]:
    """Answer a POST beyond the limits of `action` with a page that shows how long to wait."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method == "POST" and (wait := count_try(request, action).wait):
                return too_many(request, wait, span_in_words(wait))
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def span_in_words(seconds: int) -> str:
    """Return a time span in the largest unit, rounded up: "40 seconds", "3 minutes", "1 hour"."""
    hours, minutes = ceil(seconds / HOUR), ceil(seconds / MINUTE)
    if seconds >= HOUR:
        return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
    if seconds >= MINUTE:
        return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    if seconds >= 1:
        return ngettext("%(count)d second", "%(count)d seconds", seconds) % {"count": seconds}
    return _("a moment")


def _is_exempt(limit: Limit, who: str, here: str) -> bool:
    return limit.per is Per.ACCOUNT and here in cache.get(_remembered(who), [])


def _by(limit: Limit, who: str, here: str) -> tuple[str, ...]:
    return {
        Per.ACCOUNT_HERE: (who, here),
        Per.ADDRESS: (here,),
        Per.ACCOUNT: (who,),
        Per.OWNER: (who,),
    }[limit.per]


def _name(action: str, limit: Limit, by: tuple[str, ...], span: int) -> str:
    return sha256(repr((action, limit.per.name, by, span)).encode()).hexdigest()


def _remembered(who: str) -> str:
    return f"known:{sha256(who.encode()).hexdigest()}"


def network_of(request: HttpRequest) -> str:
    """Return the address of the request; for IPv6 its /64, the network of one household."""
    text = request.META.get(UNREAD_ORIGIN) or request.META.get("REMOTE_ADDR", "")
    address = read_address(text)
    if address is None:
        return text
    if isinstance(address, IPv6Address):
        return str(ip_network(f"{address}/64", strict=False))
    return str(address)
