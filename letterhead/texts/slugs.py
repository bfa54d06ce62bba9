"""Slugs: the last parts of the addresses of public pages. One that was ever used stays its owner's.

Each kind of page has a table `ever` of the slugs its owners have or had, each once: its unique
constraint decides who gets one, also between two who ask at once.
"""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import IntegrityError, models, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from letterhead.texts.claim_letters import fold

Row = TypeVar("Row", bound=models.Model)
LONGEST = 60
_WELL_FORMED = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# Words that are addresses below /book/ or may become one; pictures there begin with the first two.
_RESERVED = re.compile(
    r"(logo|preview)(-.*)?|book|booked|calendar|cancel|clinicians|embed|feed|new|practices"
    r"|reschedule|robots|search|services|sitemap|waiting-list"
)
# Han has several readings, and Arabic or Hebrew writes no vowels: nothing is guessed of those.
_ALPHABETS = ("ARMENIAN", "CYRILLIC", "GEORGIAN", "GREEK", "HANGUL", "HIRAGANA", "KATAKANA")


class SlugTaken(Exception):
    """This slug is or was someone else's."""


def slug_error(slug: str) -> str:
    """Return why a typed slug can't be part of an address and what to do; "" if it can."""
    if not _WELL_FORMED.fullmatch(slug):
        text = _(
            "Use the letters a to z, numbers, and single hyphens between them, like %(example)s."
        )
        return text % {"example": _made_of(slug) or "riverside-nutrition"}
    if _RESERVED.fullmatch(slug):
        return _("This word is reserved for other pages. Add something to it, or choose another.")
    return ""


def free_slug(name: str, *, ever: models.Manager, otherwise: str) -> str:
    """Return a slug made from a name that nobody has or had.

    `otherwise` stands in for a name of which no Latin letter or digit can be made, and before a
    reserved word.
    """
    wanted = _made_of(name) or otherwise
    if _RESERVED.fullmatch(wanted):
        wanted = f"{otherwise}-{wanted}"
    taken = set(ever.filter(slug__startswith=wanted).values_list("slug", flat=True))
    numbered = (f"{wanted}-{n}" for n in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(slug for slug in numbered if slug not in taken)


def create_with_slug(
    among: models.QuerySet[Row],
    called: str,
    /,
    *,
    ever: models.Manager,
    otherwise: str,
    **columns: Any,
) -> Row:
    """Create a row with a free slug of its own; where someone takes it first, with the next one."""
    while True:
        slug = free_slug(called, ever=ever, otherwise=otherwise)
        try:
            with transaction.atomic():
                row = among.create(slug=slug, **columns)
                ever.create(slug=slug, owner=row)
                return row
        except IntegrityError:
            if not ever.filter(slug=slug).exists():
                raise


@contextmanager
def claiming_slug(slug: str, *, ever: models.Manager, owner: models.Model) -> Iterator[None]:
    """Make a slug the owner's for ever, within this: its row's change. Raises SlugTaken.

    The row first, then `ever`, as `create_with_slug` does: two that ask at once wait for each
    other in one order, and never both.
    """
    try:
        with transaction.atomic():
            yield
            claimed, _is_new = ever.get_or_create(slug=slug, defaults={"owner": owner})
            if claimed.owner_id != owner.pk:
                raise SlugTaken
    except IntegrityError as taken:
        raise SlugTaken from taken


def _made_of(name: str) -> str:
    latin = name if name.isascii() else "".join(map(_in_latin, unicodedata.normalize("NFC", name)))
    return slugify(fold(latin).replace("_", "-"))[:50].strip("-")


def _in_latin(letter: str) -> str:
    """Return a letter of an alphabet that says how it sounds in Latin ones; others as they are."""
    if not unicodedata.name(letter, "").startswith(_ALPHABETS):
        return letter
    from anyascii import anyascii  # read late: 20 ms

    return anyascii(letter)
