"""Members of a practice who make, move and cancel appointments at the same moment."""

from collections import Counter
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine

from letterhead.activity.changes import Stale
from letterhead.practices.models import Membership
from letterhead.scheduling.actions import InTheWay, Plan, When, cancel_by_staff, make, move
from letterhead.scheduling.appointments.attendance import Full, add_person
from letterhead.scheduling.models import Appointment
from letterhead.scheduling.queries import calendars_changed_by
from tests.clients.desk import client_of
from tests.races.test_races import at_once
from tests.scheduling.making import NOW, appointment, at, service

# On both databases: SQLite has its own way of having others wait.
pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def shop(cast: SimpleNamespace) -> SimpleNamespace:
    cast.visit = service(cast.practice, cast.dana, cast.sam)
    cast.clients = [client_of(cast.dana, f"No{number}", "Moreno") for number in range(5)]
    return cast


def plan_with(shop: SimpleNamespace, who: Any, **more: Any) -> Plan:
    everyone = calendars_changed_by(Membership.objects.get(user=shop.dana.user))
    given = {
        "practice": shop.practice,
        "practitioner": everyone.get(pk=who.practitioner_id),
        "service": shop.visit,
        "location": shop.office,
        "minutes": 50,
    }
    return Plan(**{**given, **more})


def test_of_five_members_who_want_one_time_one_has_it_and_the_others_are_told(
    shop: SimpleNamespace,
) -> None:
    def wanting(number: int) -> Callable[[], Any]:
        plan = plan_with(shop, shop.dana, clients=(shop.clients[number],))
        return lambda: make(plan, When(starts_at=at(10)), by=shop.dana.user)

    came = at_once(*map(wanting, range(5)))

    assert Counter(type(each) for each in came) == {Appointment: 1, InTheWay: 4}
    told = next(each for each in came if isinstance(each, InTheWay))
    (words,) = next(iter(told.found.on.values()))
    assert words.startswith("Dana Rivera has another appointment then: Follow-up visit")
    assert Appointment.objects.count() == 1


def test_of_two_who_move_into_one_time_one_does(shop: SimpleNamespace) -> None:
    rows = [appointment(shop.dana, shop.visit, shop.office, at(hour)) for hour in (9, 13)]
    plan = plan_with(shop, shop.dana)

    def moving(row: Appointment) -> Callable[[], Any]:
        return lambda: move(row, plan, at(11), read_at_version=1, by=shop.dana.user)

    came = at_once(*map(moving, rows))

    assert Counter(type(each) for each in came) == {Appointment: 1, InTheWay: 1}


def test_of_two_who_change_one_appointment_one_is_told(shop: SimpleNamespace) -> None:
    row = appointment(shop.dana, shop.visit, shop.office, at(9), client=shop.clients[0])
    plan, by = plan_with(shop, shop.dana), shop.dana.user

    came = at_once(
        lambda: move(row, plan, at(11), read_at_version=1, by=by),
        lambda: cancel_by_staff(row, read_at_version=1, by=by),
    )

    assert sum(isinstance(each, Stale) for each in came) == 1


def test_two_who_exchange_clinicians_dont_wait_for_each_other_forever(
    shop: SimpleNamespace,
) -> None:
    danas = appointment(shop.dana, shop.visit, shop.office, at(9))
    sams = appointment(shop.sam, shop.visit, shop.office, at(13))
    to_sam, to_dana = plan_with(shop, shop.sam), plan_with(shop, shop.dana)
    by = shop.dana.user

    came = at_once(
        lambda: move(danas, to_sam, at(9), read_at_version=1, by=by),
        lambda: move(sams, to_dana, at(13), read_at_version=1, by=by),
    )

    assert [type(each) for each in came] == [Appointment, Appointment]


def test_a_series_and_an_appointment_that_want_one_time_arent_both_there(
    shop: SimpleNamespace,
) -> None:
    plan, by = plan_with(shop, shop.dana), shop.dana.user

    came = at_once(
        lambda: make(plan, When(starts_at=at(10), rule="FREQ=WEEKLY;COUNT=20"), by=by),
        lambda: make(plan, When(starts_at=at(10)), by=by),
    )

    assert Counter(type(each) for each in came) == {Appointment: 1, InTheWay: 1}
    assert Appointment.objects.count() in {1, 20}


def test_a_group_never_has_more_clients_than_places(shop: SimpleNamespace) -> None:
    group = service(shop.practice, shop.dana, name="Eating well", capacity=2)
    row = appointment(shop.dana, group, shop.office, at(10))

    def adding(number: int) -> Callable[[], Any]:
        plan = plan_with(shop, shop.dana, service=group, clients=(shop.clients[number],))
        return lambda: add_person(row, plan, by=shop.dana.user)

    came = at_once(*map(adding, range(5)))

    assert sum(isinstance(each, Full) for each in came) == 3
    assert row.attendees.count() == 2
