"""Days and times as the reader prefers them, in the reader's language; not for paper."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class DateStyle(TextChoices):
    """How a day is written."""

    MONTH_FIRST = "month first", _("November 26, 2026")
    DAY_FIRST = "day first", _("26 November 2026")
    YEAR_FIRST = "year first", "2026-11-26"


class TimeStyle(TextChoices):
    """How a time of day is written."""

    TWELVE = "12 hours", _("2:30 PM")
    TWENTY_FOUR = "24 hours", "14:30"


_DAY = {
    DateStyle.MONTH_FIRST: "F j, Y",
    DateStyle.DAY_FIRST: "j F Y",
    DateStyle.YEAR_FIRST: "Y-m-d",
}
_SHORT_DAY = {
    DateStyle.MONTH_FIRST: "M j, Y",
    DateStyle.DAY_FIRST: "j M Y",
    DateStyle.YEAR_FIRST: "Y-m-d",
}
_WEEKDAY = {
    DateStyle.MONTH_FIRST: "D, M j",
    DateStyle.DAY_FIRST: "D j M",
    DateStyle.YEAR_FIRST: "D Y-m-d",
}
_TIME = {TimeStyle.TWELVE: "g:i A", TimeStyle.TWENTY_FOUR: "H:i"}

_now: ContextVar[tuple[str, str]] = ContextVar(
    "date and time style", default=(DateStyle.MONTH_FIRST, TimeStyle.TWELVE)
)


@contextmanager
def written(date_style: str, time_style: str) -> Iterator[None]:
    """Use these styles until the block ends."""
    before = _now.set((date_style, time_style))
    try:
        yield
    finally:
        _now.reset(before)


def day(date: dt.date) -> str:
    """Return a day, or the day of an instant, in full: November 26, 2026."""
    return _write(date, _DAY[DateStyle(_now.get()[0])])


def short_day(date: dt.date) -> str:
    """Return a day for little room: Nov 26, 2026."""
    return _write(date, _SHORT_DAY[DateStyle(_now.get()[0])])


def weekday(date: dt.date) -> str:
    """Return a day with its weekday: Thursday, November 26, 2026."""
    return gettext("%(weekday)s, %(day)s") % {"weekday": _write(date, "l"), "day": day(date)}


def time(instant: dt.datetime | dt.time) -> str:
    """Return a time of day, or that of an aware instant in the reader's time zone: 2:30 PM."""
    pattern = _TIME[TimeStyle(_now.get()[1])]
    return (
        _write(instant, pattern) if isinstance(instant, dt.date) else time_format(instant, pattern)
    )


def moment(instant: dt.datetime) -> str:
    """Return an aware instant in the reader's time zone: Nov 26, 2026, 2:30 PM."""
    return gettext("%(day)s, %(time)s") % {"day": short_day(instant), "time": time(instant)}


def near_day(date: dt.date) -> str:
    """Return a day of the weeks around now: Mon, Dec 7."""
    return _write(date, _WEEKDAY[DateStyle(_now.get()[0])])


def time_in_field(time: dt.time) -> str:
    """Return a time of day as it can be typed, in the same letters in every language."""
    if _now.get()[1] == TimeStyle.TWENTY_FOUR:
        return f"{time:%H:%M}"
    return f"{time.hour % 12 or 12}:{time:%M} {'PM' if time.hour >= 12 else 'AM'}"


def _write(date: dt.date, pattern: str) -> str:
    is_instant = isinstance(date, dt.datetime) and timezone.is_aware(date)
    return date_format(timezone.localtime(date) if is_instant else date, pattern)  # type: ignore[arg-type]
