"""The waiting list: a time that frees up is offered in order, and held for a while."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest

from letterhead.outbox.models import Job
from letterhead.scheduling.actions import (
    NotForNewClients,
    Over,
    Taken,
    accept,
    cancel,
    hold,
    join,
    leave_list,
    offer_times,
)
from letterhead.scheduling.models import Attendee, Hours, Service, Waiting
from tests.scheduling.making import MONDAY, NOW, at
from tests.scheduling.online.booking import ANN, BEN, booked, chosen

pytestmark = pytest.mark.django_db
State = Waiting.State
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def full(cast: SimpleNamespace, visit: Any) -> SimpleNamespace:
    """A day with one time, which Cora has, and Ann and Ben waiting for it."""
    Hours.objects.update(starts="09:00", ends="09:50")
    what = chosen(cast, visit)
    cora = booked(what, at(9), who=BEN)
    ann = join(what, MONDAY, ANN, clinician=None)
    ben = join(what, MONDAY, BEN, clinician=None)
    offer_times(what.clinicians)
    return SimpleNamespace(what=what, cora=cora, ann=ann, ben=ben)


def look(full: SimpleNamespace) -> list[str]:
    """Do the worker's job; say how it stands with Ann and Ben."""
    offer_times(full.what.clinicians)
    for each in (full.ann, full.ben):
        each.refresh_from_db()
    return [full.ann.state, full.ben.state]


def emails() -> list[str]:
    rows = Job.objects.filter(name="mail").order_by("pk").values_list("values", flat=True)
    return [values["to"][0] for values in rows if "A time is free" in values["subject"]]


def test_nobody_is_offered_anything_while_the_day_is_full(full: SimpleNamespace) -> None:
    assert look(full) == [State.WAITING, State.WAITING]
    assert emails() == []


def test_a_time_that_frees_up_is_held_for_who_came_first(full: SimpleNamespace) -> None:
    cancel(full.cora.key)

    assert look(full) == [State.OFFERED, State.WAITING]
    assert emails() == ["ann@client.example"]
    with pytest.raises(Taken):
        hold(full.what, at(9))


def test_every_change_of_her_time_has_the_worker_look_again(full: SimpleNamespace) -> None:
    Job.objects.all().delete()

    cancel(full.cora.key)

    assert Job.objects.filter(name="waiting list").exists()


def test_the_offer_is_booked_with_what_was_typed_once(full: SimpleNamespace) -> None:
    cancel(full.cora.key)
    look(full)

    first, again = accept(full.ann.key), accept(full.ann.key)

    assert first.pk == again.pk
    assert (first.state, first.email) == (Attendee.State.BOOKED, ANN.email)
    assert look(full) == [State.BOOKED, State.WAITING]


def test_without_an_answer_the_next_one_is_offered_the_time(
    full: SimpleNamespace, clock: Any
) -> None:
    cancel(full.cora.key)
    look(full)
    again = Job.objects.filter(name="waiting list", due_at__gt=NOW).get()
    assert again.due_at == NOW + 2 * HOUR

    clock.shift(2 * HOUR)

    assert look(full) == [State.PASSED, State.OFFERED]
    assert emails() == [ANN.email, BEN.email]


def test_who_answers_late_gets_the_time_if_nobody_else_has_it(
    full: SimpleNamespace, clock: Any
) -> None:
    cancel(full.cora.key)
    look(full)
    clock.shift(3 * HOUR)

    assert accept(full.ann.key).state == Attendee.State.BOOKED


def test_who_leaves_the_list_gives_the_time_to_the_next(full: SimpleNamespace) -> None:
    cancel(full.cora.key)
    look(full)

    leave_list(full.ann.key)

    assert look(full) == [State.LEFT, State.OFFERED]
    with pytest.raises(Over):
        accept(full.ann.key)


def test_joining_twice_is_the_same_place_in_the_list(full: SimpleNamespace) -> None:
    again = join(full.what, MONDAY, ANN, clinician=None)

    assert again.pk == full.ann.pk


def test_nobody_waits_for_what_is_not_for_them(cast: SimpleNamespace, visit: Any) -> None:
    Service.objects.update(for_new_clients=False)

    with pytest.raises(NotForNewClients):
        join(chosen(cast, visit), MONDAY, ANN, clinician=None)
