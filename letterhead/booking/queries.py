"""What the public can see of a practice; read again when a version moved."""

from letterhead.booking.public_practice import PublicPractice, public_practice_of
from letterhead.details.public_card import PublicCard
from letterhead.details.queries import (
    had_public_card_at,
    public_cards_in,
    public_slug_ever_at,
)
from letterhead.practices.preferred import offered_languages
from letterhead.practices.queries import practice_ever_at, practice_with_slug
from letterhead.scheduling.models import PracticeRules

Sites = tuple[str, ...]


def public_side_of(slug: str) -> tuple[PublicPractice, list[PublicCard]] | None:
    """Return the practice at a public address and its clinicians' cards in their order, or None."""
    practice = practice_with_slug(slug)
    return (public_practice_of(practice), public_cards_in(practice)) if practice else None


def moved_to(slugs: dict[str, str]) -> dict[str, str] | None:
    """Return the slugs now of what was at an address; None if nothing of it moved.

    `slugs` has `practice` and can have `clinician`. Where a hidden clinician's card is now stays
    hidden too.
    """
    practice = practice_ever_at(slugs["practice"])
    if practice is None:
        return None
    now = {**slugs, "practice": practice.slug}
    if "clinician" in slugs:
        before = slugs["clinician"]
        now["clinician"] = public_slug_ever_at(practice, before) or before
    return now if now != slugs else None


def left_for(slugs: dict[str, str]) -> str:
    """Return the slug of the practice whose clinician at an address has left; "" otherwise."""
    practice = practice_with_slug(slugs["practice"])
    if practice and had_public_card_at(practice, slugs.get("clinician", "")):
        return practice.slug
    return ""


def languages_of(slug: str) -> tuple[str, ...]:
    """Return the languages that a practice's public pages come in; empty if there is none."""
    practice = practice_with_slug(slug)
    if practice is None:
        return ()
    return offered_languages(practice.practice_way)


def logo_of(slug: str) -> str:
    """Return the SHA-256 of the logo of the practice at a public address, "" without one."""
    practice = practice_with_slug(slug)
    return practice.logo_sha256 if practice else ""


def sites_of(practice: int) -> Sites:
    """Return the origins of the sites that show a practice's scheduler in a frame."""
    found = PracticeRules.objects.filter(pk=practice).values_list("embedded_by", flat=True).first()
    return tuple(found or ())
