"""Where My Details appear: a room that shows them registers here, from `AppConfig.ready`."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from letterhead.details.letterhead import Letterhead
from letterhead.details.public_card import PublicCard
from letterhead.practices.models import Practice
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


Appears = Callable[[Practice], Appearance | None]
_registered: list[Appears] = []
# by language and by what the places of practices differ in; drawn on every page with fields
_places: dict[tuple[str, str, bool], Mapping[str, list[FieldsPlace]]] = {}


def register(appears: Appears) -> None:
    """Add a place, given for a practice; None where My Details don't appear there.

    The panel shows places in the order in which they were registered.
    """
    _registered.append(appears)
    _places.clear()


def appearances(practice: Practice) -> tuple[Appearance, ...]:
    """Return every place of a practice."""
    return tuple(each for appears in _registered if (each := appears(practice)))


def appearance(slug: str, practice: Practice) -> Appearance:
    """Return the place with that slug, otherwise the first."""
    known = appearances(practice)
    return next((each for each in known if each.slug == slug), known[0])


def places(practice: Practice) -> Mapping[str, list[FieldsPlace]]:
    """Return the places of each field, in the language spoken now."""
    key = spoken(), practice.country, practice.uses_us_claims
    if key not in _places:
        _places[key] = _places_in(practice)
    return _places[key]


def _places_in(practice: Practice) -> Mapping[str, list[FieldsPlace]]:
    found: dict[str, list[FieldsPlace]] = {}
    page = reverse("where-it-appears")
    for each in appearances(practice):
        for field, words in each.fields.items():
            place = FieldsPlace(str(words), each.slug, f"{page}#{each.slug}")
            found.setdefault(field, []).append(place)
    return found
