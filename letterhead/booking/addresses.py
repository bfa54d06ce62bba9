"""Paths of public pages and files, and complete URLs for what other sites see."""

from django.conf import settings
from django.urls import reverse

from letterhead.booking.public_practice import PublicPractice
from letterhead.details.public_card import PublicCard


def whole(path: str) -> str:
    """Return the complete URL of a path, from the settings and never from a request."""
    return f"{settings.BASE_URL}{path}"


def practice_path(practice: PublicPractice) -> str:
    """Return the path of a practice's public page."""
    return reverse("book", args=[practice.slug])


def card_path(practice: PublicPractice, card: PublicCard) -> str:
    """Return the path of a clinician's public card."""
    return reverse("book-clinician", args=[practice.slug, card.slug])


def vcard_path(practice: PublicPractice, card: PublicCard) -> str:
    """Return the path of a clinician's vCard."""
    return reverse("book-vcard", args=[practice.slug, card.slug])


def logo_path(practice: PublicPractice) -> str:
    """Return the public path of a practice's logo, "" without one."""
    return reverse("book-logo", args=[practice.slug, practice.logo]) if practice.logo else ""


def photo_path(sha256: str) -> str:
    """Return the path of a photo, "" without one."""
    return reverse("photo", args=[sha256]) if sha256 else ""
