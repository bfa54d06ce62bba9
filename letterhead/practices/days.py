"""What day it is in a practice's time zone, and how clients and members read days and times."""

import datetime as dt
from contextlib import AbstractContextManager

from django.utils import timezone

from letterhead.practices.models import Membership, Practice
from letterhead.practices.preferred import Weekday
from letterhead.ui.dates import Way, written


def today_in(practice: Practice, now: dt.datetime | None = None) -> dt.date:
    """Return the day in the practice's time zone, now or at an aware instant."""
    return (now or timezone.now()).astimezone(practice.zone).date()


def end_of_day_in(practice: Practice, day: dt.date) -> dt.datetime:
    """Return the instant (UTC) at which a day is over in the practice's time zone."""
    midnight = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), practice.zone)
    return midnight.astimezone(dt.UTC)


def way_of(practice: Practice) -> Way:
    """Return how a practice's clients read days and times: as in its country, by its clock."""
    way = practice.practice_way
    first = Weekday(way.week_starts_on)
    return Way(practice.time_zone, way.date_style, way.time_style, first.number)


def way_of_member(member: Membership) -> Way:
    """Return how a member reads days and times, by their own clock."""
    way = member.preferences
    first = Weekday(way.week_starts_on)
    return Way(way.time_zone, way.date_style, way.time_style, first.number)


def dates_of(practice: Practice) -> AbstractContextManager[None]:
    """Write days and times as a practice's clients read them until the block ends."""
    way = way_of(practice)
    return written(way.date_style, way.time_style)
