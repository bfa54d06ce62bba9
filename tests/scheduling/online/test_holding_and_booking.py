"""A time is held, then booked: once, and only if it was offered."""

import datetime as dt
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from letterhead.details.models import Card
from letterhead.outbox.models import Job
from letterhead.practices.models import Location, Membership, Practice
from letterhead.scheduling.actions import NotForNewClients, Over, Taken, book, hold, prove
from letterhead.scheduling.models import Appointment, Attendee, PracticeRules, Service, TimeOff
from letterhead.scheduling.offers import free_between
from letterhead.scheduling.telling import JOB
from tests.scheduling.making import MONDAY, NOW, appointment, at, hours, service
from tests.scheduling.online.booking import ANN, BEN, booked, chosen, new_key

pytestmark = pytest.mark.django_db
State = Attendee.State
MINUTE = dt.timedelta(minutes=1)


def free(what: Any, day: Any = MONDAY, now: Any = NOW) -> Any:

    return list(free_between(what, day, day, now=now).get(day, {}))


def told() -> Any:

    return list(Job.objects.filter(name=JOB).order_by("pk").values_list("values__what", flat=True))


def test_a_held_time_is_nobody_elses_for_ten_minutes(
    cast: SimpleNamespace, visit: Any, clock: Any
) -> None:

    what = chosen(cast, visit)
    held = hold(what, at(10))

    assert (held.state, held.held_until) == (State.HELD, NOW + 10 * MINUTE)
    assert at(10) not in free(what)
    with pytest.raises(Taken):
        hold(what, at(10))
    clock.shift(10 * MINUTE)
    assert at(10) in free(what)
    hold(what, at(10))
    assert Attendee.objects.count() == 1


def test_a_booking_has_the_name_that_was_given_and_tells_once(
    cast: SimpleNamespace, visit: Any
) -> None:

    ann = booked(chosen(cast, visit), at(10))

    assert (ann.state, ann.name, ann.email, ann.client) == (
        *(State.BOOKED, "Ann Lee", "ann@client.example", None),
    )
    assert ann.agreed_at == NOW
    assert ann.appointment.held_until is None
    assert told() == ["booked"]


def test_a_form_sent_twice_is_one_booking_and_one_email(cast: SimpleNamespace, visit: Any) -> None:

    what = chosen(cast, visit)
    first = booked(what, at(10))

    again = book(what, at(10), first.key, ANN)

    assert again.pk == first.pk
    assert Attendee.objects.count() == 1
    assert told() == ["booked"]


def test_someone_else_with_the_same_form_gets_no_booking_of_the_first(
    cast: SimpleNamespace, visit: Any
) -> None:

    what = chosen(cast, visit)
    first = booked(what, at(10))

    with pytest.raises(Taken):
        book(what, at(10), first.key, BEN)


def test_a_hold_that_lapsed_is_booked_if_its_time_is_still_free(
    cast: SimpleNamespace, visit: Any, clock: Any
) -> None:

    what = chosen(cast, visit)
    held = hold(what, at(10))
    clock.shift(30 * MINUTE)

    assert book(what, at(10), held.key, ANN).state == State.BOOKED
    assert Appointment.objects.count() == 1


def test_a_hold_that_lapsed_is_not_booked_where_someone_else_was_faster(
    cast: SimpleNamespace, visit: Any, clock: Any
) -> None:

    what = chosen(cast, visit)
    held = hold(what, at(10))
    clock.shift(11 * MINUTE)
    booked(what, at(10), BEN)

    with pytest.raises(Taken):
        book(what, at(10), held.key, ANN)
    assert Attendee.objects.get().email == BEN.email


def test_a_form_without_a_hold_is_booked_if_the_time_is_free(
    cast: SimpleNamespace, visit: Any
) -> None:

    assert booked(chosen(cast, visit), at(10), key=new_key()).state == State.BOOKED


def test_a_hold_counts_its_notice_from_when_it_was_held(
    cast: SimpleNamespace, visit: Any, clock: Any
) -> None:

    what, start = chosen(cast, visit), NOW + dt.timedelta(hours=24)
    held = hold(what, start)
    clock.shift(9 * MINUTE)

    assert book(what, start, held.key, ANN).state == State.BOOKED


def test_time_off_entered_while_the_form_was_filled_in_is_seen(
    cast: SimpleNamespace, visit: Any
) -> None:

    what = chosen(cast, visit)
    held = hold(what, at(10))
    TimeOff.objects.create(practice=cast.practice, first_day=MONDAY, last_day=MONDAY)

    with pytest.raises(Taken):
        book(what, at(10), held.key, ANN)
    assert not Attendee.objects.exists()


NEVER = {
    "before the hours": at(7),
    "after the hours": at(17),
    "too long for the end of the hours": at(16, 30),
    "between two times": at(10, 7),
    "on a Saturday": at(10, day=dt.date(2026, 12, 5)),
    "in the past": at(10, day=dt.date(2026, 11, 30)),
    "within the notice": at(11, day=dt.date(2026, 12, 1)),
    "beyond the horizon": at(10, day=dt.date(2027, 3, 1)),
    "in the year 9999": dt.datetime(9999, 12, 31, 23, 59, tzinfo=dt.UTC),
    "in the year 1": dt.datetime(1, 1, 1, tzinfo=dt.UTC),
}


@pytest.mark.parametrize("start", NEVER.values(), ids=NEVER)
def test_a_forged_time_is_never_held_or_booked(
    cast: SimpleNamespace, visit: Any, start: Any
) -> None:

    what = chosen(cast, visit)

    with pytest.raises(Taken):
        hold(what, start)
    with pytest.raises(Taken):
        book(what, start, new_key(), ANN)
    assert not Appointment.objects.exists()


