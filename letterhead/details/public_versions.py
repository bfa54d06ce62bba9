"""At which versions a practice's public cards stand: one cheap statement decides what is cached."""

import datetime as dt

from django.db import connection
from django.utils import timezone

# practice, its version, practitioner, the versions of details, membership, card and photo
Versions = tuple[int, ...]

_SHOWN = """
SELECT r.id, r.version, p.id, p.version, m.version, c.version, f.version
FROM practices_practice r
JOIN details_practitioner p ON p.practice_id = r.id
JOIN practices_membership m ON m.id = p.membership_id AND m.show_on_calendar
    AND (m.ends_at IS NULL OR m.ends_at > %s)
JOIN details_card c ON c.practitioner_id = p.id AND c.is_shown
JOIN details_photo f ON f.practitioner_id = p.id
WHERE r.slug = %s
"""
_ONE = f"{_SHOWN} AND p.slug = %s"
_PRACTICE = "SELECT id, version, 0, 0, 0, 0, 0 FROM practices_practice WHERE slug = %s"
_ALL = f"{_PRACTICE} UNION ALL {_SHOWN}"


def versions_of_card(practice_slug: str, slug: str) -> Versions | None:
    """Give the versions of all that one public card shows; None where no such card is shown.

    Whatever changes a practice, a practitioner, a card or a photo moves its version; the end of a
    membership and *Show on Calendar* decide here whether there is a card at all.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ONE, [_now(), practice_slug, slug])
        return cursor.fetchone()


def versions_of_cards(practice_slug: str) -> tuple[Versions, ...]:
    """Give the versions of a practice and all its public cards; empty where there is no practice.

    The first row is the practice's own.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ALL, [practice_slug, _now(), practice_slug])
        return tuple(sorted(cursor.fetchall(), key=lambda row: row[2]))


def _now() -> dt.datetime | str | None:
    """Give this instant as the database keeps instants."""
    return connection.ops.adapt_datetimefield_value(timezone.now())
