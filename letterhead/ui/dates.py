"""Days and times as the reader prefers them, in the reader's language; not for paper."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from letterhead.places.choices import zone_label


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
    DateStyle.MONTH_FIRST: "l, F j",
    DateStyle.DAY_FIRST: "l j F",
    DateStyle.YEAR_FIRST: "l, Y-m-d",
}
_SHORT_WEEKDAY = {
    DateStyle.MONTH_FIRST: "D, M j",
    DateStyle.DAY_FIRST: "D j M",
    DateStyle.YEAR_FIRST: "D, Y-m-d",
}
_YEAR = {DateStyle.MONTH_FIRST: ", Y", DateStyle.DAY_FIRST: " Y", DateStyle.YEAR_FIRST: ""}
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
    return _write(date, _SHORT_WEEKDAY[DateStyle(_now.get()[0])])


def iso_day(instant: dt.datetime) -> str:
    """Return the day of an aware instant in the reader's time zone, for addresses: 2026-12-07."""
    return timezone.localtime(instant).date().isoformat()


def time_in_field(time: dt.time) -> str:
    """Return a time of day as it can be typed, in the same letters in every language."""
    if _now.get()[1] == TimeStyle.TWENTY_FOUR:
        return f"{time:%H:%M}"
    return f"{time.hour % 12 or 12}:{time:%M} {'PM' if time.hour >= 12 else 'AM'}"


def _write(date: dt.date, pattern: str) -> str:
    is_instant = isinstance(date, dt.datetime) and timezone.is_aware(date)
    return date_format(timezone.localtime(date) if is_instant else date, pattern)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Way:
    """How days and times are written for someone who isn't logged in, and by whose clock."""

    zone: str
    date_style: str
    time_style: str
    week_starts_on: int  # as `datetime.date.weekday` numbers days

    def day(self, date: dt.date) -> str:
        """Return a day, or the day of an instant: Tuesday, December 8."""
        return date_format(self.there(date), _WEEKDAY[DateStyle(self.date_style)])

    def day_and_year(self, date: dt.date) -> str:
        """Return the same with its year: Tuesday, December 8, 2026."""
        style = DateStyle(self.date_style)
        return date_format(self.there(date), _WEEKDAY[style] + _YEAR[style])

    def short_day(self, date: dt.date) -> str:
        """Return a day for little room: Tue, Dec 8."""
        return date_format(self.there(date), _SHORT_WEEKDAY[DateStyle(self.date_style)])

    def time(self, instant: dt.datetime) -> str:
        """Return the time of an instant: 9:00 AM."""
        return date_format(self.there(instant), _TIME[TimeStyle(self.time_style)])

    def moment(self, instant: dt.datetime) -> str:
        """Return an instant: Tuesday, December 8, 2026, 9:00 AM."""
        facts = {"day": self.day_and_year(instant), "time": self.time(instant)}
        return gettext("%(day)s, %(time)s") % facts

    def there(self, date: dt.date) -> dt.date:
        """Return an instant on this clock; a day as it is."""
        return date.astimezone(ZoneInfo(self.zone)) if isinstance(date, dt.datetime) else date

    def day_of(self, instant: dt.datetime) -> dt.date:
        """Return the day an instant is on, by this clock."""
        return instant.astimezone(ZoneInfo(self.zone)).date()

    @property
    def zone_name(self) -> str:
        """The zone's name: Eastern, New York."""
        return zone_label(self.zone)

    def in_zone(self, zone: str) -> "Way":
        """Return the same way by another clock; "" or an unknown zone: by this one."""
        return replace(self, zone=zone) if zone in _zones() else self


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())
