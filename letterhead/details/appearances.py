"""Where My Details appear: a room that shows them registers here, from `AppConfig.ready`."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from letterhead.details.letterhead import Letterhead
from letterhead.details.public_card import PublicCard
from letterhead.ui.languages import spoken


@dataclass(frozen=True, kw_only=True)
class Details:
    """What a place draws: someone's details as saved, or as a form would save them."""

    letterhead: Letterhead
    card: PublicCard
    today: dt.date
    drawn_signature: str = ""  # not saved yet, as a data: URL
    location: int | None = None  # the id of the letterhead's


@dataclass(frozen=True, kw_only=True)
class Appearance:
    """One place where My Details appear.

    `fields` has the fields that it shows, each with the text of its chip: {"npi": "CMS-1500 item
    24J"}. `draw(now, saved)` returns HTML with the details `now`; what differs from `saved` is
    marked, unless `saved` is None.
    """

    slug: str
    name: str | Promise
    fields: Mapping[str, str | Promise]
    draw: Callable[[Details, Details | None], SafeString]


class FieldsPlace(NamedTuple):
    """One place of a field: the text of its chip, and which appearance shows it, at what URL."""

    words: str
    slug: str
    url: str


_registered: dict[str, Appearance] = {}


def register(appearance: Appearance) -> None:
    """Add a place; the panel shows places in the order in which they were registered."""
    _registered[appearance.slug] = appearance
    _places_in.cache_clear()


def appearances() -> tuple[Appearance, ...]:
    """Return every place."""
    return tuple(_registered.values())


def appearance(slug: str) -> Appearance:
    """Return the place with that slug, otherwise the first."""
    return _registered.get(slug) or next(iter(_registered.values()))


def places() -> Mapping[str, list[FieldsPlace]]:
    """Return the places of each field, in the language spoken now."""
    return _places_in(spoken())


@cache
def _places_in(_language: str) -> Mapping[str, list[FieldsPlace]]:
    found: dict[str, list[FieldsPlace]] = {}
    page = reverse("where-it-appears")
    for each in _registered.values():
        for field, words in each.fields.items():
            place = FieldsPlace(str(words), each.slug, f"{page}#{each.slug}")
            found.setdefault(field, []).append(place)
    return found
