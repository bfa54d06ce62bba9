"""Availability: hours, exceptions and time off, who changes them, and what then holds."""

import datetime as dt
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from letterhead.activity.models import Activity
from letterhead.practices.models import Location, Membership
from letterhead.scheduling.models import Diary, Hours, PracticeRules, TimeOff
from tests.factories import Person
from tests.practices.office import Office, Shown
from tests.scheduling.making import MONDAY, NOW, appointment, at, hours, service

PAGE = "/calendar/availability/"
NINE_TO_FIVE = {"Day": "Monday", "From": "9", "To": "5 pm"}


@pytest.fixture(autouse=True)
def _in_december() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def sam(cast: SimpleNamespace) -> Office:
    return Office(cast.sam)


def page_of(person: Person) -> str:
    return f"{PAGE}?clinician={person.practitioner_id}"


def adding(what: str, person: Person) -> str:
    return f"{PAGE}{person.practitioner_id}/{what}/add/"


def add_hours(office: Office, person: Person, **changed: Any) -> Shown:
    return office.save(adding("hours", person), NINE_TO_FIVE | changed)


def add_exception(office: Office, person: Person, day: str, starts: str, ends: str) -> Shown:
    return office.save(adding("exceptions", person), {"Date": day, "From": starts, "To": ends})


def add_time_off(office: Office, person: Person, **typed: Any) -> Shown:
    return office.save(adding("time-off", person), typed)


def version_of(person: Person) -> int:
    row = Diary.objects.filter(pk=person.practitioner_id).first()
    return row.version if row else 0


# weekly hours


def test_a_clinician_adds_hours_and_sees_them_in_the_next_two_weeks(
    cast: SimpleNamespace, sam: Office
) -> None:
    answer = add_hours(sam, cast.sam, Location=cast.office.name)

    assert answer.location == page_of(cast.sam)
    row = Hours.objects.get()
    assert (row.weekday, row.starts, row.ends, row.location) == (
        *(0, dt.time(9), dt.time(17)),
        cast.office,
    )
    page = sam.read(PAGE)
    assert "Office Monday 9:00 AM – 5:00 PM" in page
    assert "Mon, Dec 7 9:00 AM – 5:00 PM, Office Tue, Dec 8 No hours" in page
    assert page.count("9:00 AM – 5:00 PM, Office") == 2 + 2  # the days, and its two buttons
    assert Activity.objects.latest("pk").act == "added hours"
    assert version_of(cast.sam) > 0


def test_hours_are_for_any_location_unless_one_is_chosen(
    cast: SimpleNamespace, sam: Office
) -> None:
    add_hours(sam, cast.sam)

    assert Hours.objects.get().location is None
    assert "Any location Monday 9:00 AM – 5:00 PM" in sam.read(PAGE)


def test_the_same_hours_are_added_on_several_days_at_once(
    cast: SimpleNamespace, sam: Office
) -> None:
    form = sam.open(adding("hours", cast.sam))

    sent = form.sends() | {"weekday": "0", "starts": "9", "ends": "5 pm"}
    answer = sam.post(adding("hours", cast.sam), sent | {"also_on": ["0", "1", "4"]})

    assert answer.location == page_of(cast.sam)
    assert set(Hours.objects.values_list("weekday", flat=True)) == {0, 1, 4}
    assert version_of(cast.sam) == 2


def test_if_one_of_several_days_overlaps_none_is_added(cast: SimpleNamespace, sam: Office) -> None:
    add_hours(sam, cast.sam, Day="Friday")
    form = sam.open(adding("hours", cast.sam))

    sent = form.sends() | {"weekday": "0", "starts": "9", "ends": "5 pm"}
    answer = sam.post(adding("hours", cast.sam), sent | {"also_on": ["4"]})

    assert "This overlaps with other hours: Friday" in answer.text
    assert Hours.objects.count() == 1


def test_hours_end_at_midnight(cast: SimpleNamespace, sam: Office) -> None:
    add_hours(sam, cast.sam, From="8 pm", To="midnight")
    add_hours(sam, cast.sam, From="8 pm", To="24:00")

    assert Hours.objects.get().ends == dt.time()
    assert "Mon, Dec 7 8:00 PM – midnight" in sam.read(PAGE)


