"""What Account Settings offer to choose from: time zones, currencies, places of service."""

from functools import cache
from zoneinfo import available_timezones

CURRENCIES = {
    "USD": "USD, US dollar",
    "AUD": "AUD, Australian dollar",
    "CAD": "CAD, Canadian dollar",
    "CHF": "CHF, Swiss franc",
    "DKK": "DKK, Danish krone",
    "EUR": "EUR, Euro",
    "GBP": "GBP, Pound sterling",
    "NOK": "NOK, Norwegian krone",
    "NZD": "NZD, New Zealand dollar",
    "SEK": "SEK, Swedish krona",
    "ZAR": "ZAR, South African rand",
}

# The CMS place-of-service codes where care of this kind is given, in our own words.
PLACES_OF_SERVICE = {
    "02": "02 Telehealth, client not at home",
    "03": "03 School",
    "10": "10 Telehealth, client at home",
    "11": "11 Office",
    "12": "12 Client's home",
    "13": "13 Assisted living",
    "14": "14 Group home",
    "19": "19 Hospital outpatients, off campus",
    "20": "20 Urgent care",
    "21": "21 Hospital inpatients",
    "22": "22 Hospital outpatients, on campus",
    "31": "31 Skilled nursing facility",
    "32": "32 Nursing home",
    "49": "49 Independent clinic",
    "50": "50 Federally qualified health center",
    "53": "53 Community mental health center",
    "57": "57 Outpatient substance use treatment",
    "62": "62 Outpatient rehabilitation",
    "71": "71 Public health clinic",
    "72": "72 Rural health clinic",
    "99": "99 Other place",
}

_UNITED_STATES = {
    "America/New_York": "Eastern, New York",
    "America/Chicago": "Central, Chicago",
    "America/Denver": "Mountain, Denver",
    "America/Phoenix": "Arizona, Phoenix",
    "America/Los_Angeles": "Pacific, Los Angeles",
    "America/Anchorage": "Alaska, Anchorage",
    "Pacific/Honolulu": "Hawaii, Honolulu",
    "America/Puerto_Rico": "Atlantic, Puerto Rico",
    "Pacific/Guam": "Chamorro, Guam",
}
_REGIONS = (
    *("America", "Europe", "Australia", "Pacific"),
    *("Africa", "Asia", "Atlantic", "Indian", "Antarctica", "Arctic"),
)

Zones = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


@cache
def time_zones() -> Zones:
    """Give all time zones as groups of (name, label), those of the United States first."""
    rest = sorted(available_timezones() - set(_UNITED_STATES))
    groups = [("United States", tuple(_UNITED_STATES.items()))]
    for region in _REGIONS:
        names = [name for name in rest if name.startswith(f"{region}/")]
        groups.append((region, tuple((name, _place(name)) for name in names)))
    return (*groups, ("No region", (("UTC", "UTC"),)))


def zone_label(name: str) -> str:
    """Write a time zone as its choice does: Eastern, New York."""
    return _UNITED_STATES.get(name) or _place(name) or name


def _place(name: str) -> str:
    """Write America/Argentina/Buenos_Aires as people do: Buenos Aires, Argentina."""
    return ", ".join(reversed(name.split("/")[1:])).replace("_", " ")
