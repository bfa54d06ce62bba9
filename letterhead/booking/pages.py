"""Public pages as bytes: made once for each state of what they show, kept in a small memory.

One statement reads the versions of practice, practitioner, card and photo (`public_versions`). They
are the key: a page made for them is right for as long as they stand, so nothing is ever thrown away
by hand and every worker process may keep its own.
"""

import gzip
import hashlib
from dataclasses import dataclass
from functools import lru_cache
from struct import unpack
from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.utils.functional import cached_property

from letterhead.booking import addresses, json_ld
from letterhead.booking.appearance import page_card
from letterhead.booking.preview import Preview
from letterhead.booking.public_practice import PublicPractice
from letterhead.booking.queries import public_side_of
from letterhead.booking.vcard import vcard
from letterhead.booking.words import first_lines
from letterhead.details.public_card import PublicCard
from letterhead.details.public_versions import Versions, versions_of_card, versions_of_cards
from letterhead.files.kept import read_file

MOST_KEPT = 512  # of some 10 kB each
_MOST_VCARDS = 64  # of up to 100 kB, with their photo
_MOST_WIDE, _MOST_HIGH = 288, 80  # of a logo


class Gone(Exception):
    """It was shown when its versions were read, and isn't any more."""


@dataclass(frozen=True)
class Page:
    """What is sent for one address, and the picture that goes with it."""

    body: bytes
    zipped: bytes
    etag: str
    is_listed: bool  # search engines may list it
    preview: Preview


class Logo(NamedTuple):
    """A practice's logo on its pages, at the size it is shown in: nothing moves when it arrives."""

    url: str
    width: int
    height: int


@dataclass(frozen=True)
class Listed:
    """A clinician on the practice's page."""

    card: PublicCard
    url: str
    photo: str

    @cached_property
    def first_lines(self) -> str:
        """The description's beginning."""
        return first_lines(self.card.description)


def page_of_practice(slug: str) -> Page:
    """Give a practice's page as of now. Raises Gone where there is no such practice."""
    versions = versions_of_cards(slug)
    if not versions:
        raise Gone
    return _practice_page(slug, versions)


def page_of_clinician(practice_slug: str, slug: str) -> Page:
    """Give a clinician's page as of now. Raises Gone where no such card is shown."""
    versions = versions_of_card(practice_slug, slug)
    if versions is None:
        raise Gone
    return _clinician_page(practice_slug, slug, versions)


def vcard_of_clinician(practice_slug: str, slug: str) -> Page:
    """Give a clinician's vCard as of now. Raises Gone where no such card is shown."""
    versions = versions_of_card(practice_slug, slug)
    if versions is None:
        raise Gone
    return _vcard(practice_slug, slug, versions)


@lru_cache(maxsize=MOST_KEPT)
def _practice_page(slug: str, versions: tuple[Versions, ...]) -> Page:
    practice, cards = _side_at(slug)
    preview = Preview(heading=practice.name, line=_city(practice), logo=practice.logo)
    path = addresses.practice_path(practice)
    image = _image(path, preview)
    # A practice is listed unless nobody in it wants to be.
    is_listed = not cards or any(card.for_search_engines for card in cards)
    context = {
        "title": practice.name,
        "about": _about_practice(practice, cards),
        "json_ld": json_ld.as_script(json_ld.business(practice, cards, image=image)),
        "clinicians": [_listed(practice, card) for card in cards],
        "og_type": "website",
    }
    frame = _frame(practice, path=path, image=image, is_listed=is_listed)
    return _page("booking/practice.html", context | frame, preview, is_listed)


@lru_cache(maxsize=MOST_KEPT)
def _clinician_page(practice_slug: str, slug: str, versions: Versions) -> Page:
    practice, card = _card_at(practice_slug, slug)
    preview = _preview_of(practice, card)
    path = addresses.card_path(practice, card)
    image = _image(path, preview)
    name = ", ".join(filter(None, (card.name, card.credentials)))
    context = {
        "title": f"{name} · {practice.name}",
        "about": first_lines(card.description) or f"{name} at {practice.name}.",
        "json_ld": json_ld.as_script(json_ld.person(practice, card, image=image)),
        "card": page_card(card),
        "vcard_url": addresses.vcard_path(practice, card),
        "og_type": "profile",
    }
    frame = _frame(practice, path=path, image=image, is_listed=card.for_search_engines)
    return _page("booking/clinician.html", context | frame, preview, card.for_search_engines)


@lru_cache(maxsize=_MOST_VCARDS)
def _vcard(practice_slug: str, slug: str, versions: Versions) -> Page:
    practice, card = _card_at(practice_slug, slug)
    text = vcard(practice, card, photo=read_file(card.photo) or b"")
    return _as_page(text, _preview_of(practice, card), card.for_search_engines)


def _side_at(slug: str) -> tuple[PublicPractice, list[PublicCard]]:
    side = public_side_of(slug)
    if side is None:
        raise Gone
    return side


def _card_at(practice_slug: str, slug: str) -> tuple[PublicPractice, PublicCard]:
    practice, cards = _side_at(practice_slug)
    for card in cards:
        if card.slug == slug:
            return practice, card
    raise Gone


def _preview_of(practice: PublicPractice, card: PublicCard) -> Preview:
    return Preview(
        heading=card.name,
        line=card.credentials,
        practice=practice.name,
        initials=card.initials,
        photo=card.photo,
        logo=practice.logo,
    )


def _frame(practice: PublicPractice, *, path: str, image: str, is_listed: bool) -> dict[str, Any]:
    return {
        "practice": practice,
        "practice_url": addresses.practice_path(practice),
        "logo": _logo(practice),
        "canonical": addresses.whole(path),
        "image": image,
        "is_listed": is_listed,
    }


def _logo(practice: PublicPractice) -> Logo | None:
    """Give the logo scaled into its place; one that is lost is left out."""
    png = read_file(practice.logo) if practice.logo else None
    if png is None:
        return None
    width, height = unpack(">II", png[16:24])  # a PNG's header
    scale = min(1, _MOST_WIDE / width, _MOST_HIGH / height)
    return Logo(addresses.logo_path(practice), round(width * scale), round(height * scale))


def _image(path: str, preview: Preview) -> str:
    return addresses.whole(f"{path}preview-{preview.name}.png")


def _city(practice: PublicPractice) -> str:
    return ", ".join(filter(None, (practice.address.city, practice.address.state)))


def _about_practice(practice: PublicPractice, cards: list[PublicCard]) -> str:
    names = ", ".join(card.name for card in cards if card.for_search_engines)
    where = f" in {_city(practice)}" if _city(practice) else ""
    return f"{practice.name}{where}{f': {names}' if names else ''}."[:300]


def _listed(practice: PublicPractice, card: PublicCard) -> Listed:
    photo = addresses.photo_path(card.small_photo)
    return Listed(card, addresses.card_path(practice, card), photo)


def _page(template: str, context: dict[str, Any], preview: Preview, is_listed: bool) -> Page:
    return _as_page(render_to_string(template, context), preview, is_listed)


def _as_page(text: str, preview: Preview, is_listed: bool) -> Page:
    body = text.encode()
    etag = f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'  # weak: zipped or not, it says the same
    return Page(body, gzip.compress(body, mtime=0), etag, is_listed, preview)