def test_hours_have_a_first_and_a_last_day(cast: SimpleNamespace, sam: Office) -> None:
    add_hours(sam, cast.sam, **{"First day": "2026-12-14", "Last day": "2026-12-31"})

    page = sam.read(PAGE)
    assert "From Dec 14, 2026 to Dec 31, 2026" in page
    assert "Mon, Dec 7 No hours" in page
    assert "Mon, Dec 14 9:00 AM – 5:00 PM" in page


@pytest.mark.parametrize(
    ("changed", "label"),
    [
        ({}, "From"),
        ({"From": "4 pm", "To": "6 pm"}, "From"),
        ({"From": "8", "To": "24:00"}, "From"),
        ({"First day": "2027-01-01"}, "From"),
    ],
)
def test_hours_that_overlap_are_refused_at_another_location_too(
    cast: SimpleNamespace, sam: Office, changed: dict[str, str], label: str
) -> None:
    add_hours(sam, cast.sam)

    answer = add_hours(sam, cast.sam, Location=cast.office.name, **changed)

    assert answer.status == 422
    assert answer.wrong() == {
        label: "This overlaps with other hours: Monday, 9:00 AM – 5:00 PM, Any location."
    }
    assert Hours.objects.count() == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"Day": "Tuesday"},
        {"From": "5 pm", "To": "6 pm"},
        {"From": "7", "To": "9"},
        {"First day": "2027-01-01"},
    ],
)
def test_hours_that_only_touch_are_not_in_each_others_way(
    cast: SimpleNamespace, sam: Office, changed: dict[str, str]
) -> None:
    add_hours(sam, cast.sam, **{"Last day": "2026-12-31"})

    assert add_hours(sam, cast.sam, **changed).status == 302
    assert Hours.objects.count() == 2


def test_a_colleagues_hours_are_in_nobodys_way(cast: SimpleNamespace, sam: Office) -> None:
    hours(cast.dana)

    assert add_hours(sam, cast.sam).status == 302


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"To": "5"}, {"To": "The end has to be after the start. Enter an afternoon like 5 PM or "
                             "17:00."}),
        ({"From": "soon"}, {"From": "Enter a time like 9:00 AM or 17:30."}),
        ({"From": ""}, {"From": "Fill this in."}),
        ({"First day": "2026-12-31", "Last day": "2026-12-01"},
         {"Last day": "This is before the first day."}),
        ({"First day": "9999-12-31"},
         {"First day": "This is after December 31, 2099. Check the year."}),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_beside_its_field(
    cast: SimpleNamespace, sam: Office, changed: dict[str, str], wrong: dict[str, str]
) -> None:
    answer = add_hours(sam, cast.sam, **changed)

    assert answer.status == 422
    assert answer.wrong() == wrong
    for label, typed in changed.items():
        assert answer.field(label).value == typed
    assert not Hours.objects.exists()


def test_hours_are_changed_and_removed(cast: SimpleNamespace, sam: Office) -> None:
    add_hours(sam, cast.sam)
    row = Hours.objects.get()
    form = sam.open(f"{PAGE}hours/{row.pk}/")
    assert (form.field("From").value, form.field("To").value) == ("9:00 AM", "5:00 PM")

    sam.send(f"{PAGE}hours/{row.pk}/", form, {"To": "16:00"})
    assert "Monday 9:00 AM – 4:00 PM" in sam.read(PAGE)
    before = version_of(cast.sam)
    sam.save(f"{PAGE}hours/{row.pk}/remove/")

    assert not Hours.objects.exists()
    assert version_of(cast.sam) == before + 1
    assert "Monday, 9:00 AM – 4:00 PM, Any location removed" in sam.read(PAGE)
    acts = Activity.objects.order_by("pk").values_list("act", "changes")
    assert list(acts)[-2:] == [
        ("changed hours", {"hours": ["Monday 09:00-17:00", "Monday 09:00-16:00"]}),
        ("removed hours", {"hours": ["Monday 09:00-16:00", ""]}),
    ]


# exceptions


def test_a_day_with_an_exception_has_it_instead_of_its_weekly_hours(
    cast: SimpleNamespace, sam: Office
) -> None:
    hours(cast.sam, location=cast.office)

    add_exception(sam, cast.sam, "2026-12-07", "1 pm", "3 pm")

    page = sam.read(PAGE)
    assert "Mon, Dec 7 1:00 PM – 3:00 PM Tue, Dec 8 9:00 AM – 5:00 PM, Office" in page
    assert "December 7, 2026 1:00 PM – 3:00 PM" in page


