"""The versions of everything that a practice's free times hang on: one cheap statement."""

import datetime as dt

from django.db import connection
from django.db.models import Min
from django.utils import timezone

from letterhead.scheduling.models import Attendee

Versions = tuple[tuple[int, int], ...]

# The practice's services and rules are 0, a clinician's diary is its id, a location minus its id.
_OF_TIMES = """
SELECT 0, version FROM scheduling_practicerules WHERE practice_id = %s
UNION ALL
SELECT d.practitioner_id, d.version FROM scheduling_diary d
JOIN details_practitioner p ON p.id = d.practitioner_id WHERE p.practice_id = %s
UNION ALL
SELECT -id, version FROM practices_location WHERE practice_id = %s
"""


def versions_of_times(practice: int) -> Versions:
    """Return the versions of a practice's services, rules, locations, and clinicians' diaries."""
    with connection.cursor() as cursor:
        cursor.execute(_OF_TIMES, [practice] * 3)
        return tuple(sorted(cursor.fetchall()))


def next_lapse(practice: int) -> dt.datetime | None:
    """Return when the next time that is held is free again, if nobody books it until then."""
    held = Attendee.objects.filter(appointment__practice=practice, held_until__gt=timezone.now())
    found: dt.datetime | None = held.aggregate(next=Min("held_until"))["next"]
    return found
