"""What Account Settings offer: every zone once, every country with its money."""

from collections import Counter
from zoneinfo import ZoneInfo, available_timezones

import pytest

from letterhead.places.choices import CURRENCIES, time_zones, zone_label
from letterhead.places.countries import COUNTRIES, currency_of

OFFERED = [name for _, zones in time_zones() for name, _ in zones]


def test_every_zone_is_offered_once_and_exists() -> None:
    assert [name for name, times in Counter(OFFERED).items() if times > 1] == []
    assert set(OFFERED) <= available_timezones()
    assert len(OFFERED) > 400


def test_the_zones_of_the_united_states_come_first_from_east_to_west() -> None:
    region, zones = time_zones()[0]

    assert region == "United States"
    assert [label for _, label in zones][:3] == [
        "Eastern, New York", "Central, Chicago", "Mountain, Denver",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("America/New_York", "Eastern, New York"),
        ("Europe/Berlin", "Berlin"),
        ("America/Argentina/Buenos_Aires", "Buenos Aires, Argentina"),
        ("UTC", "UTC"),
    ],
)
def test_a_zone_is_called_by_its_place(name: str, label: str) -> None:
    assert ZoneInfo(name).key in OFFERED
    assert zone_label(name) == label


@pytest.mark.parametrize("country", COUNTRIES)
def test_the_money_of_every_country_is_offered(country: str) -> None:
    assert currency_of(country) in CURRENCIES


@pytest.mark.parametrize(("country", "money"), [("US", "USD"), ("GB", "GBP"), ("DE", "EUR")])
def test_a_country_has_its_own_money(country: str, money: str) -> None:
    assert currency_of(country) == money
