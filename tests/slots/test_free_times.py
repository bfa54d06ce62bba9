"""Free times against a plain reference that walks through the week minute by minute."""

import datetime as dt
import random
from functools import cache
from itertools import accumulate
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from letterhead.slots.free_times import Availability, Off, Wanted, Weekly, free_times
from letterhead.slots.rules import Rules
from letterhead.slots.wall_clock import Span, instant_of, spans_of, stretches

MINUTE, DAY = dt.timedelta(minutes=1), dt.timedelta(days=1)
# (zone, a day in a week that is special there)
WEEKS = [
    ("America/New_York", dt.date(2026, 3, 8)),  # clocks go forward
    ("America/New_York", dt.date(2026, 11, 1)),  # and back
    ("Europe/London", dt.date(2026, 10, 25)),
    ("America/St_Johns", dt.date(2026, 3, 8)),  # half an hour off
    ("Asia/Kolkata", dt.date(2026, 6, 1)),
    ("Asia/Kathmandu", dt.date(2026, 6, 1)),  # three quarters
    ("Pacific/Chatham", dt.date(2026, 4, 5)),  # three quarters, and clocks change
    ("Australia/Lord_Howe", dt.date(2026, 4, 5)),  # by half an hour
    ("Australia/Lord_Howe", dt.date(2026, 10, 4)),
    ("Pacific/Apia", dt.date(2011, 12, 30)),  # the day that Samoa skipped
    ("Africa/Cairo", dt.date(2026, 4, 24)),  # at midnight
    ("America/Santiago", dt.date(2026, 9, 6)),  # at midnight, so that the day has no 00:00
    ("Asia/Beirut", dt.date(2026, 10, 25)),  # back over midnight: a day in two parts
    ("America/Phoenix", dt.date(2026, 7, 1)),
]


@pytest.mark.parametrize("seed", range(20))
def test_free_times_are_those_that_walking_minute_by_minute_finds(seed: Any) -> None:
    chance = random.Random(seed)  # noqa: S311 (no secret)
    for _ in range(100):
        week = _random_week(chance)
        assert free_times(**week) == _walked(**week)


def _random_week(chance: Any) -> Any:
    zone, special = chance.choice(WEEKS)
    first = special - DAY * chance.randrange(7)
    last = first + 6 * DAY
    begin = dt.datetime.combine(first, dt.time(), dt.UTC)

    def time() -> Any:
        return dt.time(
            chance.randrange(24), chance.choice([0, 0, 15, 30, 45, chance.randrange(60)])
        )

    def bounds() -> Any:
        starts, ends = sorted((time(), time()))
        return (starts, ends if starts < ends else dt.time())

    def span(longest: Any) -> Any:
        at = begin + chance.randrange(-1440, 8 * 1440) * MINUTE
        return Span(at, at + chance.randrange(5, longest) * MINUTE)

    weekly = tuple(
        Weekly(weekday=day, starts=starts, ends=ends, first_day=since, last_day=None)
        for day in range(7)
        for starts, ends in [bounds() for _ in range(chance.choice([0, 1, 1, 2]))]
        for since in [chance.choice([None, None, first + 2 * DAY])]
    )
    own_days = {
        first + DAY * chance.randrange(7): tuple(bounds() for _ in range(chance.randrange(3)))
        for _ in range(chance.randrange(2))
    }
    off_from = first + DAY * chance.randrange(-1, 7)
    off = Off(
        first_day=off_from,
        last_day=off_from + DAY * chance.randrange(1, 3),
        starts=chance.choice([None, time()]),
        ends=chance.choice([None, time()]),
    )
    taken = [span(180) for _ in range(chance.randrange(8))]
    return {
        "availability": Availability(
            zone=zone, weekly=weekly, own_days=own_days, off=(off,) * chance.randrange(2)
        ),
        "wanted": Wanted(
            length=chance.choice([15, 30, 50, 90]) * MINUTE,
            before=chance.choice([0, 0, 10]) * MINUTE,
            after=chance.choice([0, 0, 15]) * MINUTE,
        ),
        "first": first,
        "last": last,
        "taken": taken,
        "begun": [each.begins for each in taken],
        "rules": Rules(
            notice_hours=chance.choice([0, 2, 24]),
            horizon_days=chance.choice([3, 60]),
            grid_minutes=chance.choice([5, 15, 20, 30, 60]),
            most_a_day=chance.choice([None, None, 1]),
        ),
        "now": begin + chance.randrange(-2880, 1440) * MINUTE,
    }


