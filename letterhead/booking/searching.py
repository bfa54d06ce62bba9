"""Finding a clinician on the page of a practice that shows many: by what is on their cards."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from letterhead.details.public_card import PublicCard
from letterhead.practices.models import Practice
from letterhead.practices.queries import locations_of
from letterhead.scheduling.models import Hours
from letterhead.scheduling.offers import kind_of

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

FROM = 7  # clinicians: fewer are seen at a glance
_LONGEST = 80
# What is asked, the list on the card that answers it, and its label.
_LISTS: dict[str, tuple[str, "_StrPromise"]] = {
    "specialty": ("specialties", _("Specialty")),
    "language": ("languages", _("Language")),
    "ages": ("ages", _("Ages")),
    "payer": ("payers_accepted", _("Payer")),
}
Sought = tuple[tuple[str, str], ...]  # what is asked, and the answer wanted


@dataclass(frozen=True)
class Select:
    """A field of the search: its options as (value, words, whether it is chosen)."""

    name: str
    label: str
    options: list[tuple[str, str, bool]]


def sought_of(query: Mapping[str, str]) -> Sought:
    """Return what a query asks for; anything else in it is left aside."""
    names = (*_LISTS, "location")
    return tuple((name, query[name][:_LONGEST]) for name in names if query.get(name))


def found(practice: Practice, cards: Iterable[PublicCard], sought: Sought) -> list[PublicCard]:
    """Return the cards that fit all that is sought, in their order."""
    fitting = list(cards)
    for name, wanted in sought:
        if name == "location":
            there = _seen_at(practice, wanted)
            fitting = [card for card in fitting if card.slug in there]
        else:
            of_card = _LISTS[name][0]
            fitting = [card for card in fitting if wanted in getattr(card, of_card)]
    return fitting


def selects(practice: Practice, cards: list[PublicCard], sought: Sought) -> list[Select]:
    """Return the fields of the search: what at least one of these clinicians has."""
    if len(cards) < FROM:
        return []
    chosen = dict(sought)
    fields = []
    for name, (of_card, label) in _LISTS.items():
        entries = sorted({entry for card in cards for entry in getattr(card, of_card)})
        options = [(entry, entry, entry == chosen.get(name)) for entry in entries]
        fields.append(Select(name, str(label), options))
    places = [(str(place.pk), kind_of(place)) for place in locations_of(practice)]
    options = [(pk, words, pk == chosen.get("location")) for pk, words in places]
    fields.append(Select("location", str(_("Location")), options))
    return [field for field in fields if len(field.options) > 1]


def _seen_at(practice: Practice, location: str) -> set[str]:
    """Return the slugs of the clinicians who see clients at a location (an id)."""
    if not any(str(place.pk) == location for place in locations_of(practice)):
        return set()
    rows = Hours.objects.filter(practitioner__practice=practice)
    there = rows.filter(location=int(location)) | rows.filter(location=None)
    return set(there.values_list("practitioner__slug", flat=True))
