"""What clients can book: hours, less time off, less what is taken, by the rules."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest

from letterhead.practices.models import Location, Membership
from letterhead.scheduling.models import Attendee, Diary, Hours, Offer, PracticeRules, TimeOff
from letterhead.scheduling.timetables import timetable_of
from tests.scheduling.making import MONDAY, NOW, appointment, at, hours, service

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def visit(cast: SimpleNamespace) -> Any:
    hours(cast.dana, days=[0], starts="09:00", ends="12:00")
    return service(cast.practice, cast.dana)


def free(
    cast: SimpleNamespace,
    kind: Any,
    *,
    clinician: Any = None,
    location: Any = None,
    day: Any = MONDAY,
    now: Any = NOW,
    **more: Any,
) -> Any:
    who = clinician or cast.dana
    offer = Offer.objects.select_related("service").get(
        service=kind, practitioner=who.practitioner_id
    )
    table = timetable_of(cast.practice, [who.practitioner_id], first=day, last=day)
    found = table.free(offer, location or cast.office, now=now, **more)
    return [f"{start.astimezone(cast.practice.zone):%H:%M}" for start in found.get(day, [])]


def test_a_visit_of_50_minutes_fits_into_the_hours(cast: SimpleNamespace, visit: Any) -> None:
    assert free(cast, visit) == ["09:00", "09:30", "10:00", "10:30", "11:00"]


def test_what_is_taken_is_not_free_for_anybody_else(cast: SimpleNamespace, visit: Any) -> None:
    appointment(cast.dana, visit, cast.office, at(10))

    assert free(cast, visit) == ["09:00", "11:00"]


def test_an_appointment_that_moves_is_not_in_its_own_way(cast: SimpleNamespace, visit: Any) -> None:
    mine = appointment(cast.dana, visit, cast.office, at(10))

    assert free(cast, visit, apart_from=mine.pk)[1] == "09:30"


def test_a_clinicians_own_duration_counts(cast: SimpleNamespace, visit: Any) -> None:
    Offer.objects.update(duration=170)

    assert free(cast, visit) == ["09:00"]


def test_an_exception_is_instead_of_the_weekly_hours(cast: SimpleNamespace, visit: Any) -> None:
    Hours.objects.create(
        practitioner_id=cast.dana.practitioner_id, day=MONDAY, starts="14:00", ends="15:00"
    )

    assert free(cast, visit) == ["14:00"]


@pytest.mark.parametrize("whose", ["hers", "the practice's"])
def test_time_off_and_holidays_take_the_day(cast: SimpleNamespace, visit: Any, whose: Any) -> None:
    mine = cast.dana.practitioner_id if whose == "hers" else None
    TimeOff.objects.create(
        practice=cast.practice, practitioner_id=mine, first_day=MONDAY, last_day=MONDAY
    )

    assert free(cast, visit) == []


def test_times_vanish_while_she_is_away(cast: SimpleNamespace, visit: Any) -> None:
    Membership.objects.filter(user=cast.dana.user).update(away_from=MONDAY, away_until=MONDAY)

    assert free(cast, visit) == []


def test_hours_at_another_location_are_not_for_this_one(cast: SimpleNamespace, visit: Any) -> None:
    other = Location.objects.create(practice=cast.practice, name="Uptown")
    Hours.objects.update(location=other)

    assert free(cast, visit) == []
    assert free(cast, visit, location=other) != []


def test_a_service_is_given_only_where_it_takes_place(cast: SimpleNamespace, visit: Any) -> None:
    video = Location.objects.create(practice=cast.practice, name="Video", place_of_service="10")

    assert free(cast, visit, location=video) == []


def test_the_minimum_notice_and_the_horizon_hold(cast: SimpleNamespace, visit: Any) -> None:
    assert free(cast, visit, now=at(10) - 24 * HOUR) == ["10:00", "10:30", "11:00"]
    assert free(cast, visit, now=at(10) - 61 * 24 * HOUR) == []


def test_the_clinicians_own_rules_come_before_the_practices(
    cast: SimpleNamespace, visit: Any
) -> None:
    PracticeRules.objects.create(practice=cast.practice, grid_minutes=60, notice_hours=0)
    Diary.objects.create(practitioner_id=cast.dana.practitioner_id, grid_minutes=15)

    assert free(cast, visit, now=at(11))[:2] == ["11:00"]
    assert free(cast, visit)[:2] == ["09:00", "09:15"]


def test_a_full_day_has_no_more_times(cast: SimpleNamespace, visit: Any) -> None:
    PracticeRules.objects.create(practice=cast.practice, most_a_day=1)
    appointment(cast.dana, visit, cast.office, at(15))

    assert free(cast, visit) == []


def test_nobody_books_someone_who_left(cast: SimpleNamespace, visit: Any) -> None:
    Membership.objects.filter(user=cast.dana.user).update(ends_at=at(10))

    assert free(cast, visit) == ["09:00"]


def test_a_group_can_be_joined_while_it_has_a_place(cast: SimpleNamespace) -> None:
    group = service(cast.practice, cast.dana, name="Group", capacity=2)
    theirs = appointment(cast.dana, group, cast.office, at(18))
    assert free(cast, group) == ["18:00"]

    for name in ("Ann", "Ben"):
        Attendee.objects.create(appointment=theirs, first_name=name, last_name="Example")

    assert free(cast, group) == []


def test_a_timetable_takes_as_many_statements_for_fifty_days_as_for_one(
    cast: SimpleNamespace, visit: Any, django_assert_num_queries: Any
) -> None:
    for first, last in ((MONDAY, MONDAY), (MONDAY, MONDAY + dt.timedelta(days=50))):
        with django_assert_num_queries(5):
            timetable_of(cast.practice, [cast.dana.practitioner_id], first=first, last=last)
