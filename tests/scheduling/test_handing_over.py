"""What becomes of a clinician's appointments when they leave."""

import datetime as dt
from types import SimpleNamespace

import pytest
import time_machine
from django.utils import timezone

from letterhead.activity.models import Activity
from letterhead.billing.leaving import leave
from letterhead.clients.models import Client
from letterhead.outbox.worker import do_all_due
from letterhead.practices.models import Membership
from letterhead.scheduling.handing_over import beside_others
from letterhead.scheduling.models import Appointment, Diary, Series, Service
from tests.clients.desk import client_of
from tests.practices.office import Office
from tests.practices.team.team import membership_of
from tests.scheduling.making import appointment, at, service

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 12, 1, 15, tzinfo=dt.UTC)


@pytest.fixture
def kind(cast: SimpleNamespace) -> Service:
    """What Sam and Lee offer."""
    return service(cast.practice, cast.sam, cast.lee)


def leaves(cast: SimpleNamespace, *, to: object, ends_at: dt.datetime | None = None) -> None:
    """End Sam's access, with a colleague who takes over, or nobody."""
    colleague = getattr(to, "practitioner_id", None)
    leave(
        membership_of(cast.sam),
        ends_at=ends_at,
        hand_over_to=colleague,
        read_at_version=membership_of(cast.sam).version,
        by=cast.dana.user,
    )


def whose(row: Appointment) -> int:
    return Appointment.objects.values_list("practitioner", flat=True).get(pk=row.pk)


@time_machine.travel(NOW, tick=False)
def test_appointments_to_come_go_to_the_colleague_and_past_ones_stay(
    cast: SimpleNamespace, kind: Service
) -> None:
    past = appointment(cast.sam, kind, cast.office, NOW - dt.timedelta(days=1))
    coming = appointment(cast.sam, kind, cast.office, at(10))
    canceled = appointment(cast.sam, kind, cast.office, at(12))
    Appointment.objects.filter(pk=canceled.pk).update(takes_time=False)

    leaves(cast, to=cast.lee)

    sam, lee = cast.sam.practitioner_id, cast.lee.practitioner_id
    assert [whose(past), whose(coming), whose(canceled)] == [sam, lee, sam]
    moved = Appointment.objects.get(pk=coming.pk)
    assert (moved.starts_at, moved.booked_anyway, moved.version) == (at(10), False, 2)
    told = Activity.objects.get(act="ended a user's access").changes
    assert told["number of appointments to come"] == [1, 0]
    assert "appointments beside others" not in told


@time_machine.travel(NOW, tick=False)
def test_a_series_goes_with_all_that_is_still_to_come_of_it(
    cast: SimpleNamespace, kind: Service
) -> None:
    days = [dt.date(2026, 12, 7) + dt.timedelta(weeks=n) for n in range(3)]
    series = Series.objects.create(
        practice=cast.practice, first_day=days[0], starts=dt.time(10), rule="FREQ=WEEKLY"
    )
    rows = [
        appointment(cast.sam, kind, cast.office, at(10, day=day), series=series, series_day=day)
        for day in days
    ]

    leaves(cast, to=cast.lee)

    assert {whose(row) for row in rows} == {cast.lee.practitioner_id}


@time_machine.travel(NOW, tick=False)
def test_where_the_colleagues_time_is_taken_it_moves_as_booked_anyway_and_is_listed(
    cast: SimpleNamespace, kind: Service
) -> None:
    appointment(cast.lee, kind, cast.office, at(10, 30))
    beside = appointment(cast.sam, kind, cast.office, at(10))
    free = appointment(cast.sam, kind, cast.office, at(14))

    leaves(cast, to=cast.lee)

    assert whose(beside) == whose(free) == cast.lee.practitioner_id
    assert Appointment.objects.get(pk=beside.pk).booked_anyway
    assert not Appointment.objects.get(pk=free.pk).booked_anyway
    told = Activity.objects.get(act="ended a user's access").changes
    assert told["number of appointments to come"] == [2, 0]
    assert told["appointments beside others"] == "2026-12-07 10:00"


@time_machine.travel(NOW, tick=False)
def test_a_lapsed_hold_of_the_colleagues_is_in_nobodys_way(
    cast: SimpleNamespace, kind: Service
) -> None:
    lapsed = appointment(cast.lee, kind, cast.office, at(10))
    Appointment.objects.filter(pk=lapsed.pk).update(held_until=NOW - dt.timedelta(minutes=1))
    coming = appointment(cast.sam, kind, cast.office, at(10))

    leaves(cast, to=cast.lee)

    assert whose(coming) == cast.lee.practitioner_id
    assert not Appointment.objects.get(pk=coming.pk).booked_anyway