def test_only_what_is_offered_online_can_be_chosen(cast: SimpleNamespace, visit: Any) -> None:

    by_staff = service(cast.practice, cast.dana, name="By staff", bookable_online=False)
    ended = service(cast.practice, cast.dana, name="Ended", ended_at=NOW)
    elsewhere = service(cast.stranger.practice, cast.stranger)
    video = Location.objects.create(practice=cast.practice, name="Video", place_of_service="10")

    assert chosen(cast, visit, cast.dana) is not None
    assert chosen(cast, visit, cast.sam) is None
    assert chosen(cast, visit, location=video) is None
    for kind in (by_staff, ended, elsewhere):
        assert chosen(cast, kind) is None
    there = Location.objects.get(practice=cast.stranger.practice)
    assert chosen(cast, visit, location=there) is None


@pytest.mark.parametrize("how", ["card hidden", "not on the calendar", "access ended"])
def test_who_is_hidden_or_gone_cannot_be_booked(
    cast: SimpleNamespace, visit: Any, how: Any
) -> None:

    if how == "card hidden":
        Card.objects.filter(practitioner=cast.dana.practitioner_id).update(is_shown=False)
    members = Membership.objects.filter(practitioner=cast.dana.practitioner_id)
    if how == "not on the calendar":
        members.update(show_on_calendar=False)
    if how == "access ended":
        members.update(ends_at=NOW)

    assert chosen(cast, visit) is None


def test_a_service_for_current_clients_is_for_those_who_were_here(
    cast: SimpleNamespace, visit: Any
) -> None:

    Service.objects.update(for_new_clients=False)
    what = chosen(cast, visit)
    held = hold(what, at(10))

    with pytest.raises(NotForNewClients):
        book(what, at(10), held.key, ANN)
    assert book(what, at(10), held.key, replace(ANN, been_here=True)).state == State.BOOKED


def test_any_clinician_is_one_who_takes_new_clients_and_has_the_least_to_do(
    cast: SimpleNamespace, clock: Any
) -> None:

    kind = service(cast.practice, cast.dana, cast.sam, cast.lee)
    for person in (cast.dana, cast.sam, cast.lee):
        hours(person)
    Card.objects.filter(practitioner=cast.lee.practitioner_id).update(takes_new_clients=False)
    appointment(cast.dana, kind, cast.office, at(9))
    what = chosen(cast, kind)

    came = [booked(what, at(14), who).appointment.practitioner_id for who in (ANN, BEN)]

    assert came == [cast.sam.practitioner_id, cast.dana.practitioner_id]
    with pytest.raises(Taken):
        hold(what, at(14))


def test_a_practice_that_confirms_gets_a_request_that_keeps_its_time(
    cast: SimpleNamespace, visit: Any
) -> None:

    PracticeRules.objects.create(practice=cast.practice, needs_approval=True)
    what = chosen(cast, visit)

    assert booked(what, at(10)).state == State.REQUESTED
    assert at(10) not in free(what)
    assert told() == ["requested"]


def test_a_booking_can_wait_for_its_email_to_be_proven(
    cast: SimpleNamespace, visit: Any, clock: Any
) -> None:

    PracticeRules.objects.create(practice=cast.practice, proves_email=True)
    ann = booked(chosen(cast, visit), at(10))
    assert (ann.state, ann.held_until) == (State.UNPROVEN, NOW + 30 * MINUTE)
    clock.shift(29 * MINUTE)

    for _ in range(2):
        assert prove(ann.key).state == State.BOOKED
    assert told() == ["prove", "booked"]
    assert Appointment.objects.get().held_until is None


def test_a_proof_that_comes_late_counts_only_if_the_time_is_free(
    cast: SimpleNamespace, visit: Any, clock: Any
) -> None:

    PracticeRules.objects.create(practice=cast.practice, proves_email=True)
    what = chosen(cast, visit)
    ann, ben = booked(what, at(10)), booked(what, at(11), BEN)
    clock.shift(31 * MINUTE)
    booked(what, at(11))

    assert prove(ann.key).state == State.BOOKED
    with pytest.raises(Over):
        prove(ben.key)


def test_a_group_is_joined_until_it_is_full(cast: SimpleNamespace, clock: Any) -> None:

    hours(cast.dana)
    kind = service(cast.practice, cast.dana, capacity=2)
    what = chosen(cast, kind)

    first, second = booked(what, at(10)), booked(what, at(10), BEN)

    assert first.appointment_id == second.appointment_id
    assert at(10) not in free(what)
    with pytest.raises(Taken):
        hold(what, at(10))
    assert Appointment.objects.count() == 1


def test_a_hold_in_a_group_lapses_alone(cast: SimpleNamespace, clock: Any) -> None:

    hours(cast.dana)
    what = chosen(cast, service(cast.practice, cast.dana, capacity=2))
    booked(what, at(10))
    lapsed = hold(what, at(10))
    clock.shift(11 * MINUTE)

    assert booked(what, at(10), BEN).state == State.BOOKED
    with pytest.raises(Taken):
        book(what, at(10), lapsed.key, replace(ANN, email="cy@client.example"))


def test_a_practice_in_another_zone_books_by_its_own_clock(
    cast: SimpleNamespace, visit: Any
) -> None:

    Practice.objects.filter(pk=cast.practice.pk).update(time_zone="America/Denver")
    cast.practice.refresh_from_db()
    what = chosen(cast, visit)

    assert at(9) not in free(what)
    assert booked(what, at(11)).appointment.starts_at == at(11)
