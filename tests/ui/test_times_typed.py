"""Times of day as people type them."""

import datetime as dt

import pytest
from django import forms

from letterhead.ui.dates import DateStyle, TimeStyle, written
from letterhead.ui.forms.fields import TimeField


class Span(forms.Form):
    starts = TimeField(required=False)
    ends = TimeField(required=False, is_end=True)


@pytest.mark.parametrize(
    ("typed", "time"),
    [
        *(("9", "09:00"), ("09", "09:00"), ("9:00", "09:00"), ("9.30", "09:30"), ("930", "09:30")),
        *(("1730", "17:30"), ("17:30", "17:30"), ("17h30", "17:30"), ("0:15", "00:15")),
        *(("9 am", "09:00"), ("9AM", "09:00"), ("9 a.m.", "09:00"), ("9:45 pm", "21:45")),
        *(("5p", "17:00"), ("12 am", "00:00"), ("12 pm", "12:00"), (" 8:05 ", "08:05")),
    ],
)
def test_a_time_is_read_as_people_type_it(typed: str, time: str) -> None:
    form = Span({"starts": typed})

    assert form.is_valid()
    assert form.cleaned_data["starts"] == dt.time.fromisoformat(time)


@pytest.mark.parametrize(
    "typed",
    ["24", "25:00", "9:60", "13 pm", "0 am", "nine", "9:0", "-9", "9:00:00", "９", "1 2", "24:00"],
)
def test_what_is_no_time_is_refused(typed: str) -> None:
    form = Span({"starts": typed})

    assert form.errors == {"starts": ["Enter a time like 9:00 AM or 17:30."]}


def test_a_day_ends_at_24_too() -> None:
    form = Span({"ends": "24:00"})

    assert form.is_valid()
    assert form.cleaned_data["ends"] == dt.time()


@pytest.mark.parametrize("hour", range(24))
@pytest.mark.parametrize("style", list(TimeStyle))
def test_a_saved_time_is_shown_so_that_it_can_be_read_back(style: str, hour: int) -> None:
    with written(DateStyle.MONTH_FIRST, style):
        shown = Span(initial={"starts": dt.time(hour, 30)})["starts"].value()

    form = Span({"starts": shown})
    assert form.is_valid()
    assert form.cleaned_data["starts"] == dt.time(hour, 30)
