"""Where public things are, as paths and, for what leaves the building, as whole addresses."""

from django.conf import settings
from django.urls import reverse

from letterhead.booking.public_practice import PublicPractice
from letterhead.details.public_card import PublicCard


def whole(path: str) -> str:
    """Give the address of a path as others reach it, never taken from a request."""
    return f"{settings.BASE_URL}{path}"


def practice_path(practice: PublicPractice) -> str:
    """Give where a practice's public page is."""
    return reverse("book", args=[practice.slug])


def card_path(practice: PublicPractice, card: PublicCard) -> str:
    """Give where a clinician's public card is."""
    return reverse("book-clinician", args=[practice.slug, card.slug])


def vcard_path(practice: PublicPractice, card: PublicCard) -> str:
    """Give where a clinician's vCard is."""
    return reverse("book-vcard", args=[practice.slug, card.slug])


def logo_path(practice: PublicPractice) -> str:
    """Give where a practice's logo is for everyone, "" without one."""
    return reverse("book-logo", args=[practice.slug, practice.logo]) if practice.logo else ""


def photo_path(sha256: str) -> str:
    """Give where a photo is served, "" without one."""
    return reverse("photo", args=[sha256]) if sha256 else ""
