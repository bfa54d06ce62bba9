"""The days of a series, as RRULEs of RFC 5545 give them. Pure.

A rule names its number of days (COUNT), never a last day: so a series that goes on as another one
only counts fewer.
"""

import datetime as dt
import re
from collections.abc import Mapping, Sequence

from django.db.models import TextChoices
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

Times = Mapping[dt.date, dt.datetime | None]  # None: the clock skips the time on that day
MOST = 200
LONGEST = dt.timedelta(days=2 * 366)
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_COUNT = re.compile(r";COUNT=(\d+)")


class Repeats(TextChoices):
    """How often an appointment repeats."""

    DAY = "FREQ=DAILY", _("Every day")
    WEEK = "FREQ=WEEKLY", _("Every week")
    TWO_WEEKS = "FREQ=WEEKLY;INTERVAL=2", _("Every 2 weeks")
    FOUR_WEEKS = "FREQ=WEEKLY;INTERVAL=4", _("Every 4 weeks")
    MONTH_BY_WEEKDAY = "FREQ=MONTHLY;BYDAY", _("Every month, same weekday")
    MONTH_BY_DAY = "FREQ=MONTHLY;BYMONTHDAY", _("Every month, same day")


_STEP = {Repeats.DAY: 1, Repeats.WEEK: 7, Repeats.TWO_WEEKS: 14, Repeats.FOUR_WEEKS: 28}


def rule_for(repeats: Repeats, day: dt.date, count: int) -> str:
    """Return the rule of a series that has this day among its `count` days.

    The fifth weekday of a month means its last one. A month without the day is left out
    (RFC 5545 3.3.10).
    """
    rule = str(repeats.value)
    if repeats == Repeats.MONTH_BY_WEEKDAY:
        nth = (day.day - 1) // 7 + 1
        rule += f"={nth if nth < 5 else -1}{_DAYS[day.weekday()]}"
    elif repeats == Repeats.MONTH_BY_DAY:
        rule += f"={day.day}"
    return f"{rule};COUNT={count}"


def repeats_of(rule: str) -> Repeats:
    """Return how often a rule repeats."""
    return Repeats(re.sub(r"(BY\w+)=.*", r"\1", _COUNT.sub("", rule)))


def count_of(rule: str) -> int:
    """Return how many days a rule has."""
    found = _COUNT.search(rule)
    return int(found[1]) if found else 0


def with_count(rule: str, count: int) -> str:
    """Return the same rule with another number of days."""
    return _COUNT.sub(f";COUNT={count}", rule)


def days_of(rule: str, first: dt.date) -> list[dt.date]:
    """Return the days of a series that begins on its first day."""
    from dateutil.rrule import rrulestr  # 20 ms, for series only

    begins = dt.datetime.combine(first, dt.time())
    return [found.date() for found in rrulestr(rule, dtstart=begins)]


def rule_like(rule: str, day: dt.date, count: int) -> str:
    """Return the rule of a series that repeats like another one and has this day.

    What is on the last weekday of each month stays there, where this day is one.
    """
    found = rule_for(repeats_of(rule), day, count)
    is_last = (day + dt.timedelta(days=7)).month != day.month
    return found.replace("BYDAY=4", "BYDAY=-1") if "=-1" in rule and is_last else found


def days_around(rule: str, day: dt.date, *, before: int, after: int) -> list[dt.date]:
    """Return a day of a rule with as many of its days before it and after it."""
    step = _STEP.get(repeats_of(rule))
    if step:
        steps, first = before, day - before * step * dt.timedelta(days=1)
    else:  # no two months in a row are without a 29th, 30th or 31st
        steps = 2 * before + 3
        month = 12 * day.year + day.month - steps
        first = dt.date(month // 12, month % 12 + 1, 1)
    found = days_of(with_count(rule, steps + after + 1), first)
    at = found.index(day)
    return found[at - before : at + after + 1]


def count_until(repeats: Repeats, first: dt.date, last: dt.date) -> int:
    """Return how many days a series has from its first day to a last one, at most one too many."""
    return sum(day <= last for day in days_of(rule_for(repeats, first, MOST + 1), first))


def lasts_too_long(days: Sequence[dt.date]) -> bool:
    """Whether these days are more, or go further, than a series can."""
    return len(days) > MOST or days[-1] - days[0] > LONGEST


def in_words(rule: str) -> str:
    """Return a rule for people: "Every 2 weeks, 10 times"."""
    count = count_of(rule)
    times = ngettext("%(count)d time", "%(count)d times", count) % {"count": count}
    words = gettext("%(repeats)s, %(times)s")
    return words % {"repeats": repeats_of(rule).label, "times": times}
