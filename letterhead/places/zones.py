"""Which country a time zone is in, by the time zone database. Pure.

Its own files are read from the package tzdata, when they are first asked for: 10 ms.
"""

from functools import cache
from importlib.resources import files


def zones_of(country: str) -> tuple[str, ...]:
    """Return the time zones of a country (ISO 3166-1 alpha-2) by their present names."""
    return tuple(name for name, code in _countries().items() if code == country)


def country_of_zone(name: str) -> str:
    """Return the country of a time zone under any of its names; "" for UTC and unknown ones."""
    return _countries().get(present_name(name), "")


def present_name(name: str) -> str:
    """Return what a time zone is called today: Asia/Kolkata for Asia/Calcutta, as browsers say."""
    return name if name in _countries() else _renamed().get(name, name)


@cache
def _countries() -> dict[str, str]:
    """Return each zone of zone.tab with its country."""
    rows = (line.split("\t") for line in _lines("zone.tab"))
    return {row[2]: row[0] for row in rows}


@cache
def _renamed() -> dict[str, str]:
    """Return the links of tzdata.zi: former names with the present ones."""
    rows = (line.split() for line in _lines("tzdata.zi") if line.startswith("L "))
    return {former: present for _link, present, former in rows}


def _lines(name: str) -> list[str]:
    text = files("tzdata").joinpath("zoneinfo", name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
