"""Practice and clinician in schema.org's terms, for search engines. Pure."""

import json
from collections.abc import Iterable
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from letterhead.booking import addresses
from letterhead.booking.public_practice import PublicPractice
from letterhead.booking.shelf import Listed
from letterhead.details.public_card import PublicCard
from letterhead.places.addresses import street_of
from letterhead.texts.plain_text import plain_text

_ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}
Thing = dict[str, Any]


def person(practice: PublicPractice, card: PublicCard, *, image: str) -> Thing:
    """Return a clinician's page as a Person who works for the practice.

    `image` is for clinicians without a photo.
    """
    photo = addresses.photo_path(card.photo)
    return {
        "@context": "https://schema.org",
        **_person(practice, card),
        "image": addresses.whole(photo) if photo else image,
        "description": plain_text(card.description),
        "knowsAbout": [*card.specialties, *card.approaches],
        "worksFor": _business(practice),
    }


def business(
    practice: PublicPractice,
    cards: list[PublicCard],
    *,
    image: str,
    services: Iterable[Listed] = (),
) -> Thing:
    """Return a practice's page as a MedicalBusiness with its people and what can be booked."""
    listed = [card for card in cards if card.for_search_engines]
    return {
        "@context": "https://schema.org",
        **_business(practice),
        "image": image,
        "employee": [_person(practice, card) for card in listed],
        "makesOffer": [_offer(each) for each in services],
    }


def as_script(thing: Thing) -> SafeString:
    """Return it for a page's `<script>`; nothing in it can end the element."""
    text = json.dumps(_filled(thing), ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.translate(_ESCAPES))  # noqa: S308 (escaped just now)


def _person(practice: PublicPractice, card: PublicCard) -> Thing:
    address = addresses.whole(addresses.card_path(practice, card))
    return {
        "@type": "Person",
        "@id": f"{address}#person",
        "name": card.name,
        "honorificPrefix": card.title,
        "givenName": card.first_name,
        "additionalName": card.middle_name,
        "familyName": card.last_name,
        "honorificSuffix": ", ".join(filter(None, (card.suffix, card.credentials))),
        "url": address,
        "knowsLanguage": list(card.languages),
    }


def _offer(service: Listed) -> Thing:
    return {
        "@type": "Offer",
        "url": addresses.whole(service.url),
        "itemOffered": {"@type": "Service", "name": service.name},
    }


def _business(practice: PublicPractice) -> Thing:
    address = addresses.whole(addresses.practice_path(practice))
    logo = addresses.logo_path(practice)
    at = practice.address
    place = {
        "streetAddress": street_of(at),
        "addressLocality": at.city,
        "addressRegion": at.state,
        "postalCode": at.postal_code,
    }
    return {
        "@type": "MedicalBusiness",
        "@id": f"{address}#practice",
        "name": practice.name,
        "url": address,
        "sameAs": practice.website,
        "telephone": practice.phone,
        "logo": addresses.whole(logo) if logo else "",
        "address": {"@type": "PostalAddress", **place, "addressCountry": at.country}
        if any(place.values())
        else {},
    }


def _filled(thing: Thing) -> Thing:
    """Return a thing without empty values, at every level."""
    inner = {k: _filled(v) if isinstance(v, dict) else v for k, v in thing.items()}
    lists = {
        k: [_filled(each) if isinstance(each, dict) else each for each in v]
        if isinstance(v, list)
        else v
        for k, v in inner.items()
    }
    return {k: v for k, v in lists.items() if v}
