"""The calendar as a list of days."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from letterhead.practices.models import Membership
from letterhead.scheduling.models import Attendee
from tests.clients.desk import Desk
from tests.scheduling.appointments.staff import added, page_of
from tests.scheduling.making import appointment, at


def test_the_calendar_is_the_first_room(shop: SimpleNamespace, dana: Desk) -> None:
    page = dana.read("/calendar/")

    assert '<a href="/calendar/" aria-current="page">Calendar</a>' in page
    assert "No appointments" in page


def test_it_shows_the_week_that_the_members_weeks_begin_with(
    shop: SimpleNamespace, dana: Desk
) -> None:
    assert "Nov 29, 2026 to Dec 5, 2026" in dana.read("/calendar/")

    Membership.objects.filter(user=shop.dana.user).update(week_starts_on="monday")

    assert "Nov 30, 2026 to Dec 6, 2026" in dana.read("/calendar/")


def test_earlier_today_and_later_lead_from_week_to_week(shop: SimpleNamespace, dana: Desk) -> None:
    page = dana.read("/calendar/", day="2026-12-07")

    assert "Dec 6, 2026 to Dec 12, 2026" in page
    for day in ("2026-11-29", "2026-12-01", "2026-12-13"):
        assert f"/calendar/?view=week&amp;day={day}&amp;clinician=" in page


def test_a_single_day_has_only_its_own(shop: SimpleNamespace, dana: Desk) -> None:
    added(shop, dana)
    added(shop, dana, day="2026-12-08", client=shop.ben.pk)

    page = dana.read("/calendar/", day="2026-12-08", view="day")

    assert "Tuesday, December 8, 2026</h1>" in page
    assert "Ben Aoki" in page
    assert "Ada Moreno" not in page


@pytest.mark.parametrize("day", ["nonsense", "9999-12-31", "0001-01-01", "2026-13-01", "١٢"])
def test_a_day_that_is_none_is_today(shop: SimpleNamespace, dana: Desk, day: str) -> None:
    assert "Nov 29, 2026 to Dec 5, 2026" in dana.read("/calendar/", day=day)


@pytest.mark.parametrize("day", ["1900-01-08", "2099-12-24"])
def test_the_first_and_the_last_day_have_a_page(
    shop: SimpleNamespace, dana: Desk, day: str
) -> None:
    assert dana.get("/calendar/", day=day).status_code == 200


def test_one_clinician_or_everyone(shop: SimpleNamespace, dana: Desk) -> None:
    added(shop, dana)
    appointment(shop.sam, shop.visit, shop.office, at(11), client=shop.ben)
    week = {"day": "2026-12-07"}

    everyone = dana.read("/calendar/", **week)
    only_sam = dana.read("/calendar/", **week, clinician=str(shop.sam.practitioner_id))

    assert ("Ada Moreno" in everyone, "Ben Aoki" in everyone) == (True, True)
    assert ("Ada Moreno" in only_sam, "Ben Aoki" in only_sam) == (False, True)
    stranger = dana.read("/calendar/", **week, clinician=str(shop.stranger.practitioner_id))
    assert "Ada Moreno" in stranger


def test_a_clinician_sees_only_their_own(shop: SimpleNamespace, dana: Desk) -> None:
    made = added(shop, dana)
    appointment(shop.sam, shop.visit, shop.office, at(11), client=shop.ben)
    sam = Desk(shop.sam)

    page = sam.read("/calendar/", day="2026-12-07")

    assert ("Ada Moreno" in page, "Ben Aoki" in page) == (False, True)
    assert sam.get(page_of(made)).status_code == 404


def test_what_another_practice_or_a_visitor_holds_is_on_no_calendar(
    shop: SimpleNamespace, dana: Desk
) -> None:
    soon = at(10, day=dt.date(2026, 12, 1)) + dt.timedelta(minutes=9)
    held = appointment(shop.dana, shop.visit, shop.office, at(10), held_until=soon)
    Attendee.objects.create(appointment=held, state="held", held_until=soon)

    assert "No appointments" in dana.read("/calendar/", day="2026-12-07")
    assert "No appointments" in Desk(shop.stranger).read("/calendar/", day="2026-12-07")


def test_days_are_the_members_own(shop: SimpleNamespace, dana: Desk) -> None:
    added(shop, dana, starts="23:30")
    Membership.objects.filter(user=shop.dana.user).update(time_zone="Asia/Kathmandu")

    page = dana.read("/calendar/", day="2026-12-07")

    assert "Tuesday, December 8, 2026</h2>" in page
    assert "10:15 AM" in page


def test_two_hundred_appointments_cost_as_many_queries_as_one(
    shop: SimpleNamespace, dana: Desk
) -> None:
    dana.read("/calendar/")
    appointment(shop.dana, shop.visit, shop.office, at(10), client=shop.ada)
    with CaptureQueriesContext(
        connection,
    ) as one:
        dana.read("/calendar/", day="2026-12-07")
    for number in range(199):
        person = (shop.dana, shop.sam)[number % 2]
        start = at(11) + dt.timedelta(minutes=20 * number)
        appointment(person, shop.visit, shop.office, start, minutes=20, client=shop.ben)

    with CaptureQueriesContext(connection) as many:
        page = dana.read("/calendar/", day="2026-12-07")

    assert "200 appointments" in page
    assert len(many) == len(one) <= 12


def test_an_appointments_page_costs_the_same_for_one_and_for_many(
    shop: SimpleNamespace, dana: Desk
) -> None:
    group = appointment(shop.dana, shop.group, shop.office, at(10))
    row = {"appointment": group, "first_name": "Ada", "booked_online": True}
    Attendee.objects.create(last_name="Moreno", **row)
    dana.read(page_of(group))
    with CaptureQueriesContext(connection) as one:
        dana.read(page_of(group))
    for number in range(30):
        Attendee.objects.create(last_name=f"No{number}", **row)
        Attendee.objects.create(appointment=group, client=None, first_name="B")

    with CaptureQueriesContext(connection) as many:
        dana.read(page_of(group))

    assert len(many) == len(one) <= 14
