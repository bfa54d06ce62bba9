"""Days and times as a practice's country writes them, in whatever zone and language is read."""

import datetime as dt
from dataclasses import dataclass, replace
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.utils.formats import date_format
from django.utils.translation import gettext

from letterhead.places.choices import zone_label
from letterhead.practices.models import Practice
from letterhead.practices.preferred import Weekday, practice_way
from letterhead.ui.dates import DateStyle, TimeStyle

_DAY = {
    DateStyle.MONTH_FIRST: "l, F j",
    DateStyle.DAY_FIRST: "l j F",
    DateStyle.YEAR_FIRST: "l, Y-m-d",
}
_SHORT = {
    DateStyle.MONTH_FIRST: "D, M j",
    DateStyle.DAY_FIRST: "D j M",
    DateStyle.YEAR_FIRST: "D, Y-m-d",
}
_YEAR = {DateStyle.MONTH_FIRST: ", Y", DateStyle.DAY_FIRST: " Y", DateStyle.YEAR_FIRST: ""}
_TIME = {TimeStyle.TWELVE: "g:i A", TimeStyle.TWENTY_FOUR: "H:i"}
_FIRST = {Weekday.MONDAY: 0, Weekday.SATURDAY: 5, Weekday.SUNDAY: 6}


@dataclass(frozen=True)
class Way:
    """How days and times are written for someone, and by whose clock."""

    zone: str
    date_style: str
    time_style: str
    week_starts_on: int  # as `datetime.date.weekday` numbers days

    def day(self, date: dt.date) -> str:
        """Return a day, or the day of an instant: Tuesday, December 8."""
        return date_format(self.there(date), _DAY[DateStyle(self.date_style)])

    def day_and_year(self, date: dt.date) -> str:
        """Return the same with its year: Tuesday, December 8, 2026."""
        style = DateStyle(self.date_style)
        return date_format(self.there(date), _DAY[style] + _YEAR[style])

    def short_day(self, date: dt.date) -> str:
        """Return a day for little room: Tue, Dec 8."""
        return date_format(self.there(date), _SHORT[DateStyle(self.date_style)])

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


def way_of(practice: Practice) -> Way:
    """Return how a practice's clients read days and times, by its clock."""
    way = practice_way(country=practice.country, time_zone=practice.time_zone)
    first = _FIRST[Weekday(way.week_starts_on)]
    return Way(practice.time_zone, way.date_style, way.time_style, first)


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())
