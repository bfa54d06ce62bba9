"""Addresses of public pages, made of a name."""

from django.db import models
from django.utils.text import slugify


def free_slug(name: str, *, among: models.QuerySet, otherwise: str) -> str:
    """Return an address made from a name that none of the rows has yet.

    `otherwise` stands in for a name without Latin letters and digits.
    """
    wanted = slugify(name)[:50] or otherwise
    taken = set(among.filter(slug__startswith=wanted).values_list("slug", flat=True))
    numbered = (f"{wanted}-{n}" for n in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(slug for slug in numbered if slug not in taken)
