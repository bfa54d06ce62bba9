"""What the page Availability shows of a clinician, read in a constant number of statements."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from letterhead.places.choices import zone_label
from letterhead.practices.days import today_in
from letterhead.practices.models import Membership
from letterhead.practices.queries import all_locations_in
from letterhead.practices.roles import Act, may
from letterhead.scheduling.availability.queries import (
    MOST_OUTSIDE,
    colleagues_on_holidays,
    outside_hours,
    times_off_of,
)
from letterhead.scheduling.availability.week import (
    hours_in_words,
    next_days,
    off_in_words,
    row_in_words,
    weekly_at,
)
from letterhead.scheduling.models import Hours, TimeOff
from letterhead.scheduling.offered import diary_of, practice_rules_of, rules_in_words
from letterhead.scheduling.timetables import timetable_of

_AHEAD = dt.timedelta(days=366)


def page_of(member: Membership, clinician: Any) -> dict[str, Any]:
    """Return what the page shows a member of a clinician whose calendar they see."""
    practice = member.practice
    today = today_in(practice)
    locations = list(all_locations_in(practice))
    table = timetable_of(practice, [clinician.pk], first=today, last=today + _AHEAD)
    rows = _with_locations(table.hours[clinician.pk], locations)
    times_off = times_off_of(clinician, today=today)
    decides_for_all = may(member, Act.CHANGE_ALL_AVAILABILITY)
    outside = outside_hours(table, clinician, locations=locations)
    if decides_for_all:
        holidays = [each for each in times_off if each.practitioner_id is None]
        outside += colleagues_on_holidays(practice, holidays, apart_from=clinician)
    begins = member.preferences.week_starts_on
    return {
        "weekly": weekly_at(rows, locations, begins=begins, today=today),
        "exceptions": sorted(
            (row for row in rows if row.day and row.day >= today),
            key=lambda row: (row.day, row.starts),
        ),
        "times_off": [_shown_off(each, decides_for_all) for each in times_off],
        "rules": rules_in_words(diary_of(clinician.pk), practice_rules_of(practice)),
        "days": next_days(table, clinician, locations),
        "outside": outside[:MOST_OUTSIDE],
        "zone": zone_label(practice.time_zone),
        "practice_zone": practice.zone,
        "may_change": decides_for_all
        or (may(member, Act.CHANGE_OWN_AVAILABILITY) and clinician.membership_id == member.pk),
    }


def _with_locations(rows: Iterable[Hours], locations: list[Any]) -> list[Hours]:
    """Return hours with their locations and words, without a statement for each."""
    where = {location.pk: location for location in locations}
    found = list(rows)
    for row in found:
        row.location = where.get(row.location_id or 0)
        _say(row, words=hours_in_words(row), whole=row_in_words(row))
        _say(row, edit_id=f"edit-hours-{row.pk}", remove_id=f"remove-hours-{row.pk}")
    return found


def _shown_off(off: TimeOff, decides_for_all: bool) -> TimeOff:
    may_remove = bool(off.practitioner_id) or decides_for_all
    _say(off, words=off_in_words(off), may_remove=may_remove, remove_id=f"remove-time-off-{off.pk}")
    return off


def _say(row: Hours | TimeOff, **words: Any) -> None:
    """Give a row what the page says of it."""
    for name, text in words.items():
        setattr(row, name, text)
