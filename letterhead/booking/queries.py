"""What the public may see of a practice, read anew when a version moved."""

from letterhead.booking.public_practice import PublicPractice, public_practice_of
from letterhead.details.public_card import PublicCard
from letterhead.details.queries import public_cards_in
from letterhead.practices.queries import practice_with_slug


def public_side_of(slug: str) -> tuple[PublicPractice, list[PublicCard]] | None:
    """Give the practice at a public address with its clinicians' cards in their order, or None."""
    practice = practice_with_slug(slug)
    return (public_practice_of(practice), public_cards_in(practice)) if practice else None


def logo_of(slug: str) -> str:
    """Give the SHA-256 of the logo of the practice at a public address, "" without one."""
    practice = practice_with_slug(slug)
    return practice.logo_sha256 if practice else ""
