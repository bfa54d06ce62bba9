"""How pages look for a member: the practice's way, except for what they chose. Pure.

A practice chooses only its time zone; the rest follows its country.
"""

from dataclasses import dataclass
from typing import Protocol

from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from letterhead.countries.table import country_of
from letterhead.places.choices import zone_label
from letterhead.ui.dates import DateStyle, TimeStyle
from letterhead.ui.languages import languages

AMERICAN = "en-US"


class Weekday(TextChoices):
    """A day that weeks start with."""

    MONDAY = "monday", _("Monday")
    SATURDAY = "saturday", _("Saturday")
    SUNDAY = "sunday", _("Sunday")

    @property
    def number(self) -> int:
        """The same day as `datetime.date.weekday` numbers it: 0 is Monday."""
        return {"monday": 0, "saturday": 5, "sunday": 6}[self.value]


class ClientsInFeed(TextChoices):
    """What your own calendar feed shows about a client."""

    INITIALS = "initials", _("Initials")
    NUMBER = "number", _("Client number")
    FIRST_NAME = "first name", _("First name")


_WEEK_FROM = {day.number: day for day in Weekday}


@dataclass(frozen=True, kw_only=True)
class Preferences:
    """Every preference as it applies; none is empty."""

    time_zone: str
    language: str
    date_style: str
    time_style: str
    week_starts_on: str
    clients_in_feed: str


NAMES = tuple(Preferences.__dataclass_fields__)


class Chosen(Protocol):
    """What a member chose; "" means the practice's way."""

    time_zone: str
    language: str
    date_style: str
    time_style: str
    week_starts_on: str
    clients_in_feed: str


def practice_way(*, country: str, time_zone: str) -> Preferences:
    """Return the way of a practice in a country (ISO 3166-1 alpha-2) and time zone."""
    row = country_of(country)
    return Preferences(
        time_zone=time_zone,
        language=row.language,
        date_style=DateStyle.MONTH_FIRST if row.month_first else DateStyle.DAY_FIRST,
        time_style=TimeStyle.TWELVE if row.ways.twelve_hours else TimeStyle.TWENTY_FOUR,
        week_starts_on=_WEEK_FROM.get(row.ways.first_weekday, Weekday.SATURDAY),
        clients_in_feed=ClientsInFeed.INITIALS,
    )


def offered_languages(way: Preferences) -> tuple[str, ...]:
    """Languages in which a practice's public pages can be read: its own first, then all others."""
    rest = (code for code, name in languages() if code != way.language)
    return (way.language, *rest)


def preferred(chosen: Chosen, way: Preferences) -> Preferences:
    """Return what applies to a member: their choice, else the practice's way.

    With a language but no date style chosen, dates follow the language.
    """
    mine = {name: getattr(chosen, name) or getattr(way, name) for name in NAMES}
    if chosen.language and not chosen.date_style:
        mine["date_style"] = _date_style_of(chosen.language)
    return Preferences(**mine)


def _date_style_of(language: str) -> str:
    return DateStyle.MONTH_FIRST if language == AMERICAN else DateStyle.DAY_FIRST


def in_words(preferences: Preferences) -> dict[str, str]:
    """Return every preference as the page shows it, in the active language."""
    return {
        "time_zone": zone_label(preferences.time_zone),
        "language": dict(languages()).get(preferences.language, preferences.language),
        "date_style": str(DateStyle(preferences.date_style).label),
        "time_style": str(TimeStyle(preferences.time_style).label),
        "week_starts_on": str(Weekday(preferences.week_starts_on).label),
        "clients_in_feed": str(ClientsInFeed(preferences.clients_in_feed).label),
    }


def whose(chosen: Chosen, name: str) -> str:
    """Return where a preference comes from; "" if the member chose it."""
    if getattr(chosen, name):
        return ""
    by_language = name == "date_style" and chosen.language
    return gettext("From your language") if by_language else gettext("Practice default")
