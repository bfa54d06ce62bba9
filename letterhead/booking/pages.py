"""Public pages as bytes: made once for each state of their data and each language, then cached.

One statement reads the versions of practice, practitioner, card and photo, another one those of
services and diaries (`public_versions` of details and of scheduling). They are the key with the
language, so a page never needs to be invalidated, and every worker process can have its own cache.
A free time also passes by itself: until then a page is good (`kept.py`). vCard, JSON-LD and preview
picture have no texts of ours: names, addresses and what clinicians wrote are the same in every
language.
"""

import gzip
import hashlib
from dataclasses import dataclass
from functools import lru_cache, partial
from struct import unpack
from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from letterhead.booking import addresses, json_ld
from letterhead.booking.appearance import page_card
from letterhead.booking.framing import Sites
from letterhead.booking.kept import Kept, Made
from letterhead.booking.preview import Preview
from letterhead.booking.public_practice import PublicPractice
from letterhead.booking.queries import languages_of, public_side_of
from letterhead.booking.searching import Sought, found, selects
from letterhead.booking.shelf import Books, booking_at, by_kind
from letterhead.booking.vcard import vcard
from letterhead.booking.versions_of_times import versions_of_times
from letterhead.details.public_card import PublicCard
from letterhead.details.public_versions import Versions, versions_of_card, versions_of_cards
from letterhead.files.kept import read_file
from letterhead.practices.days import dates_of
from letterhead.texts.plain_text import first_lines
from letterhead.ui.languages import best_of, speaking

MOST_CACHED = 512  # about 10 kB each
_MOST_VCARDS = 64  # up to 100 kB each, with photo
_MOST_WIDE, _MOST_HIGH = 288, 80  # of a logo


class Gone(Exception):
    """There is no such public page, or it was hidden a moment ago."""


@dataclass(frozen=True)
class Page:
    """What is sent for one address, with its preview picture; `language` "" for a vCard."""

    body: bytes
    zipped: bytes
    etag: str
    is_listed: bool  # search engines can list it
    preview: Preview
    language: str = ""
    framed_by: Sites = ()


class Logo(NamedTuple):
    """A practice's logo at the size it is shown in, so that the page doesn't move when it loads."""

    url: str
    width: int
    height: int


@dataclass(frozen=True)
class Listed:
    """A clinician in the list on the practice's page."""

    card: PublicCard
    url: str
    photo: str
    next_free: str = ""

    @cached_property
    def first_lines(self) -> str:
        """The start of the description."""
        return first_lines(self.card.description)


_practice_pages: Kept[Page] = Kept(MOST_CACHED)
_clinician_pages: Kept[Page] = Kept(MOST_CACHED)


def page_of_practice(slug: str, *, accept_language: str, sought: Sought = ()) -> Page:
    """Return a practice's current page in the language the header asks for. Raises Gone.

    `sought` is what its clinicians are searched by.
    """
    versions = versions_of_cards(slug)
    if not versions:
        raise Gone
    times = versions_of_times(versions[0][0])
    language = language_for(slug, versions[0], accept_language)
    key = (slug, versions, times, language, sought)
    return _practice_pages.get(key, partial(_practice_page, slug, language, sought))


def page_of_clinician(practice_slug: str, slug: str, *, accept_language: str) -> Page:
    """Return a clinician's current page in the language the header asks for. Raises Gone."""
    versions = versions_of_card(practice_slug, slug)
    if versions is None:
        raise Gone
    times = versions_of_times(versions[0])
    language = language_for(practice_slug, versions, accept_language)
    key = (practice_slug, slug, versions, times, language)
    return _clinician_pages.get(key, partial(_clinician_page, practice_slug, slug, language))


def vcard_of_clinician(practice_slug: str, slug: str) -> Page:
    """Return a clinician's current vCard. Raises Gone."""
    versions = versions_of_card(practice_slug, slug)
    if versions is None:
        raise Gone
    return _vcard(practice_slug, slug, versions)


def language_for(practice_slug: str, versions: Versions, accept_language: str) -> str:
    """Return the language that a practice's pages are in for a browser. Raises Gone."""
    practice_id, version = versions[:2]
    return best_of(accept_language, _offered(practice_slug, practice_id, version))


@lru_cache(maxsize=MOST_CACHED)
def _offered(slug: str, practice_id: int, version: int) -> tuple[str, ...]:
    """The languages of a practice's pages, read again only when its version moves."""
    offered = languages_of(slug)
    if not offered:
        raise Gone
    return offered