def _walked(
    availability: Any,
    wanted: Any,
    first: Any,
    last: Any,
    taken: Any,
    begun: Any,
    rules: Any,
    now: Any,
) -> Any:
    """Ask of every minute what the clock on the wall shows, and of every start all its minutes."""
    zone = ZoneInfo(availability.zone)
    origin = int(dt.datetime.combine(first - DAY, dt.time(), dt.UTC).timestamp()) - 15 * 3600
    clock = _clock(availability.zone, origin)
    plans = {day: _plan(availability, day) for day in {day for day, _at in clock}}
    closed_before = [0, *accumulate(not plans[day][at] for day, at in clock)]
    busy_before = [0, *accumulate(_busy(taken, origin, len(clock)))]
    needed = (wanted.length, wanted.before, wanted.after)
    length, before, after = (each // MINUTE for each in needed)
    earliest = (now + rules.notice).timestamp()
    today = now.astimezone(zone).date()
    full = [start.astimezone(zone).date() for start in begun]
    found: dict[dt.date, list[dt.datetime]] = {}
    for minute in range(before, len(clock) - length - after):
        day, at = clock[minute]
        if (
            at % rules.grid_minutes == 0
            and first <= day <= min(last, today + rules.horizon_days * DAY)
            and closed_before[minute + length] == closed_before[minute]
            and busy_before[minute + length + after] == busy_before[minute - before]
            and origin + 60 * minute >= earliest
            and (rules.most_a_day is None or full.count(day) < rules.most_a_day)
        ):
            start = dt.datetime.fromtimestamp(origin + 60 * minute, dt.UTC)
            found.setdefault(day, []).append(start)
    return found


def _busy(taken: Any, origin: Any, count: Any) -> Any:
    busy = [0] * count
    for begins, ends in taken:
        for minute in range(_minute(begins, origin), _minute(ends, origin)):
            if 0 <= minute < count:
                busy[minute] = 1
    return busy


@cache
def _clock(zone: Any, origin: Any) -> Any:
    """Return what the clock shows at each minute from an instant on: its day, its minute."""
    there, shown = ZoneInfo(zone), []
    for minute in range(9 * 1440 + 30 * 60):
        now = dt.datetime.fromtimestamp(origin + 60 * minute, there)
        shown.append((now.date(), now.hour * 60 + now.minute))
    return shown


def _plan(availability: Any, day: Any) -> Any:
    """Return for each minute that a clock can show on a day whether it is open."""
    own = availability.own_days.get(day)
    weekly = [(each.starts, each.ends) for each in availability.weekly if each.holds_on(day)]
    plan = [False] * 1440
    for starts, ends in weekly if own is None else own:
        for at in range(_of(starts), _of(ends) or 1440):
            plan[at] = True
    for off in filter(None, (each.on(day) for each in availability.off)):
        for at in range(_of(off[0]), _of(off[1]) or 1440):
            plan[at] = False
    return plan


def _of(time: Any) -> Any:
    return time.hour * 60 + time.minute


def _minute(instant: Any, origin: Any) -> Any:
    return (int(instant.timestamp()) - origin) // 60


def test_a_day_that_was_skipped_has_no_time() -> None:
    assert stretches("Pacific/Apia", dt.date(2011, 12, 30)) == ()
    assert spans_of("Pacific/Apia", dt.date(2011, 12, 30), dt.time(9), dt.time(17)) == []


def test_a_time_that_the_clock_skips_never_comes() -> None:
    assert instant_of("America/New_York", dt.date(2026, 3, 8), dt.time(2, 30)) is None


def test_a_time_that_the_clock_shows_twice_means_the_first() -> None:
    first = instant_of("America/New_York", dt.date(2026, 11, 1), dt.time(1, 30))

    assert first == dt.datetime(2026, 11, 1, 5, 30, tzinfo=dt.UTC)


def test_nine_oclock_stays_nine_oclock_when_the_clocks_change() -> None:
    before, after = (
        instant_of("America/New_York", day, dt.time(9))
        for day in (dt.date(2026, 3, 7), dt.date(2026, 3, 8))
    )

    assert before and after and after - before == dt.timedelta(hours=23)
