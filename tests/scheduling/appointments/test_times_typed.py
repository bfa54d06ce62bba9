"""Times of day as people type them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letterhead.scheduling.appointments.fields import read_time


@pytest.mark.parametrize(
    ("typed", "hour", "minute"),
    [
        *(("14:30", 14, 30), ("2:30 PM", 14, 30), ("2:30pm", 14, 30), ("2.30 p.m.", 14, 30)),
        *(("2pm", 14, 0), ("2 p", 14, 0), ("1430", 14, 30), ("0930", 9, 30), ("930", 9, 30)),
        *(("9", 9, 0), ("12 AM", 0, 0), ("12 PM", 12, 0), ("00:00", 0, 0), (" 8:05 am ", 8, 5)),
    ],
)
def test_a_time_is_read(typed: str, hour: int, minute: int) -> None:
    assert read_time(typed) == dt.time(hour, minute)


@pytest.mark.parametrize(
    "typed", ["25:00", "24:00", "9:60", "13 PM", "0 AM", "noon", "9:5", "-1:00", "٩:٣٠", "9:30:15"]
)
def test_what_is_no_time_is_refused(typed: str) -> None:
    assert read_time(typed) is None


@given(st.times())
def test_what_pages_write_is_read(at: dt.time) -> None:
    at = at.replace(second=0, microsecond=0, fold=0)

    assert read_time(f"{at:%H:%M}") == read_time(f"{at:%I:%M %p}") == at
