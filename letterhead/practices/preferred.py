"""How pages are written for a member: the practice's way, but for what they chose themselves. Pure.

A practice has no choices of its own yet beyond its time zone: the rest follows its country.
"""

from dataclasses import dataclass
from typing import Protocol

from django.db.models import TextChoices

from letterhead.places.choices import zone_label
from letterhead.ui.dates import DateStyle, TimeStyle
from letterhead.ui.languages import languages

AMERICAN, BRITISH = "en-US", "en-GB"


class Weekday(TextChoices):
    """A day that weeks begin with."""

    MONDAY = "monday", "Monday"
    SATURDAY = "saturday", "Saturday"
    SUNDAY = "sunday", "Sunday"


class ClientsInFeed(TextChoices):
    """How much one's own calendar feed says of a client."""

    INITIALS = "initials", "Initials"
    NUMBER = "number", "Client number"
    FIRST_NAME = "first name", "First name"


_WEEK_FROM_SUNDAY = {"US", "CA", "PT", "ZA"}


@dataclass(frozen=True, kw_only=True)
class Preferences:
    """Every preference as it counts; none is empty."""

    time_zone: str
    language: str
    date_style: str
    time_style: str
    week_starts_on: str
    clients_in_feed: str


NAMES = tuple(Preferences.__dataclass_fields__)


class Chosen(Protocol):
    """What a member chose, "" where the practice's way is theirs too."""

    time_zone: str
    language: str
    date_style: str
    time_style: str
    week_starts_on: str
    clients_in_feed: str


def practice_way(*, country: str, time_zone: str) -> Preferences:
    """Give the way of a practice in a country (ISO 3166-1 alpha-2) and time zone."""
    american = country == "US"
    return Preferences(
        time_zone=time_zone,
        language=AMERICAN if american else BRITISH,
        date_style=DateStyle.MONTH_FIRST if american else DateStyle.DAY_FIRST,
        time_style=TimeStyle.TWELVE if american else TimeStyle.TWENTY_FOUR,
        week_starts_on=Weekday.SUNDAY if country in _WEEK_FROM_SUNDAY else Weekday.MONDAY,
        clients_in_feed=ClientsInFeed.INITIALS,
    )


def offered_languages(way: Preferences) -> tuple[str, ...]:
    """Languages in which a practice's public pages can be read: its own first, then all others."""
    rest = (code for code, _ in languages() if code != way.language)
    return (way.language, *rest)


def preferred(chosen: Chosen, way: Preferences) -> Preferences:
    """Give what counts for a member: their choice, else the practice's way.

    Who chose a language and no date style writes dates as that language does.
    """
    mine = {name: getattr(chosen, name) or getattr(way, name) for name in NAMES}
    if chosen.language and not chosen.date_style:
        mine["date_style"] = _date_style_of(chosen.language)
    return Preferences(**mine)


def _date_style_of(language: str) -> str:
    return DateStyle.MONTH_FIRST if language == AMERICAN else DateStyle.DAY_FIRST


def in_words(preferences: Preferences) -> dict[str, str]:
    """Give every preference as the page writes it."""
    return {
        "time_zone": zone_label(preferences.time_zone),
        "language": dict(languages()).get(preferences.language, preferences.language),
        "date_style": DateStyle(preferences.date_style).label,
        "time_style": TimeStyle(preferences.time_style).label,
        "week_starts_on": Weekday(preferences.week_starts_on).label,
        "clients_in_feed": ClientsInFeed(preferences.clients_in_feed).label,
    }


def whose(chosen: Chosen, name: str) -> str:
    """Say whose way a preference is, "" where it is one's own choice."""
    if getattr(chosen, name):
        return ""
    by_language = name == "date_style" and chosen.language
    return "Your language's" if by_language else "The practice's"
