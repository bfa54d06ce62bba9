"""Clients move and cancel their own appointments, while the practice allows it."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest

from letterhead.activity.models import Activity
from letterhead.outbox.models import Job
from letterhead.scheduling.actions import (
    Over,
    Taken,
    TooLate,
    can_change_until,
    cancel,
    hold,
    reschedule,
)
from letterhead.scheduling.models import Appointment, Attendee, PracticeRules
from letterhead.scheduling.telling import JOB
from tests.scheduling.making import NOW, at, hours, service
from tests.scheduling.online.booking import BEN, booked, chosen, new_key

pytestmark = pytest.mark.django_db
State = Attendee.State


def told() -> Any:

    return list(Job.objects.filter(name=JOB).order_by("pk").values_list("values__what", flat=True))


def test_an_appointment_moves_to_a_free_time(cast: SimpleNamespace, visit: Any) -> None:

    ann = booked(chosen(cast, visit), at(10))

    moved = reschedule(ann.key, at(14))

    assert (moved.appointment.starts_at, moved.appointment.ends_at) == (at(14), at(14, 50))
    assert (moved.appointment_id, moved.moved_from, moved.sequence) == (
        ann.appointment_id,
        at(10),
        1,
    )
    assert told() == ["booked", "changed"]


def test_it_can_move_into_a_part_of_its_own_time(cast: SimpleNamespace, visit: Any) -> None:

    ann = booked(chosen(cast, visit), at(10))

    assert reschedule(ann.key, at(10, 30)).appointment.starts_at == at(10, 30)


def test_it_never_moves_where_nothing_is_free(cast: SimpleNamespace, visit: Any) -> None:

    what = chosen(cast, visit)
    ann, _ = booked(what, at(10)), booked(what, at(14), BEN)

    for start in (at(14), at(7), at(10, 7), at(10, day=dt.date(2027, 6, 1))):
        with pytest.raises(Taken):
            reschedule(ann.key, start)
    assert Appointment.objects.get(attendees=ann).starts_at == at(10)


def test_moving_to_the_same_time_changes_nothing(cast: SimpleNamespace, visit: Any) -> None:

    ann = booked(chosen(cast, visit), at(10))

    assert reschedule(ann.key, at(10)).sequence == 0
    assert told() == ["booked"]


def test_a_canceled_appointment_gives_its_time_back(cast: SimpleNamespace, visit: Any) -> None:

    what = chosen(cast, visit)
    ann = booked(what, at(10))

    for _ in range(2):
        gone = cancel(ann.key)

    assert (gone.state, gone.canceled_at, gone.canceled_online) == (State.CANCELED, NOW, True)
    assert told() == ["booked", "canceled"]
    assert booked(what, at(10), BEN).state == State.BOOKED


def test_it_is_too_late_within_the_practices_hours(
    cast: SimpleNamespace, visit: Any, clock: Any
) -> None:

    PracticeRules.objects.create(practice=cast.practice, change_hours=48)
    ann = booked(chosen(cast, visit), at(10))
    assert can_change_until(ann.appointment) == at(10) - dt.timedelta(hours=48)
    clock.move_to(at(10) - dt.timedelta(hours=47))

    with pytest.raises(TooLate):
        cancel(ann.key)
    with pytest.raises(TooLate):
        reschedule(ann.key, at(15))


def test_the_links_end_with_the_appointment(cast: SimpleNamespace, visit: Any, clock: Any) -> None:

    what = chosen(cast, visit)
    ann, ben, held = booked(what, at(10)), booked(what, at(12), BEN), hold(what, at(14))
    cancel(ben.key)
    for key in (ben.key, held.key, new_key()):
        with pytest.raises(Over):
            reschedule(key, at(15))
    clock.move_to(at(10))

    for change in (cancel, lambda key: reschedule(key, at(15))):
        with pytest.raises(Over):
            change(ann.key)


def test_a_request_that_moves_is_a_request_again(cast: SimpleNamespace, visit: Any) -> None:

    PracticeRules.objects.create(practice=cast.practice, needs_approval=True)
    ann = booked(chosen(cast, visit), at(10))
    Attendee.objects.update(state=State.BOOKED)

    assert reschedule(ann.key, at(14)).state == State.REQUESTED


def test_one_of_a_group_moves_or_cancels_alone(cast: SimpleNamespace, clock: Any) -> None:

    hours(cast.dana)
    what = chosen(cast, service(cast.practice, cast.dana, capacity=3))
    ann, ben = booked(what, at(10)), booked(what, at(10), BEN)

    moved = reschedule(ann.key, at(14))
    assert moved.appointment_id != ben.appointment_id
    assert reschedule(ben.key, at(14)).appointment_id == moved.appointment_id
    assert not Appointment.objects.filter(starts_at=at(10)).exists()
    cancel(ann.key)
    assert Appointment.objects.get().takes_time
    cancel(ben.key)
    assert not Appointment.objects.get().takes_time


def test_what_clients_do_is_recorded_by_the_name_they_gave(
    cast: SimpleNamespace, visit: Any
) -> None:

    ann = booked(chosen(cast, visit), at(10))
    reschedule(ann.key, at(14))
    cancel(ann.key)

    rows = Activity.objects.filter(practice=cast.practice.pk).order_by("-pk")[:3]
    assert {row.person_name for row in rows} == {"Ann Lee"}
    assert {row.about for row in rows} == {f"appointment {ann.appointment_id}"}
