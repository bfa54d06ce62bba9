"""Where My Details show: consumers register here what they make of them, from `AppConfig.ready`."""

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


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What a consumer draws: the details as they are saved, or as they are typed now."""

    letterhead: Letterhead
    card: PublicCard
    today: dt.date
    drawn_signature: str = ""  # a picture not saved yet, as a data: address


@dataclass(frozen=True, kw_only=True)
class Appearance:
    """One place where My Details show.

    `fields` names what it takes of them, each with its words on a chip: {"npi": "CMS-1500 item
    24J"}. `draw(now, saved)` gives HTML as it would look with `now`; what differs from `saved`
    is marked, unless `saved` is None.
    """

    slug: str
    name: str | Promise
    fields: Mapping[str, str | Promise]
    draw: Callable[[Shown, Shown | None], SafeString]


class FieldsPlace(NamedTuple):
    """One place of a field: its words, and which appearance shows it, at what address."""

    words: str | Promise
    slug: str
    url: str


_registered: dict[str, Appearance] = {}


def register(appearance: Appearance) -> None:
    """Add a place; the panel shows places in the order in which they were added."""
    _registered[appearance.slug] = appearance
    places.cache_clear()


def appearances() -> tuple[Appearance, ...]:
    """Give every place."""
    return tuple(_registered.values())


def appearance(slug: str) -> Appearance:
    """Give the place of that name, else the first."""
    return _registered.get(slug) or next(iter(_registered.values()))


@cache
def places() -> Mapping[str, list[FieldsPlace]]:
    """Give the places of each field."""
    found: dict[str, list[FieldsPlace]] = {}
    page = reverse("where-it-appears")
    for each in _registered.values():
        for field, words in each.fields.items():
            place = FieldsPlace(words, each.slug, f"{page}#{each.slug}")
            found.setdefault(field, []).append(place)
    return found
