"""Addresses of public pages, made of a name."""

from typing import Any, TypeVar

from django.db import IntegrityError, models, transaction
from django.utils.text import slugify

from letterhead.texts.claim_letters import fold

Row = TypeVar("Row", bound=models.Model)


def free_slug(name: str, *, among: models.QuerySet, otherwise: str) -> str:
    """Return an address made from a name that none of the rows has yet.

    `otherwise` stands in for a name without Latin letters and digits.
    """
    wanted = slugify(fold(name))[:50].strip("-") or otherwise
    taken = set(among.filter(slug__startswith=wanted).values_list("slug", flat=True))
    numbered = (f"{wanted}-{n}" for n in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(slug for slug in numbered if slug not in taken)


def create_with_slug(
    among: models.QuerySet[Row], called: str, /, *, otherwise: str, **columns: Any
) -> Row:
    """Create a row with a free address; where someone takes it first, with the next one."""
    while True:
        slug = free_slug(called, among=among, otherwise=otherwise)
        try:
            with transaction.atomic():
                return among.create(slug=slug, **columns)
        except IntegrityError:
            if not among.filter(slug=slug).exists():
                raise
