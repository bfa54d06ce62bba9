"""The days of series."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letterhead.scheduling.repeating.dates import (
    Repeats,
    count_of,
    count_until,
    days_around,
    days_of,
    in_words,
    repeats_of,
    rule_for,
    rule_like,
    with_count,
)

D = dt.date
TUESDAY = D(2026, 12, 1)
every = st.sampled_from(list(Repeats))
days = st.dates(D(2024, 1, 1), D(2030, 12, 31))


def series(repeats: Repeats, first: dt.date, count: int) -> list[dt.date]:
    return days_of(rule_for(repeats, first, count), first)


@pytest.mark.parametrize(
    ("repeats", "second", "last"),
    [
        (Repeats.DAY, D(2026, 12, 2), D(2026, 12, 4)),
        (Repeats.WEEK, D(2026, 12, 8), D(2026, 12, 22)),
        (Repeats.TWO_WEEKS, D(2026, 12, 15), D(2027, 1, 12)),
        (Repeats.FOUR_WEEKS, D(2026, 12, 29), D(2027, 2, 23)),
        (Repeats.MONTH_BY_WEEKDAY, D(2027, 1, 5), D(2027, 3, 2)),  # first Tuesdays
        (Repeats.MONTH_BY_DAY, D(2027, 1, 1), D(2027, 3, 1)),
    ],
)
def test_a_series_has_these_days(repeats: Repeats, second: dt.date, last: dt.date) -> None:
    found = series(repeats, TUESDAY, 4)

    assert (found[0], found[1], found[-1], len(found)) == (TUESDAY, second, last, 4)


def test_the_fifth_weekday_of_a_month_means_the_last_one() -> None:
    assert series(Repeats.MONTH_BY_WEEKDAY, D(2026, 12, 29), 3) == [
        *(D(2026, 12, 29), D(2027, 1, 26), D(2027, 2, 23))
    ]


def test_months_without_a_31st_are_left_out() -> None:
    assert series(Repeats.MONTH_BY_DAY, D(2026, 12, 31), 3) == [
        *(D(2026, 12, 31), D(2027, 1, 31), D(2027, 3, 31))
    ]


def test_until_a_day_includes_it_and_may_be_one_too_many() -> None:
    assert count_until(Repeats.WEEK, TUESDAY, D(2026, 12, 22)) == 4
    assert count_until(Repeats.DAY, TUESDAY, D(2028, 1, 1)) == 201


def test_a_rule_in_words() -> None:
    assert in_words(rule_for(Repeats.TWO_WEEKS, TUESDAY, 10)) == "Every 2 weeks, 10 times"


@given(every, days, st.integers(1, 200))
def test_a_rule_is_read_back(repeats: Repeats, first: dt.date, count: int) -> None:
    rule = rule_for(repeats, first, count)

    assert (repeats_of(rule), count_of(rule)) == (repeats, count)
    assert count_of(with_count(rule, 3)) == 3


@given(every, days, st.integers(1, 30), st.data())
def test_the_days_around_one_of_a_series_are_that_series(
    repeats: Repeats, first: dt.date, count: int, data: st.DataObject
) -> None:
    whole = series(repeats, first, count)
    at = data.draw(st.integers(0, count - 1))

    rule = rule_like(rule_for(repeats, first, count), whole[at], count)
    assert days_around(rule, whole[at], before=at, after=count - 1 - at) == whole
