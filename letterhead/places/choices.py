"""The choices in Account Settings: time zones and places of service."""

from functools import cache
from zoneinfo import available_timezones

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise

# The CMS place-of-service codes where care of this kind is given, in our own words.
PLACES_OF_SERVICE: dict[str, Text] = {
    "02": _("02 Telehealth, client not at home"),
    "03": _("03 School"),
    "10": _("10 Telehealth, client at home"),
    "11": _("11 Office"),
    "12": _("12 Client's home"),
    "13": _("13 Assisted living"),
    "14": _("14 Group home"),
    "19": _("19 Hospital outpatient, off campus"),
    "20": _("20 Urgent care"),
    "21": _("21 Hospital inpatient"),
    "22": _("22 Hospital outpatient, on campus"),
    "31": _("31 Skilled nursing facility"),
    "32": _("32 Nursing home"),
    "49": _("49 Independent clinic"),
    "50": _("50 Federally qualified health center"),
    "53": _("53 Community mental health center"),
    "57": _("57 Outpatient substance use treatment"),
    "62": _("62 Outpatient rehabilitation"),
    "71": _("71 Public health clinic"),
    "72": _("72 Rural health clinic"),
    "99": _("99 Other place"),
}

HOME, TELEHEALTH = "12", {"02", "10"}


def kinds_of_places() -> list[tuple[Text, list[tuple[str, Text]]]]:
    """Return the places of service by kind: where clients come, telehealth, clients' homes."""
    away = (TELEHEALTH, {HOME})
    named = list(PLACES_OF_SERVICE.items())
    return [
        (_("Office or other place"), [one for one in named if one[0] not in set().union(*away)]),
        (_("Telehealth"), [one for one in named if one[0] in TELEHEALTH]),
        (_("Client’s home"), [one for one in named if one[0] == HOME]),
    ]


# All that CMS has assigned, for visits: 01 to 27 without gaps, then as listed.
ALL_PLACES_OF_SERVICE = {f"{n:02}" for n in range(1, 28)} | {
    *("31", "32", "33", "34", "41", "42", "49", "50", "51", "52", "53", "54", "55", "56"),
    *("57", "58", "60", "61", "62", "65", "66", "71", "72", "81", "99"),
}

_UNITED_STATES: dict[str, Text] = {
    "America/New_York": _("Eastern, New York"),
    "America/Chicago": _("Central, Chicago"),
    "America/Denver": _("Mountain, Denver"),
    "America/Phoenix": _("Arizona, Phoenix"),
    "America/Los_Angeles": _("Pacific, Los Angeles"),
    "America/Anchorage": _("Alaska, Anchorage"),
    "Pacific/Honolulu": _("Hawaii, Honolulu"),
    "America/Puerto_Rico": _("Atlantic, Puerto Rico"),
    "Pacific/Guam": _("Chamorro, Guam"),
}
# Cities come as the time zone database names them, and aren't translated.
_REGIONS: dict[str, Text] = {
    "America": _("America"),
    "Europe": _("Europe"),
    "Australia": _("Australia"),
    "Pacific": _("Pacific"),
    "Africa": _("Africa"),
    "Asia": _("Asia"),
    "Atlantic": _("Atlantic"),
    "Indian": _("Indian Ocean"),
    "Antarctica": _("Antarctica"),
    "Arctic": _("Arctic"),
}

Zones = tuple[tuple[Text, tuple[tuple[str, Text], ...]], ...]


@cache
def time_zones() -> Zones:
    """Return all time zones in groups of (name, label), those of the United States first."""
    rest = sorted(available_timezones() - set(_UNITED_STATES))
    groups: list[tuple[Text, tuple[tuple[str, Text], ...]]]
    groups = [(_("United States"), tuple(_UNITED_STATES.items()))]
    for region, label in _REGIONS.items():
        names = [name for name in rest if name.startswith(f"{region}/")]
        groups.append((label, tuple((name, _place(name)) for name in names)))
    return (*groups, (_("No region"), (("UTC", "UTC"),)))


def zone_label(name: str) -> str:
    """Return the label of a time zone: Eastern, New York."""
    return str(_UNITED_STATES.get(name) or _place(name) or name)


def _place(name: str) -> str:
    """Buenos Aires, Argentina for America/Argentina/Buenos_Aires."""
    return ", ".join(reversed(name.split("/")[1:])).replace("_", " ")
