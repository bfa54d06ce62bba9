"""The versions of a practice's public cards: one cheap statement decides what is still cached."""

import datetime as dt

from django.db import connection
from django.utils import timezone

# practice, its version, practitioner, the versions of details, membership, card and photo
Versions = tuple[int, ...]

_PUBLIC = """
SELECT r.id, r.version, p.id, p.version, m.version, c.version, f.version
FROM practices_practice r
JOIN details_practitioner p ON p.practice_id = r.id
JOIN practices_membership m ON m.id = p.membership_id AND m.show_on_calendar
    AND (m.ends_at IS NULL OR m.ends_at > %s)
JOIN details_card c ON c.practitioner_id = p.id AND c.is_shown
JOIN details_photo f ON f.practitioner_id = p.id
WHERE r.slug = %s
"""
_ONE = f"{_PUBLIC} AND p.slug = %s"
_PRACTICE = "SELECT id, version, 0, 0, 0, 0, 0 FROM practices_practice WHERE slug = %s"
_ALL = f"{_PRACTICE} UNION ALL {_PUBLIC}"


def versions_of_card(practice_slug: str, slug: str) -> Versions | None:
    """Return the versions of everything on one public card; None if the public sees no such card.

    Every change of a practice, a practitioner, a card or a photo raises its version; the end of a
    membership and *Show on Calendar* decide here whether there is a card at all.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ONE, [_now(), practice_slug, slug])
        return cursor.fetchone()


def versions_of_cards(practice_slug: str) -> tuple[Versions, ...]:
    """Return the versions of a practice and all its public cards; empty without a practice.

    The first row is the practice's own.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ALL, [practice_slug, _now(), practice_slug])
        return tuple(sorted(cursor.fetchall(), key=lambda row: row[2]))


def _now() -> dt.datetime | str | None:
    """Return this instant as the database stores instants."""
    return connection.ops.adapt_datetimefield_value(timezone.now())
