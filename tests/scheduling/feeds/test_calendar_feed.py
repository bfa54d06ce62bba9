"""A member's private calendar address: what it gives, and when it ends."""

import datetime as dt
import re
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
import vobject
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from letterhead.activity.models import Activity
from letterhead.practices.models import Location, Membership, Practice
from letterhead.scheduling import diaries
from letterhead.scheduling.models import Appointment, Attendee, CalendarFeed, Series, Service
from tests.clients.desk import client_of
from tests.factories import Person
from tests.practices.office import Office
from tests.scheduling.made import coming
from tests.scheduling.making import appointment, at, service

NOW = dt.datetime(2026, 12, 1, 15, tzinfo=dt.UTC)
PAGE = "/my-details/calendar-feed/"


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def kind(cast: SimpleNamespace) -> Service:
    return service(cast.practice, cast.dana, name="Follow-up visit")


def address_of(person: Person, **pressed: str) -> str:
    """Press the button, and read the path of the address that is shown."""
    page = Office(person).browser.post(PAGE, pressed).content.decode()
    found = re.search(r"http://localhost:8000(/calendar/feed/\S+?\.ics)", page)
    return found[1] if found else ""


def read(address: str, **headers: str) -> Any:
    return Browser().get(address, headers=headers)


def events(address: str) -> list[Any]:
    """Read a feed as another library does, which remembers zones of calendars read before."""
    known = vars(vobject.icalendar)["__tzidMap"]
    for zone in known.keys() - {"UTC"}:
        del known[zone]
    calendar = vobject.readOne(read(address).content.decode())
    return list(getattr(calendar, "vevent_list", []))


def test_the_address_is_shown_once(cast: SimpleNamespace) -> None:
    assert "Calendar feed" in Office(cast.dana).read("/my-details/")
    address = address_of(cast.dana)

    assert address
    assert address_of(cast.dana) == ""  # pressed again, or the page loaded again
    assert address.split("/")[3] not in Office(cast.dana).read(PAGE)
    assert address.split("/")[3][:-4] not in str(CalendarFeed.objects.values().get())
    assert Activity.objects.get(act="made an address for their calendar feed")


def test_a_new_address_ends_the_old_one(cast: SimpleNamespace) -> None:
    old = address_of(cast.dana)
    new = address_of(cast.dana, new="yes")

    assert (read(old).status_code, read(new).status_code) == (404, 200)
    assert CalendarFeed.objects.count() == 1


def test_another_library_reads_the_appointment_back(cast: SimpleNamespace, kind: Service) -> None:
    ada = client_of(cast.dana)
    came = coming(cast, cast.dana, ada, kind=kind, starts_at=at(10))

    answer = read(address_of(cast.dana))

    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    (event,) = events(answer.request["PATH_INFO"])
    assert event.dtstart.value == at(10)
    assert event.dtend.value == at(10, 50)
    assert event.dtstart.value.utcoffset() == dt.timedelta(hours=-5)
    assert event.uid.value == str(came.appointment.uid)
    assert event.summary.value == "AM, Follow-up visit"
    assert event.location.value == "Office"


def test_times_are_right_on_both_sides_of_a_change_of_clocks(
    cast: SimpleNamespace, kind: Service
) -> None:
    days = [dt.date(2027, 3, 12), dt.date(2027, 3, 15), dt.date(2027, 11, 5), dt.date(2027, 11, 8)]
    zone = cast.practice.zone
    starts = [dt.datetime.combine(day, dt.time(9), zone) for day in days]
    for start in starts:
        appointment(cast.dana, kind, cast.office, start.astimezone(dt.UTC))

    found = [event.dtstart.value for event in events(address_of(cast.dana))]

    assert found == starts
    assert [each.hour for each in found] == [9] * 4


def test_an_hour_that_the_clock_shows_twice_is_told_in_utc(
    cast: SimpleNamespace, kind: Service
) -> None:
    second = dt.datetime(2027, 11, 7, 6, 30, tzinfo=dt.UTC)  # half past one, again
    appointment(cast.dana, kind, cast.office, second)

    assert [event.dtstart.value for event in events(address_of(cast.dana))] == [second]


@pytest.mark.parametrize("zone", ["Asia/Kathmandu", "Australia/Lord_Howe", "UTC", "Europe/Dublin"])
def test_times_are_right_in_any_zone(cast: SimpleNamespace, kind: Service, zone: str) -> None:
    starts = [at(10) + dt.timedelta(days=n) for n in range(0, 360, 9)]
    for start in starts:
        appointment(cast.dana, kind, cast.office, start)
    Practice.objects.filter(pk=cast.practice.pk).update(time_zone=zone)

    assert [event.dtstart.value for event in events(address_of(cast.dana))] == starts


@pytest.mark.parametrize(
    ("preference", "shown"), [("initials", "AM"), ("first name", "Ada"), ("number", "Client {}")]
)
def test_clients_appear_as_preferences_say(
    cast: SimpleNamespace, kind: Service, preference: str, shown: str
) -> None:
    ada = client_of(cast.dana)
    coming(cast, cast.dana, ada, kind=kind, starts_at=at(10))
    Membership.objects.filter(user=cast.dana.user).update(clients_in_feed=preference)

    address = address_of(cast.dana)

    assert events(address)[0].summary.value == f"{shown.format(ada.pk)}, Follow-up visit"
    assert "Moreno" not in read(address).content.decode()