def test_two_exceptions_of_a_day_do_not_overlap(cast: SimpleNamespace, sam: Office) -> None:
    add_exception(sam, cast.sam, "2026-12-07", "1 pm", "3 pm")

    answer = add_exception(sam, cast.sam, "2026-12-07", "2 pm", "4 pm")

    said = "This overlaps with other hours: Mon, Dec 7, 1:00 PM – 3:00 PM, Any location."
    assert answer.wrong() == {"From": said}
    assert add_exception(sam, cast.sam, "2026-12-08", "2 pm", "4 pm").status == 302


def test_an_exception_is_on_a_day_to_come(cast: SimpleNamespace, sam: Office) -> None:
    answer = add_exception(sam, cast.sam, "2026-11-30", "9", "10")

    assert answer.wrong() == {"Date": "This day is over. Check the date."}


def test_a_time_that_the_clock_skips_is_refused(cast: SimpleNamespace, sam: Office) -> None:
    answer = add_exception(sam, cast.sam, "2027-03-14", "2:30 am", "9 am")

    said = "The clock skips this time on that day. Enter an earlier or later one."
    assert answer.wrong() == {"From": said}


# time off


def test_time_off_takes_the_hours_and_keeps_its_reason(cast: SimpleNamespace, sam: Office) -> None:
    hours(cast.sam)

    answer = add_time_off(sam, cast.sam, From="2026-12-07", To="2026-12-08", Reason="Training")

    assert answer.location == page_of(cast.sam)
    page = sam.read(PAGE)
    assert "December 7, 2026 to December 8, 2026 Training" in page
    assert "Mon, Dec 7 Time off Tue, Dec 8 Time off Wed, Dec 9 9:00 AM – 5:00 PM" in page
    recorded = Activity.objects.latest("pk")
    assert (recorded.act, recorded.changes) == (
        *("added time off", {"days": ["", "2026-12-07/2026-12-08"]}),
    )


def test_time_off_can_be_part_of_a_day(cast: SimpleNamespace, sam: Office) -> None:
    hours(cast.sam)

    add_time_off(sam, cast.sam, From="2026-12-07", **{"Starts at": "noon", "Ends at": "1 pm"})
    add_time_off(sam, cast.sam, From="2026-12-07", **{"Starts at": "12 pm", "Ends at": "1 pm"})

    row = TimeOff.objects.get()
    assert (row.first_day, row.last_day) == (MONDAY, MONDAY)
    page = sam.read(PAGE)
    assert "December 7, 2026, 12:00 PM – 1:00 PM" in page
    assert "Mon, Dec 7 9:00 AM – 12:00 PM 1:00 PM – 5:00 PM" in page


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"To": "2026-12-06"}, {"To": "This is before the first day."}),
        ({"Starts at": "3 pm", "Ends at": "1 pm"},
         {"Ends at": "The end has to be after the start. Enter an afternoon like 5 PM or 17:00."}),
        ({"From": "2026-11-01", "To": "2026-11-30"}, {"To": "This day is over. Check the date."}),
        ({"Reason": "x" * 121},
         {"Reason": "Ensure this value has at most 120 characters (it has 121)."}),
    ],
)  # fmt: skip
def test_wrong_time_off_is_said_beside_its_field(
    cast: SimpleNamespace, sam: Office, typed: dict[str, str], wrong: dict[str, str]
) -> None:
    answer = add_time_off(sam, cast.sam, **({"From": "2026-12-07"} | typed))

    assert answer.status == 422
    assert answer.wrong() == wrong
    assert not TimeOff.objects.exists()


def test_time_off_is_removed(cast: SimpleNamespace, sam: Office) -> None:
    add_time_off(sam, cast.sam, From="2026-12-07")

    sam.save(f"{PAGE}time-off/{TimeOff.objects.get().pk}/remove/")

    assert not TimeOff.objects.exists()
    assert Activity.objects.latest("pk").act == "removed time off"


