"""The versions of a practice's public cards: one cheap statement decides what is still cached."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection
from django.utils import timezone

# practice, its version, practitioner, the versions of details, membership, card and photo, whether
# they are away, the version of the public colleague they then name
Versions = tuple[int, ...]

_PUBLIC = """
SELECT r.id, r.version, p.id, p.version, m.version, c.version, f.version,
    CASE WHEN cc.practitioner_id IS NULL THEN 0 ELSE cp.version END,
    m.away_from, m.away_until, r.time_zone
FROM practices_practice r
JOIN details_practitioner p ON p.practice_id = r.id
JOIN practices_membership m ON m.id = p.membership_id AND m.show_on_calendar
    AND (m.ends_at IS NULL OR m.ends_at > %s)
JOIN details_card c ON c.practitioner_id = p.id AND c.is_shown
JOIN details_photo f ON f.practitioner_id = p.id
LEFT JOIN practices_membership cm ON cm.id = m.away_colleague_id AND cm.show_on_calendar
    AND (cm.ends_at IS NULL OR cm.ends_at > %s)
LEFT JOIN details_practitioner cp ON cp.membership_id = cm.id
LEFT JOIN details_card cc ON cc.practitioner_id = cp.id AND cc.is_shown
WHERE r.slug = %s
"""
_ONE = f"{_PUBLIC} AND p.slug = %s"
_PRACTICE = """
SELECT id, version, 0, 0, 0, 0, 0, 0, NULL, NULL, time_zone FROM practices_practice WHERE slug = %s
"""
_ALL = f"{_PRACTICE} UNION ALL {_PUBLIC}"


def versions_of_card(practice_slug: str, slug: str) -> Versions | None:
    """Return the versions of everything on one public card; None if the public sees no such card.

    Every change of a practice, a practitioner, a card or a photo raises its version; the end of a
    membership and *Show on Calendar* decide here whether there is a card at all. So does the day,
    in the practice's time zone, on which someone is away or back.
    """
    now = _now()
    with connection.cursor() as cursor:
        cursor.execute(_ONE, [now, now, practice_slug, slug])
        found = cursor.fetchone()
    return _today(found) if found else None


def versions_of_cards(practice_slug: str) -> tuple[Versions, ...]:
    """Return the versions of a practice and all its public cards; empty without a practice.

    The first row is the practice's own.
    """
    now = _now()
    with connection.cursor() as cursor:
        cursor.execute(_ALL, [practice_slug, now, now, practice_slug])
        return tuple(sorted(map(_today, cursor.fetchall()), key=lambda row: row[2]))


def _today(row: tuple[Any, ...]) -> Versions:
    """Return a row with whether its clinician is away today instead of from when until when."""
    *versions, away_from, away_until, zone = row
    if away_from is None:
        return (*versions, 0)
    today = timezone.now().astimezone(ZoneInfo(zone)).date().isoformat()
    return (*versions, int(str(away_from) <= today <= str(away_until)))


def _now() -> dt.datetime | str | None:
    """Return this instant as the database stores instants."""
    return connection.ops.adapt_datetimefield_value(timezone.now())
