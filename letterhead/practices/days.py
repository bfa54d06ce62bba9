"""What day it is in a practice's time zone."""

import datetime as dt

from django.utils import timezone

from letterhead.practices.models import Practice


def today_in(practice: Practice, now: dt.datetime | None = None) -> dt.date:
    """Return the day in the practice's time zone, now or at an aware instant."""
    return (now or timezone.now()).astimezone(practice.zone).date()


def end_of_day_in(practice: Practice, day: dt.date) -> dt.datetime:
    """Return the instant (UTC) at which a day is over in the practice's time zone."""
    midnight = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), practice.zone)
    return midnight.astimezone(dt.UTC)