@time_machine.travel(NOW, tick=False)
@pytest.mark.parametrize("with_colleague", [True, False])
def test_times_held_with_who_leaves_are_let_go(
    cast: SimpleNamespace, kind: Service, with_colleague: bool
) -> None:
    held = appointment(cast.sam, kind, cast.office, at(10))
    Appointment.objects.filter(pk=held.pk).update(held_until=NOW + dt.timedelta(minutes=9))
    before = Diary.objects.get(pk=cast.sam.practitioner_id).version

    leaves(cast, to=cast.lee if with_colleague else None)

    assert not Appointment.objects.exists()
    assert Diary.objects.get(pk=cast.sam.practitioner_id).version > before


def test_the_page_counts_appointments_to_come(cast: SimpleNamespace, kind: Service) -> None:
    appointment(cast.sam, kind, cast.office, timezone.now() + dt.timedelta(days=2))
    appointment(cast.sam, kind, cast.office, timezone.now() - dt.timedelta(days=2))

    page = Office(cast.dana).read(f"/users/{membership_of(cast.sam).pk}/end/")

    assert "1 upcoming appointment" in page


def test_appointments_that_nobody_took_over_are_counted_and_handed_over_later(
    cast: SimpleNamespace, kind: Service
) -> None:
    coming = appointment(cast.sam, kind, cast.office, timezone.now() + dt.timedelta(days=2))
    leaves(cast, to=None)
    dana = Office(cast.dana)
    assert "1 appointment to hand over" in dana.read("/users/")

    address = f"/users/{membership_of(cast.sam).pk}/hand-over/"
    assert dana.save(address, {"Hand clients over to": "Lee Park"}).status == 302

    assert whose(coming) == cast.lee.practitioner_id
    assert "to hand over" not in dana.read("/users/")


@pytest.mark.django_db(transaction=True)
def test_with_a_last_day_appointments_stay_until_then(cast: SimpleNamespace) -> None:
    kind, client = service(cast.practice, cast.sam), client_of(cast.sam)
    with time_machine.travel(NOW, tick=False):
        before = appointment(cast.sam, kind, cast.office, at(10, day=dt.date(2026, 12, 3)))
        after = appointment(cast.sam, kind, cast.office, at(10))
        leaves(cast, to=cast.lee, ends_at=NOW + dt.timedelta(days=4))
        do_all_due()
        assert whose(after) == cast.sam.practitioner_id
    with time_machine.travel(NOW + dt.timedelta(days=4), tick=False):
        do_all_due()

    assert (whose(before), whose(after)) == (cast.sam.practitioner_id, cast.lee.practitioner_id)
    assert Client.objects.get(pk=client.pk).clinician_id == cast.lee.practitioner_id


@time_machine.travel(NOW, tick=False)
def test_moving_a_thousand_appointments_takes_a_few_statements(
    cast: SimpleNamespace, kind: Service, django_assert_max_num_queries: object
) -> None:
    whole = dt.timedelta(minutes=50)
    starts = [at(9) + dt.timedelta(hours=n) for n in range(1_000)]
    Appointment.objects.bulk_create(
        Appointment(
            practice=cast.practice,
            practitioner_id=cast.sam.practitioner_id,
            service=kind,
            location=cast.office,
            starts_at=start,
            ends_at=start + whole,
            busy_from=start,
            busy_until=start + whole,
        )
        for start in starts
    )

    with django_assert_max_num_queries(45):  # type: ignore[operator]
        leaves(cast, to=cast.lee)

    moved = Appointment.objects.filter(practitioner=cast.lee.practitioner_id)
    assert moved.count() == 1_000
    assert Membership.objects.get(user=cast.sam.user).ends_at == NOW


def test_beside_others_is_who_overlaps_buffers_included() -> None:
    def span(begins: int, ends: int) -> Appointment:
        return Appointment(busy_from=at(begins), busy_until=at(ends))

    there = [span(8, 12), span(9, 10), span(15, 16)]

    coming = [span(12, 13), span(10, 11), span(14, 15), span(14, 17)]
    assert beside_others(coming, there) == [coming[1], coming[3]]
