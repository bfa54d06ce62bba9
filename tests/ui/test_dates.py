"""Days and times as readers prefer them."""

import datetime as dt

import pytest
from django.template import Context, Template
from django.utils import timezone

from letterhead.ui.dates import DateStyle, TimeStyle, day, moment, short_day, written

DAY = dt.date(2026, 11, 6)
NOON = dt.datetime(2026, 11, 26, 19, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("style", "full", "short"),
    [
        (DateStyle.MONTH_FIRST, "November 6, 2026", "Nov 6, 2026"),
        (DateStyle.DAY_FIRST, "6 November 2026", "6 Nov 2026"),
        (DateStyle.YEAR_FIRST, "2026-11-06", "2026-11-06"),
    ],
)
def test_a_day_appears_in_its_style(style: str, full: str, short: str) -> None:
    with written(style, TimeStyle.TWELVE):
        assert (day(DAY), short_day(DAY)) == (full, short)


@pytest.mark.parametrize(
    ("style", "zone", "expected"),
    [
        (TimeStyle.TWELVE, "America/New_York", "Nov 26, 2026, 2:30 PM"),
        (TimeStyle.TWENTY_FOUR, "America/New_York", "Nov 26, 2026, 14:30"),
        (TimeStyle.TWENTY_FOUR, "Pacific/Auckland", "Nov 27, 2026, 08:30"),
    ],
)
def test_an_instant_appears_in_the_readers_time_zone(style: str, zone: str, expected: str) -> None:
    with written(DateStyle.MONTH_FIRST, style), timezone.override(zone):
        assert moment(NOON) == expected


def test_the_previous_style_is_restored() -> None:
    with written(DateStyle.YEAR_FIRST, TimeStyle.TWELVE):
        with pytest.raises(ZeroDivisionError), written(DateStyle.DAY_FIRST, TimeStyle.TWELVE):
            raise ZeroDivisionError
        assert day(DAY) == "2026-11-06"


def test_no_day_is_no_text() -> None:
    page = Template("{% load dates %}[{{ none|day }}{{ none|short_day }}{{ none|moment }}]")

    assert page.render(Context({"none": None})) == "[]"
