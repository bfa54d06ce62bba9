"""How often one may try: the one table of limits, and the counting.

Counts live in the cache, which all processes share. Nobody is kept out by a stranger: wrong tries
are counted for each account at each address, and the limit of a whole account holds only for
addresses from which its owner never logged in.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from functools import wraps
from hashlib import sha256
from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse  # noqa: TID251 (a decorator of views)

from letterhead.ui.http import too_many

MINUTE, HOUR, DAY = 60, 60 * 60, 24 * 60 * 60
KNOWN_FOR = 180 * DAY
MOST_KNOWN = 20


class Per(Enum):
    """What tries are counted by."""

    ACCOUNT_HERE = "an account, from one address"
    ADDRESS = "an address, whichever account"
    ACCOUNT = "an account, from addresses that never logged in to it"
    OWNER = "whoever does it, signed in"


@dataclass(frozen=True)
class Limit:
    """So many tries in any so many seconds, whenever they begin."""

    tries: int
    seconds: int
    per: Per


# Tries that succeed are given back where they prove who one is: log-in, code, password.
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
    "password": (Limit(10, MINUTE, Per.OWNER),),  # typed again by who is signed in
    "reset": (
        Limit(3, HOUR, Per.ACCOUNT_HERE),
        Limit(20, HOUR, Per.ADDRESS),
        Limit(10, HOUR, Per.ACCOUNT),
    ),
    "reset link": (Limit(20, 10 * MINUTE, Per.ADDRESS),),
    "sign-up": (Limit(20, HOUR, Per.ADDRESS),),
    "contact email": (Limit(5, HOUR, Per.OWNER),),  # the mail that confirms it, once more
    "invite": (Limit(60, HOUR, Per.OWNER),),
    "invitation link": (Limit(20, 10 * MINUTE, Per.ADDRESS),),
}


@dataclass(frozen=True)
class Spent:
    """One try, counted; or, where `wait` is more than 0, refused for so many seconds."""

    wait: int = 0
    slots: tuple[str, ...] = field(default=())

    @property
    def in_words(self) -> str:
        """What to tell who tried, "" where the try was free."""
        return f"Too many tries. Wait {span_in_words(self.wait)}, then try again." * bool(self.wait)

    def give_back(self) -> None:
        """Count this try no longer: it succeeded."""
        if self.slots:
            cache.delete_many(self.slots)


def spend(request: HttpRequest, action: str, *, account: str = "") -> Spent:
    """Count one try of an action named in LIMITS, unless one of its limits is reached.

    `account` is the login email as typed, whether or not anyone has it; of Per.OWNER whatever
    names who does it.
    """
    now, here, whose = time.time(), _network(request), account.strip().casefold()
    limits = [limit for limit in LIMITS[action] if not _is_spared(limit, whose, here)]
    rows = [_Row(action, limit, now, _by(limit, whose, here)) for limit in limits]
    with transaction.atomic():  # one write to the disk for all of them
        taken: dict[str, float] = cache.get_many([slot for row in rows for slot in row.slots])
        claimed: list[str] = []
        for row in rows:
            # `add` gives a slot to one of any number that ask at once.
            free = (slot for slot in row.free(taken) if cache.add(slot, now, row.keep))
            if (won := next(free, None)) is None:
                cache.delete_many(claimed)
                return Spent(wait=row.wait(taken))
            claimed.append(won)
    return Spent(slots=tuple(claimed))


class _Row:
    """The slots of one limit: each try takes one, which holds when that was.

    Slots are numbered anew in each span of the clock, so that none is ever taken twice; tries of
    the span before count until they are as old as the limit says.
    """

    def __init__(self, action: str, limit: Limit, now: float, by: tuple[str, ...]) -> None:
        span = int(now // limit.seconds)
        self.limit, self.now, self.keep = limit, now, limit.seconds + MINUTE
        self.before, self.current = (
            [f"limit:{name}:{number}" for number in range(limit.tries)]
            for name in (_name(action, limit, by, span - 1), _name(action, limit, by, span))
        )
        self.slots = self.before + self.current

    def free(self, taken: dict[str, float]) -> list[str]:
        """Give the slots that a try may take now."""
        left = self.limit.tries - len(self._recent(taken, self.before))
        return [slot for slot in self.current[:left] if slot not in taken]

    def wait(self, taken: dict[str, float]) -> int:
        """Give the seconds until the oldest try that counts no longer does."""
        oldest = min(self._recent(taken, self.slots), default=self.now)
        return ceil(oldest + self.limit.seconds - self.now)

    def _recent(self, taken: dict[str, float], slots: list[str]) -> list[float]:
        since = self.now - self.limit.seconds
        return [taken[slot] for slot in slots if taken.get(slot, since) > since]


def know(request: HttpRequest, *, account: str) -> None:
    """Remember that the owner of an account logged in from this address."""
    key, here = _known(account.strip().casefold()), _network(request)
    addresses = cache.get(key, [])
    if here not in addresses:
        cache.set(key, [here, *addresses][:MOST_KNOWN], KNOWN_FOR)


View = Callable[..., HttpResponse]


def limited(action: str) -> Callable[[View], View]:
    """Answer a POST beyond the limits of `action` with the page that says how long to wait."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method == "POST" and (wait := spend(request, action).wait):
                return too_many(request, wait, span_in_words(wait))
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def span_in_words(seconds: int) -> str:
    """Write a span as people say it, rounded up: "40 seconds", "3 minutes", "1 hour"."""
    for unit, length in (("hour", HOUR), ("minute", MINUTE), ("second", 1)):
        if seconds >= length:
            number = -(-seconds // length)
            return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
    return "a moment"


def _is_spared(limit: Limit, whose: str, here: str) -> bool:
    return limit.per is Per.ACCOUNT and here in cache.get(_known(whose), [])


def _by(limit: Limit, whose: str, here: str) -> tuple[str, ...]:
    return {
        Per.ACCOUNT_HERE: (whose, here),
        Per.ADDRESS: (here,),
        Per.ACCOUNT: (whose,),
        Per.OWNER: (whose,),
    }[limit.per]


def _name(action: str, limit: Limit, by: tuple[str, ...], span: int) -> str:
    return sha256(repr((action, limit.per.name, by, span)).encode()).hexdigest()


def _known(whose: str) -> str:
    return f"known:{sha256(whose.encode()).hexdigest()}"


def _network(request: HttpRequest) -> str:
    """Give the address that asks; of IPv6 its /64, which one household has whole."""
    text = request.META.get("REMOTE_ADDR", "")
    try:
        address = ip_address(text)
    except ValueError:
        return text
    if isinstance(address, IPv6Address):
        return str(ip_network(f"{address}/64", strict=False))
    return str(address)
