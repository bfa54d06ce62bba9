"""Which country a time zone is in."""

import pytest

from letterhead.places.choices import time_zones
from letterhead.places.countries import COUNTRIES
from letterhead.places.zones import country_of_zone, present_name, zones_of

OFFERED = [name for _, zones in time_zones() for name, _ in zones]


@pytest.mark.parametrize(
    ("zone", "country"),
    [
        ("Australia/Sydney", "AU"),
        ("America/Toronto", "CA"),
        ("America/Mexico_City", "MX"),
        ("America/Puerto_Rico", "PR"),
        ("Asia/Calcutta", "IN"),
        ("Europe/Kiev", "UA"),
        ("America/Montreal", "CA"),
        ("UTC", ""),
        ("Mars/Olympus", ""),
        ("", ""),
    ],
)
def test_a_zone_is_in_the_country_that_the_database_names(zone: str, country: str) -> None:
    assert country_of_zone(zone) == country


def test_every_zone_that_is_offered_is_in_a_country_but_utc() -> None:
    assert [name for name in OFFERED if country_of_zone(name) not in COUNTRIES] == ["UTC"]
    assert {present_name(name) for name in OFFERED} <= set(OFFERED) | {"Etc/UTC"}


def test_a_country_has_one_zone_or_several() -> None:
    assert zones_of("IE") == ("Europe/Dublin",)
    assert "Australia/Perth" in zones_of("AU")
    assert zones_of("") == ()
