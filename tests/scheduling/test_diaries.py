"""A clinician's time: taken once, given back when it was only held."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from letterhead.scheduling import diaries
from letterhead.scheduling.diaries import Taken
from letterhead.scheduling.models import Appointment, Diary
from tests.scheduling.making import appointment, at, service

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def visit(cast: SimpleNamespace) -> Any:
    return service(cast.practice, cast.dana, cast.sam)


def test_a_time_is_taken_once(cast: SimpleNamespace, visit: Any) -> None:
    appointment(cast.dana, visit, cast.office, at(10))

    with pytest.raises(Taken):
        appointment(cast.dana, visit, cast.office, at(10, 30))


def test_a_colleague_has_time_of_their_own(cast: SimpleNamespace, visit: Any) -> None:
    appointment(cast.dana, visit, cast.office, at(10))

    appointment(cast.sam, visit, cast.office, at(10))

    assert Appointment.objects.filter(starts_at=at(10)).count() == 2


def test_an_appointment_can_begin_when_another_ends(cast: SimpleNamespace, visit: Any) -> None:
    appointment(cast.dana, visit, cast.office, at(10))

    appointment(cast.dana, visit, cast.office, at(10, 50))

    assert Appointment.objects.count() == 2


def test_buffers_are_counted_on_both_sides(cast: SimpleNamespace) -> None:
    wide = service(cast.practice, cast.dana, buffer_before=10, buffer_after=10)
    appointment(cast.dana, wide, cast.office, at(10))

    for start in (at(9), at(11)):
        with pytest.raises(Taken):
            appointment(cast.dana, wide, cast.office, start)
    appointment(cast.dana, wide, cast.office, at(11, 10))


def test_what_was_canceled_takes_no_time(cast: SimpleNamespace, visit: Any) -> None:
    gone = appointment(cast.dana, visit, cast.office, at(10))
    Appointment.objects.filter(pk=gone.pk).update(takes_time=False)

    appointment(cast.dana, visit, cast.office, at(10))

    assert Appointment.objects.get(takes_time=True).pk != gone.pk


def test_a_held_time_is_taken_until_it_lapses(cast: SimpleNamespace, visit: Any) -> None:
    soon = dt.datetime.now(dt.UTC) + dt.timedelta(minutes=10)
    held = appointment(cast.dana, visit, cast.office, at(10), held_until=soon)
    with pytest.raises(Taken):
        appointment(cast.dana, visit, cast.office, at(10))

    Appointment.objects.filter(pk=held.pk).update(held_until=soon - dt.timedelta(hours=1))

    appointment(cast.dana, visit, cast.office, at(10))
    assert not Appointment.objects.filter(pk=held.pk).exists()


def test_what_was_held_and_never_booked_is_forgotten_a_day_later(
    cast: SimpleNamespace, visit: Any
) -> None:
    now = dt.datetime.now(dt.UTC)
    kept, lapsed, forgotten = (
        appointment(cast.dana, visit, cast.office, at(hour), held_until=now - since)
        for hour, since in ((9, dt.timedelta(hours=-1)), (11, dt.timedelta(hours=1)), (13, DAY))
    )
    booked = appointment(cast.dana, visit, cast.office, at(15))

    diaries.forget_lapsed()

    there = set(Appointment.objects.values_list("pk", flat=True))
    assert there == {kept.pk, lapsed.pk, booked.pk}
    assert forgotten.pk not in there


def test_staff_can_book_anyway_beside_another(cast: SimpleNamespace, visit: Any) -> None:
    appointment(cast.dana, visit, cast.office, at(10))
    beside = Appointment(**_columns(cast, visit, at(10)))
    with transaction.atomic():
        diaries.lock(cast.dana.practitioner_id)
        diaries.take(beside, anyway=True)

    assert beside.booked_anyway


def test_booked_anyway_where_nothing_is_in_the_way_is_as_firm_as_any(
    cast: SimpleNamespace, visit: Any
) -> None:
    first = Appointment(**_columns(cast, visit, at(10)))
    with transaction.atomic():
        diaries.lock(cast.dana.practitioner_id)
        diaries.take(first, anyway=True)

    assert not first.booked_anyway


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no such constraints")
def test_the_database_itself_refuses_a_time_taken_twice(cast: SimpleNamespace, visit: Any) -> None:
    Appointment.objects.create(**_columns(cast, visit, at(10)))

    with pytest.raises(IntegrityError, match="time_taken_once"), transaction.atomic():
        Appointment.objects.create(**_columns(cast, visit, at(10, 30)))


def test_each_lock_moves_the_version_of_the_diary(cast: SimpleNamespace) -> None:
    diaries.lock(cast.dana.practitioner_id)
    diaries.lock(cast.dana.practitioner_id)

    assert Diary.objects.get(pk=cast.dana.practitioner_id).version == 3


def _columns(cast: SimpleNamespace, kind: Any, start: Any) -> Any:
    ends = start + dt.timedelta(minutes=50)
    return {
        "practice": cast.practice,
        "practitioner_id": cast.dana.practitioner_id,
        "service": kind,
        "location": cast.office,
        "starts_at": start,
        "ends_at": ends,
        "busy_from": start,
        "busy_until": ends,
    }
