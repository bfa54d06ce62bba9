"""Days and times as the reader prefers them: `{% load dates %}`, then `{{ born|day }}`."""

from collections.abc import Callable
from typing import Any

from django import template

from letterhead.ui import dates

register = template.Library()


def _or_nothing(write: Callable[..., str]) -> Callable[[Any], str]:
    return lambda date: write(date) if date else ""


register.filter("day", _or_nothing(dates.day))
register.filter("short_day", _or_nothing(dates.short_day))
register.filter("weekday", _or_nothing(dates.weekday))
register.filter("time_of_day", _or_nothing(dates.time))
register.filter("moment", _or_nothing(dates.moment))
register.filter("near_day", _or_nothing(dates.near_day))
register.filter("iso_day", _or_nothing(dates.iso_day))
