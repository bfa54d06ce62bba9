"""What day it is where a practice is."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.utils import timezone

from letterhead.practices.models import Practice


def today_in(practice: Practice, now: dt.datetime | None = None) -> dt.date:
    """Give the day that an aware instant, or this one, is on in the practice's time zone."""
    return (now or timezone.now()).astimezone(ZoneInfo(practice.time_zone)).date()


def end_of_day_in(practice: Practice, day: dt.date) -> dt.datetime:
    """Give the instant at which a day is over in the practice's time zone, in UTC."""
    midnight = dt.datetime.combine(
        day + dt.timedelta(days=1), dt.time(), ZoneInfo(practice.time_zone)
    )
    return midnight.astimezone(dt.UTC)
