"""Clients who want the same times at the same moment."""

from collections import Counter
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine

from letterhead.outbox.models import Job
from letterhead.scheduling.actions import Taken, Who, book, hold
from letterhead.scheduling.models import Appointment, Attendee
from letterhead.scheduling.telling import JOB
from tests.races.test_races import at_once
from tests.scheduling.making import MONDAY, NOW, at, hours, service
from tests.scheduling.online.booking import ANN, chosen

# On both databases: SQLite has its own way of having others wait.
pytestmark = [pytest.mark.django_db(transaction=True)]


def someone(number: int) -> Who:

    return Who(first_name="Ann", last_name="Lee", email=f"ann{number}@client.example")


@pytest.fixture(autouse=True)
def _now() -> Any:

    with time_machine.travel(NOW, tick=True):
        yield


def test_two_hundred_clients_for_twenty_times_make_twenty_bookings(cast: SimpleNamespace) -> None:

    hours(cast.dana, starts="08:00", ends="18:00")
    what = chosen(cast, service(cast.practice, cast.dana, duration=30))
    times = [at(8 + half // 2, 30 * (half % 2)) for half in range(20)]

    def wanting(number: int) -> Callable[[], Any]:

        start = times[number % len(times)]
        return lambda: book(what, start, hold(what, start).key, someone(number))

    came = [each for ten in range(20) for each in at_once(*map(wanting, range(ten, 200, 20)))]

    assert Counter(type(each) for each in came) == {Attendee: 20, Taken: 180}
    assert sorted(Appointment.objects.values_list("starts_at", flat=True)) == times
    assert Job.objects.filter(name=JOB).count() == 20


def test_a_form_sent_three_times_at_once_is_one_booking_and_one_email(
    cast: SimpleNamespace,
) -> None:

    hours(cast.dana)
    what = chosen(cast, service(cast.practice, cast.dana))
    held = hold(what, at(10))

    came = at_once(*[lambda: book(what, at(10), held.key, ANN)] * 3)

    assert {each.pk for each in came} == {Attendee.objects.get().pk}
    assert Job.objects.filter(name=JOB).count() == 1


def test_it_is_the_same_where_the_hold_lapsed_and_any_of_two_can_take_it(
    cast: SimpleNamespace,
) -> None:

    hours(cast.dana)
    hours(cast.sam)
    what = chosen(cast, service(cast.practice, cast.dana, cast.sam))
    held = hold(what, at(10))
    Appointment.objects.all().delete()

    came = at_once(*[lambda: book(what, at(10), held.key, ANN)] * 3)

    assert {each.pk for each in came} == {Attendee.objects.get().pk}
    assert Job.objects.filter(name=JOB).count() == 1


def test_of_three_who_ask_for_any_of_two_clinicians_two_are_booked(cast: SimpleNamespace) -> None:

    hours(cast.dana)
    hours(cast.sam)
    what = chosen(cast, service(cast.practice, cast.dana, cast.sam))

    def wanting(number: int) -> Callable[[], Any]:

        return lambda: book(what, at(10), hold(what, at(10)).key, someone(number))

    came = at_once(*map(wanting, range(3)))

    assert Counter(type(each) for each in came) == {Attendee: 2, Taken: 1}
    clinicians = set(Appointment.objects.values_list("practitioner", flat=True))
    assert clinicians == {cast.dana.practitioner_id, cast.sam.practitioner_id}


def test_a_group_is_never_fuller_than_it_can_be(cast: SimpleNamespace) -> None:

    hours(cast.dana)
    what = chosen(cast, service(cast.practice, cast.dana, capacity=4))

    def wanting(number: int) -> Callable[[], Any]:

        return lambda: book(what, at(10), hold(what, at(10)).key, someone(number))

    came = at_once(*map(wanting, range(10)))

    assert Counter(type(each) for each in came) == {Attendee: 4, Taken: 6}
    assert Appointment.objects.get().starts_at.date() == MONDAY