def test_a_director_adds_a_holiday_of_the_practice(cast: SimpleNamespace, sam: Office) -> None:
    hours(cast.sam)
    dana, everyone = Office(cast.dana), {"For the whole practice": "on"}

    add_time_off(dana, cast.dana, From="2026-12-07", Reason="Moving", **everyone)

    assert TimeOff.objects.get().practitioner is None
    assert PracticeRules.objects.get(pk=cast.practice.pk).version > 1
    page = sam.open(PAGE)
    assert "Mon, Dec 7 Time off" in " ".join(page.text.split())
    assert "Whole practice" in page.text
    assert "Remove December 7, 2026" not in page.buttons
    assert "For the whole practice" not in sam.open(adding("time-off", cast.sam)).text
    assert sam.open(f"{PAGE}time-off/{TimeOff.objects.get().pk}/remove/").status == 404


def test_days_away_are_shown_as_such(cast: SimpleNamespace, sam: Office) -> None:
    hours(cast.sam)
    away = {"away_from": "2026-12-07", "away_until": "2026-12-08"}
    Membership.objects.filter(user=cast.sam.user).update(**away)

    page = sam.read(PAGE)

    assert "Mon, Dec 7 Away Tue, Dec 8 Away Wed, Dec 9 9:00 AM – 5:00 PM" in page


# clocks


@pytest.mark.parametrize(
    ("now", "starts", "shown"),
    [
        ("2027-03-08T15:00Z", "1:00",
         "Sun, Mar 14 1:00 AM – 5:00 AM The clock skips 2:00 AM to 3:00 AM."),
        ("2027-03-08T15:00Z", "2:30",
         "Sun, Mar 14 3:00 AM – 5:00 AM The clock skips 2:00 AM to 3:00 AM."),
        ("2026-10-30T15:00Z", "1:00",
         "Sun, Nov 1 1:00 AM – 5:00 AM The clock shows 1:00 AM to 2:00 AM twice."),
    ],
)  # fmt: skip
def test_a_day_on_which_clocks_change_says_so(
    cast: SimpleNamespace, now: str, starts: str, shown: str
) -> None:
    hours(cast.sam, days=[6], starts=starts.zfill(5), ends="05:00")

    with time_machine.travel(dt.datetime.fromisoformat(now), tick=False):
        page = Office(cast.sam).read(PAGE)

    assert shown in page


# appointments that are there already


def test_appointments_outside_the_changed_hours_are_listed_and_stay(
    cast: SimpleNamespace, sam: Office
) -> None:
    hours(cast.sam)
    visit = service(cast.practice, cast.sam)
    kept = appointment(cast.sam, visit, cast.office, at(10))
    appointment(cast.sam, visit, cast.office, at(16))
    assert "Appointments outside these hours" not in sam.read(PAGE)

    monday = Hours.objects.get(weekday=0)
    sam.save(f"{PAGE}hours/{monday.pk}/", {"To": "4 pm"})

    shown = sam.open(PAGE).html
    assert shown.count("/calendar/appointments/") == 1
    page = sam.read(PAGE)
    assert "Appointments outside these hours" in page
    assert "Dec 7, 2026, 4:00 PM" in page
    assert "Dec 7, 2026, 10:00 AM" not in page
    add_time_off(sam, cast.sam, From="2026-12-07")
    assert "Dec 7, 2026, 10:00 AM" in sam.read(PAGE)
    kept.refresh_from_db()
    assert kept.takes_time


def test_an_appointment_at_another_location_than_the_hours_is_outside(
    cast: SimpleNamespace, sam: Office
) -> None:
    annex = Location.objects.create(practice=cast.practice, name="Annex")
    hours(cast.sam, location=annex)

    appointment(cast.sam, service(cast.practice, cast.sam), cast.office, at(10))

    assert "Dec 7, 2026, 10:00 AM" in sam.read(PAGE)


def test_a_holiday_lists_everyones_appointments_for_a_director(
    cast: SimpleNamespace, sam: Office
) -> None:
    hours(cast.sam)
    appointment(cast.sam, service(cast.practice, cast.sam), cast.office, at(10))
    dana = Office(cast.dana)
    everyone = {"For the whole practice": "on"}

    add_time_off(dana, cast.dana, From="2026-12-07", **everyone)

    assert "Dec 7, 2026, 10:00 AM, Sam Okafor" in dana.read(page_of(cast.dana))
    assert "Dec 7, 2026, 10:00 AM" in sam.read(PAGE)


# who


