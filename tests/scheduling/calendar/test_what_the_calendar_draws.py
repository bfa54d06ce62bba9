"""The JSON that the calendar's component draws."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from letterhead.practices.models import Membership
from letterhead.scheduling.models import Appointment, Attendee, Service, TimeOff
from tests.clients.desk import Desk, client_of
from tests.factories import Person
from tests.scheduling.made import coming
from tests.scheduling.making import MONDAY, appointment, at, hours, service

URL = "/calendar/appointments.json"
DAY = {"from": "2026-12-07", "until": "2026-12-08"}
WEEK = {"from": "2026-12-06", "until": "2026-12-13"}


@pytest.fixture
def kind(cast: SimpleNamespace) -> Service:
    return service(cast.practice, cast.dana, cast.sam, name="Follow-up visit")


def drawn(person: Person, **asked: Any) -> dict[str, Any]:
    answer = Desk(person).get(URL, **asked)
    assert answer.status_code == 200, answer.status_code
    return dict(answer.json())


def test_an_appointment_is_told_on_the_readers_clock(cast: SimpleNamespace, kind: Service) -> None:
    ada = client_of(cast.dana)
    row = coming(cast, cast.dana, ada, kind=kind, starts_at=at(10)).appointment

    (found,) = drawn(cast.dana, **DAY)["appointments"]

    assert found == {
        "id": row.pk,
        "person": cast.dana.practitioner_id,
        "start": "2026-12-07T10:00:00",
        "end": "2026-12-07T10:50:00",
        "title": "Ada Moreno",
        "says": "10:00 AM · Office · Follow-up visit",
        "color": "green",
        "canceled": False,
        "tone": "",
        "movable": True,
    }
    Membership.objects.filter(user=cast.dana.user).update(time_zone="Europe/London")
    (abroad,) = drawn(cast.dana, **DAY)["appointments"]
    assert (abroad["start"], abroad["says"][:7]) == ("2026-12-07T15:00:00", "3:00 PM")


def test_a_canceled_one_says_so_and_stays_where_it_is(cast: SimpleNamespace, kind: Service) -> None:
    came = coming(cast, cast.dana, client_of(cast.dana), kind=kind, starts_at=at(10))
    Appointment.objects.update(takes_time=False)
    Attendee.objects.filter(pk=came.pk).update(
        state="canceled", canceled_at=at(9), canceled_online=True
    )

    (found,) = drawn(cast.dana, **DAY)["appointments"]

    assert (found["canceled"], found["movable"]) == (True, False)
    assert found["says"] == "Canceled online · 10:00 AM"


def test_people_are_those_whose_calendars_a_member_sees(
    cast: SimpleNamespace, kind: Service
) -> None:
    for person in (cast.dana, cast.sam):
        appointment(person, kind, cast.office, at(10))
    dana, sam = cast.dana.practitioner_id, cast.sam.practitioner_id

    for person, seen, movable in (
        (cast.dana, {dana, sam}, {dana, sam}),
        (cast.noor, {dana, sam}, {dana, sam}),
        (cast.lee, {dana, sam}, set()),
        (cast.sam, {sam}, {sam}),
        (cast.stranger, set(), set()),
    ):
        found = drawn(person, **DAY)["appointments"]
        assert {each["person"] for each in found} == seen
        assert {each["person"] for each in found if each["movable"]} == movable
    assert [each["title"] for each in drawn(cast.sam, **DAY)["people"]] == ["Sam Okafor"]
    assert {each["title"] for each in drawn(cast.dana, **DAY)["people"]} == {
        "Dana Rivera",
        "Sam Okafor",
        "Lee Park",
    }


def test_one_clinician_alone(cast: SimpleNamespace, kind: Service) -> None:
    for person in (cast.dana, cast.sam):
        appointment(person, kind, cast.office, at(10))

    found = drawn(cast.dana, **WEEK, clinician=str(cast.sam.practitioner_id))

    assert [each["title"] for each in found["people"]] == ["Sam Okafor"]
    assert {each["person"] for each in found["appointments"]} == {cast.sam.practitioner_id}


def test_another_practices_clinician_is_nobody(cast: SimpleNamespace) -> None:
    found = drawn(cast.dana, **WEEK, clinician=str(cast.stranger.practitioner_id))

    assert (found["people"], found["appointments"], found["off"]) == ([], [], [])


def test_hours_off_are_the_rest_of_a_day(cast: SimpleNamespace) -> None:
    hours(cast.sam, starts="09:00", ends="17:00")
    TimeOff.objects.create(
        practice=cast.practice,
        practitioner=cast.sam.practitioner,
        first_day=MONDAY,
        last_day=MONDAY,
        starts=dt.time(12),
        ends=dt.time(13),
    )

    off = drawn(cast.sam, **DAY)["off"]

    assert [(each["start"][11:16], each["end"][11:16]) for each in off] == [
        ("00:00", "09:00"),
        ("12:00", "13:00"),
        ("17:00", "00:00"),
    ]


def test_who_entered_no_hours_is_not_hatched(cast: SimpleNamespace) -> None:
    assert drawn(cast.sam, **DAY)["off"] == []


def test_a_week_of_several_people_has_no_column_to_hatch(cast: SimpleNamespace) -> None:
    hours(cast.sam)

    assert drawn(cast.dana, **WEEK)["off"] == []
    assert drawn(cast.sam, **WEEK)["off"] != []


def test_the_part_of_the_day_that_is_drawn_has_all_appointments(
    cast: SimpleNamespace, kind: Service
) -> None:
    usual = drawn(cast.dana, **DAY)
    appointment(cast.dana, kind, cast.office, at(6, 30))
    appointment(cast.dana, kind, cast.office, at(19, 20))
    more = drawn(cast.dana, **DAY)

    assert (usual["earliest"], usual["latest"]) == ("08:00", "18:00")
    assert (more["earliest"], more["latest"]) == ("06:00", "21:00")


def test_past_midnight_the_day_is_drawn_to_its_end(cast: SimpleNamespace, kind: Service) -> None:
    appointment(cast.dana, kind, cast.office, at(23, 30))

    assert drawn(cast.dana, **DAY)["latest"] == "24:00"


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"from": "2026-12-07"},
        {"from": "2026-12-08", "until": "2026-12-07"},
        {"from": "2026-12-07", "until": "2026-12-07"},
        {"from": "2026-12-07", "until": "2027-12-07"},
        {"from": "x", "until": "2026-12-07"},
        {"from": "9999-12-30", "until": "9999-12-31"},
        {"from": "0001-01-01", "until": "0001-01-02"},
    ],
)
def test_days_that_make_no_sense_are_refused(cast: SimpleNamespace, asked: dict[str, str]) -> None:
    answer = Desk(cast.dana).get(URL, **asked)

    assert answer.status_code == 422
    assert "1 to 45 days" in answer.json()["error"]


@pytest.mark.parametrize("asked", [DAY, WEEK])
def test_it_costs_the_same_for_many(
    cast: SimpleNamespace, kind: Service, asked: dict[str, str]
) -> None:
    desk = Desk(cast.dana)
    hours(cast.dana)
    hours(cast.sam)
    coming(cast, cast.dana, client_of(cast.dana), kind=kind, starts_at=at(9))

    def cost() -> int:
        with CaptureQueriesContext(connection) as count:
            desk.get(URL, **asked)
        return len(count)

    cost()
    few = cost()
    for hour in range(10, 16):
        for person in (cast.dana, cast.sam):
            who = client_of(person, f"Bo{hour}")
            coming(cast, person, who, kind=kind, starts_at=at(hour))

    assert cost() == few <= 20
