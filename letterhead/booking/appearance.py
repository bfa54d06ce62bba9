"""The public card as HTML: on its own page, and on My Details before it is saved."""

import re
from dataclasses import dataclass
from typing import Any

from django.template.loader import get_template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from letterhead.booking import addresses
from letterhead.details.public_card import PublicCard

LISTS = {
    "specialties": _("Specialties"),
    "ages": _("Ages"),
    "approaches": _("Approaches"),
    "languages": _("Languages spoken"),
    "payers_accepted": _("Payers accepted"),
}
# a paragraph, heading or item without another inside
_BLOCK = re.compile(r"<(p|h[1-6]|li)>((?:(?!<(?:p|h[1-6]|li|ul|ol)[ >]).)*?)</\1>", re.DOTALL)


@dataclass(frozen=True)
class Facts:
    """One list on a card, its entries as HTML."""

    label: str
    entries: list[SafeString]


def scheduler_card(card: PublicCard, saved: PublicCard | None = None) -> SafeString:
    """Return a clinician's card as clients see it; what differs from `saved` is in `<mark>`."""
    return _drawn(shown(card, saved) | {"heading": "h3"})


def page_card(card: PublicCard) -> SafeString:
    """Return the same for the card's own page, where the name is the page's heading."""
    return _drawn(shown(card) | {"heading": "h1"})


def shown(card: PublicCard, saved: PublicCard | None = None) -> dict[str, Any]:
    """Return every part of a card for the template, marked if `saved` has another value."""
    before = saved or card
    parts = {
        part: _marked(getattr(card, part), getattr(card, part) != getattr(before, part))
        for part in ("name", "initials")
    }
    takes = gettext("Not taking new clients")
    if card.takes_new_clients:
        takes = gettext("Taking new clients")
    return {
        **parts,
        "facts": [_marked(f, f != before.facts.get(name)) for name, f in card.facts.items()],
        "plain_name": card.name,
        "photo": addresses.photo_path(card.photo),
        "photo_differs": card.photo != before.photo,
        "seen": _seen(card, before),
        "takes": _marked(takes, card.takes_new_clients != before.takes_new_clients),
        "takes_new_clients": card.takes_new_clients,
        "description": _marked_html(card.description, before.description),
        "away": card.away,
        "lists": [facts for name in LISTS if (facts := _facts(name, card, before)).entries],
    }


def _drawn(context: dict[str, Any]) -> SafeString:
    return mark_safe(get_template("booking/card.html").render(context))  # noqa: S308


def _seen(card: PublicCard, before: PublicCard) -> SafeString:
    """Return a note that clients don't see this card, or that they will after a save."""
    if card.is_shown:
        return _marked("" if before.is_shown else gettext("Clients will see this card."), True)
    return _marked(gettext("Clients don’t see this card. It is hidden."), before.is_shown)


def _facts(name: str, card: PublicCard, before: PublicCard) -> Facts:
    saved = getattr(before, name)
    entries = [_marked(entry, entry not in saved) for entry in getattr(card, name)]
    return Facts(str(LISTS[name]), entries)


def _marked(text: str, differs: bool) -> SafeString:
    written = escape(text)
    return mark_safe(f"<mark>{written}</mark>" if differs and text else written)  # noqa: S308


def _marked_html(html: str, before: str) -> SafeString:
    """Mark the blocks of clean HTML that weren't there before."""
    if html == before:
        return mark_safe(html)  # noqa: S308 (My Details cleans it)
    saved = {block.group() for block in _BLOCK.finditer(before)}

    def mark(block: re.Match[str]) -> str:
        tag, inner = block.groups()
        same = block.group() in saved or not inner.strip()
        return block.group() if same else f"<{tag}><mark>{inner}</mark></{tag}>"

    return mark_safe(_BLOCK.sub(mark, html))  # noqa: S308 (as above)