def test_a_director_chooses_whose_hours_to_change(cast: SimpleNamespace) -> None:
    dana = Office(cast.dana)
    assert "When Dana Rivera sees clients." in dana.read(PAGE)
    assert set(dana.open(PAGE).field("Clinician").options) == {
        *("Dana Rivera", "Sam Okafor", "Lee Park")
    }

    assert add_hours(dana, cast.sam).location == page_of(cast.sam)

    assert "When Sam Okafor sees clients." in dana.read(page_of(cast.sam))
    assert Hours.objects.get().practitioner_id == cast.sam.practitioner_id


def test_a_clinician_sees_and_changes_only_their_own(cast: SimpleNamespace, sam: Office) -> None:
    hours(cast.dana, days=[0])
    theirs = Hours.objects.get()

    assert "Show" not in sam.open(PAGE).buttons
    assert sam.open(page_of(cast.dana)).status == 404
    for address in (
        *(adding(what, cast.dana) for what in ("hours", "exceptions", "time-off")),
        *(f"{PAGE}hours/{theirs.pk}/", f"{PAGE}hours/{theirs.pk}/remove/"),
    ):
        assert sam.open(address).status == 404


def test_without_the_flag_a_clinician_sees_theirs_and_changes_nothing(
    cast: SimpleNamespace, sam: Office
) -> None:
    hours(cast.sam, days=[0])
    Membership.objects.filter(user=cast.sam.user).update(edit_own_availability=False)

    page = sam.open(PAGE)

    assert "Monday" in page.text
    assert not {"Add hours", "Add exception", "Add time off"} & set(page.buttons)
    for address in (adding("hours", cast.sam), f"{PAGE}hours/{Hours.objects.get().pk}/"):
        assert sam.open(address).status == 403


def test_the_front_desk_sees_everyones_and_changes_none(cast: SimpleNamespace) -> None:
    noor = Office(cast.noor)

    assert noor.open(page_of(cast.sam)).status == 200
    assert "Add hours" not in noor.open(page_of(cast.sam)).buttons
    assert noor.open(adding("hours", cast.sam)).status == 403


def test_another_practices_hours_are_not_found(cast: SimpleNamespace) -> None:
    hours(cast.sam, days=[0])
    stranger = Office(cast.stranger)

    for address in (
        *(page_of(cast.sam), adding("hours", cast.sam)),
        *(f"{PAGE}hours/{Hours.objects.get().pk}/", f"{PAGE}?clinician=x"),
    ):
        assert stranger.open(address).status == 404


def test_without_clinicians_on_the_calendar_the_page_says_so(cast: SimpleNamespace) -> None:
    Membership.objects.filter(practice=cast.practice).update(show_on_calendar=False)

    assert "No one is on the calendar" in Office(cast.dana).read(PAGE)


def test_another_practices_location_cannot_be_chosen(cast: SimpleNamespace, sam: Office) -> None:
    theirs = Location.objects.get(practice=cast.stranger.practice)
    form = sam.open(adding("hours", cast.sam)).sends()

    sent = form | {"weekday": "0", "starts": "9", "ends": "17:00", "location": str(theirs.pk)}
    answer = sam.post(adding("hours", cast.sam), sent)

    assert answer.status == 422
    assert "Location" in answer.wrong()


def test_the_page_asks_as_often_for_1_row_as_for_50(cast: SimpleNamespace) -> None:
    dana = Office(cast.dana)
    fill(cast, range(1))
    dana.open(PAGE)
    with CaptureQueriesContext(connection) as few:
        dana.open(PAGE)
    fill(cast, range(1, 50))
    with CaptureQueriesContext(connection) as many:
        page = dana.read(PAGE)

    assert page.count("January") > 40
    assert len(few) == len(many) <= 20


def fill(cast: SimpleNamespace, numbers: range) -> None:
    """Hours, exceptions, time off and holidays, one each for every number."""
    for number in numbers:
        day = dt.date(2027, 1, 1) + dt.timedelta(days=number)
        starts = dt.time(number // 5, 10 * (number % 5))
        minutes = {"starts": starts, "ends": starts.replace(minute=starts.minute + 10)}
        who = {"practitioner_id": cast.dana.practitioner_id}
        Hours.objects.create(weekday=number % 7, location=cast.office, **who, **minutes)
        Hours.objects.create(day=day, **who, **minutes)
        TimeOff.objects.create(practice=cast.practice, first_day=day, last_day=day, **who)
        TimeOff.objects.create(practice=cast.practice, first_day=day, last_day=day)