def _practice_page(slug: str, language: str, sought: Sought) -> Made[Page]:
    practice, cards = _side_at(slug)
    books = booking_at(slug)
    preview = Preview(heading=practice.name, line=_city(practice), logo=practice.logo)
    path = addresses.practice_path(practice)
    image = _image(path, preview)
    # A practice is listed unless no clinician in it wants to be.
    is_listed = not cards or any(card.for_search_engines for card in cards)
    is_listed = is_listed and not sought
    frame = _frame(practice, path=path, image=image, is_listed=is_listed, books=books)
    with speaking(language), dates_of(books.practice):
        services = books.services()
        thing = json_ld.business(practice, cards, image=image, services=services)
        context = {
            "title": practice.name,
            "about": _about_practice(practice, cards),
            "json_ld": json_ld.as_script(thing),
            "clinicians": [
                _listed(practice, card, books) for card in found(books.practice, cards, sought)
            ],
            "selects": selects(books.practice, cards, sought),
            "sought": sought,
            **by_kind(services),
            "og_type": "website",
        }
        text = render_to_string("booking/practice.html", context | frame)
    return Made(as_page(text, preview, is_listed, language, books.sites), books.good_until)


def _clinician_page(practice_slug: str, slug: str, language: str) -> Made[Page]:
    practice, card = _card_at(practice_slug, slug)
    books = booking_at(practice_slug)
    preview = _preview_of(practice, card)
    path = addresses.card_path(practice, card)
    image = _image(path, preview)
    name = ", ".join(filter(None, (card.name, card.credentials)))
    is_listed = card.for_search_engines
    frame = _frame(practice, path=path, image=image, is_listed=is_listed, books=books)
    with speaking(language), dates_of(books.practice):
        who = _("%(name)s at %(practice)s.") % {"name": name, "practice": practice.name}
        context = {
            "title": f"{name} · {practice.name}",
            "about": first_lines(card.description) or who,
            "json_ld": json_ld.as_script(json_ld.person(practice, card, image=image)),
            "card": page_card(card),
            "vcard_url": addresses.vcard_path(practice, card),
            "next_free": books.next_free(slug),
            **by_kind(books.services(slug)),
            "og_type": "profile",
        }
        text = render_to_string("booking/clinician.html", context | frame)
    page = as_page(text, preview, card.for_search_engines, language, books.sites)
    return Made(page, books.good_until)


@lru_cache(maxsize=_MOST_VCARDS)
def _vcard(practice_slug: str, slug: str, versions: Versions) -> Page:
    practice, card = _card_at(practice_slug, slug)
    with speaking("en-US"):
        text = vcard(practice, card, photo=read_file(card.photo) or b"")
    return as_page(text, _preview_of(practice, card), card.for_search_engines)


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


def _frame(
    practice: PublicPractice, *, path: str, image: str, is_listed: bool, books: Books
) -> dict[str, Any]:
    return {
        "practice": practice,
        "practice_url": addresses.practice_path(practice),
        "logo": shown_logo(practice),
        "canonical": addresses.whole(path),
        "image": image,
        "is_listed": is_listed,
        "framed_by": books.sites,
    }


def shown_logo(practice: PublicPractice) -> Logo | None:
    """Return the logo, scaled to fit; None if its file is lost."""
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
    facts = {"practice": practice.name, "city": _city(practice), "names": names}
    if facts["city"] and names:
        about = _("%(practice)s in %(city)s: %(names)s.")
    elif facts["city"]:
        about = _("%(practice)s in %(city)s.")
    elif names:
        about = _("%(practice)s: %(names)s.")
    else:
        about = "%(practice)s."
    return (about % facts)[:300]


def _listed(practice: PublicPractice, card: PublicCard, books: Books) -> Listed:
    photo = addresses.photo_path(card.small_photo)
    return Listed(card, addresses.card_path(practice, card), photo, books.next_free(card.slug))


def as_page(
    text: str, preview: Preview, is_listed: bool, language: str = "", framed_by: Sites = ()
) -> Page:
    """Return a page as it is sent."""
    body = text.encode()
    etag = f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'  # weak: the same for zipped and plain
    return Page(body, gzip.compress(body, mtime=0), etag, is_listed, preview, language, framed_by)
