"""What day it is where a practice is."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.utils import timezone

from letterhead.practices.models import Practice


def today_in(practice: Practice, now: dt.datetime | None = None) -> dt.date:
    """Give the day that an aware instant, or this one, is on in the practice's time zone."""
    return (now or timezone.now()).astimezone(ZoneInfo(practice.time_zone)).date()
