"""A time held for the form that someone looks at: again the same one if they open it again.

There is no cookie: who it is held for is the network address, and only for a few times at once.
"""

import datetime as dt
from hashlib import sha256
from uuid import UUID, uuid4

from django.core.cache import cache
from django.utils import timezone

from letterhead.scheduling.actions import hold
from letterhead.scheduling.models import Attendee
from letterhead.scheduling.offers import Chosen

HELD_FOR = 10 * 60


def held_here(chosen: Chosen, starts_at: dt.datetime, *, network: str) -> Attendee | None:
    """Return the hold that was made for this from a network address, while it lasts."""
    key = cache.get(_slot(chosen, starts_at, network))
    rows = Attendee.objects.filter(
        key=key or uuid4(), state=Attendee.State.HELD, held_until__gt=timezone.now()
    )
    return rows.select_related("appointment").first() if key else None


def hold_here(chosen: Chosen, starts_at: dt.datetime, *, network: str) -> Attendee:
    """Hold a time for a network address. Raises Taken."""
    held = hold(chosen, starts_at)
    cache.set(_slot(chosen, starts_at, network), str(held.key), HELD_FOR)
    return held


def new_key() -> UUID:
    """Return a key for a form whose time isn't held: it is taken when the form is sent."""
    return uuid4()


def _slot(chosen: Chosen, starts_at: dt.datetime, network: str) -> str:
    said = (network, chosen.service.pk, chosen.location.pk, chosen.clinicians, starts_at)
    return f"held:{sha256(repr(said).encode()).hexdigest()}"
