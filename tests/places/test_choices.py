"""What Account Settings offer: every time zone once, called by its place."""

from collections import Counter
from zoneinfo import ZoneInfo, available_timezones

import pytest

from letterhead.places.choices import time_zones, zone_label

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