def test_a_group_says_how_many_come(cast: SimpleNamespace) -> None:
    group = service(cast.practice, cast.dana, name="Cooking group", capacity=6)
    first = coming(cast, cast.dana, client_of(cast.dana), kind=group, starts_at=at(10))
    Attendee.objects.create(appointment=first.appointment, client=client_of(cast.dana, "Bo"))

    assert events(address_of(cast.dana))[0].summary.value == "2 people, Cooking group"


def test_only_own_appointments_that_stand_are_in_it(cast: SimpleNamespace, kind: Service) -> None:
    mine = appointment(cast.dana, kind, cast.office, at(10))
    canceled = appointment(cast.dana, kind, cast.office, at(12))
    held = appointment(cast.dana, kind, cast.office, at(14))
    appointment(cast.sam, kind, cast.office, at(10))
    Appointment.objects.filter(pk=canceled.pk).update(takes_time=False)
    Appointment.objects.filter(pk=held.pk).update(held_until=NOW + dt.timedelta(minutes=9))
    for days in (-31, 367):
        appointment(cast.dana, kind, cast.office, NOW + dt.timedelta(days=days))
    recent = appointment(cast.dana, kind, cast.office, NOW - dt.timedelta(days=29))

    found = {event.uid.value for event in events(address_of(cast.dana))}

    assert found == {str(mine.uid), str(recent.uid)}


def test_a_series_comes_as_its_appointments(cast: SimpleNamespace, kind: Service) -> None:
    days = [dt.date(2026, 12, 7) + dt.timedelta(weeks=n) for n in range(5)]
    series = Series.objects.create(
        practice=cast.practice, first_day=days[0], starts=dt.time(10), rule="FREQ=WEEKLY;COUNT=5"
    )
    for day in days:
        start = at(11 if day == days[2] else 10, day=day)
        appointment(cast.dana, kind, cast.office, start, series=series, series_day=day)

    found = events(address_of(cast.dana))

    assert len({event.uid.value for event in found}) == 5
    assert [event.dtstart.value.hour for event in found] == [10, 10, 11, 10, 10]


def test_the_video_link_is_in_virtual_ones_only(cast: SimpleNamespace, kind: Service) -> None:
    video = Location.objects.create(practice=cast.practice, name="Video", place_of_service="10")
    Membership.objects.filter(user=cast.dana.user).update(
        video_link="https://video.example/dana", video_how="Wait in the lobby."
    )
    appointment(cast.dana, kind, cast.office, at(10))
    appointment(cast.dana, kind, video, at(12))

    office, virtual = events(address_of(cast.dana))

    assert (office.location.value, hasattr(office, "description")) == ("Office", False)
    assert virtual.location.value == "https://video.example/dana"
    assert virtual.description.value == "Wait in the lobby."


def test_odd_names_do_no_harm(cast: SimpleNamespace) -> None:
    name = "Ärzte; Größe, 3\\4 " + "ü" * 60
    appointment(cast.dana, service(cast.practice, cast.dana, name=name), cast.office, at(10))

    answer = read(address_of(cast.dana))

    assert vobject.readOne(answer.content.decode()).vevent.summary.value == name
    assert max(map(len, answer.content.split(b"\r\n"))) <= 75


def test_nothing_changed_is_answered_without_reading_appointments(
    cast: SimpleNamespace, kind: Service, django_assert_max_num_queries: Any
) -> None:
    appointment(cast.dana, kind, cast.office, at(10))
    address = address_of(cast.dana)
    etag = read(address).headers["ETag"]

    with django_assert_max_num_queries(4) as asked:
        answer = read(address, **{"if-none-match": etag})

    assert (answer.status_code, answer.content) == (304, b"")
    assert not any("appointment" in each["sql"] for each in asked.captured_queries)


def test_what_changes_is_there_at_the_next_look(cast: SimpleNamespace, kind: Service) -> None:
    address = address_of(cast.dana)
    before = read(address).headers["ETag"]
    appointment(cast.dana, kind, cast.office, at(10))
    booked = read(address, **{"if-none-match": before})
    Membership.objects.update(version=7)
    preferred = read(address, **{"if-none-match": booked.headers["ETag"]})
    diaries.practice_changed(cast.practice.pk)
    renamed = read(address, **{"if-none-match": preferred.headers["ETag"]})

    assert [booked.status_code, preferred.status_code, renamed.status_code] == [200] * 3


def test_reading_costs_the_same_for_many(cast: SimpleNamespace, kind: Service) -> None:
    address = address_of(cast.dana)
    coming(cast, cast.dana, client_of(cast.dana), kind=kind, starts_at=at(9))

    def asked() -> int:
        with CaptureQueriesContext(connection) as count:
            read(address)
        return len(count)

    few = asked()
    for hour in range(10, 16):
        who = client_of(cast.dana, f"Bo{hour}")
        coming(cast, cast.dana, who, kind=kind, starts_at=at(hour))

    assert asked() == few


def test_the_feed_ends_with_the_access(cast: SimpleNamespace) -> None:
    address = address_of(cast.sam)
    assert read(address).status_code == 200
    etag = read(address).headers["ETag"]

    Membership.objects.filter(user=cast.sam.user).update(ends_at=timezone.now())

    assert read(address, **{"if-none-match": etag}).status_code == 404


def test_addresses_that_nobody_has_are_refused_and_counted(cast: SimpleNamespace) -> None:
    answers = [read(f"/calendar/feed/{n}.ics").status_code for n in range(52)]

    assert answers == [404] * 50 + [429] * 2


def test_only_reading_is_allowed(cast: SimpleNamespace) -> None:
    assert Browser().post(address_of(cast.dana)).status_code == 405
