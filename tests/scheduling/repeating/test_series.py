"""Appointments that repeat: made, moved and canceled as one, this and following, or all."""

import datetime as dt
from types import SimpleNamespace

import pytest
import time_machine

from letterhead.scheduling.models import Appointment, Attendee, Series, TimeOff
from letterhead.scheduling.repeating.queries import exported
from tests.clients.desk import Desk, said_beside
from tests.scheduling.appointments.staff import (
    ADD,
    added,
    anyway,
    local,
    page_of,
    typed,
    words_in_the_way,
)
from tests.scheduling.making import appointment, at, hours

WEEKLY = {"repeats": "FREQ=WEEKLY", "times": "4"}
MONDAYS = ["2026-12-07 10:00", "2026-12-14 10:00", "2026-12-21 10:00", "2026-12-28 10:00"]


def rows() -> list[Appointment]:
    """All appointments, in the order in which they were made."""
    return list(Appointment.objects.order_by("pk"))


def whens() -> list[str]:
    """When all appointments are, in the order in which they were made; "-" for canceled ones."""
    return [local(row) if row.takes_time else "-" for row in rows()]


def moved(desk: Desk, row: Appointment, scope: str, **more: str) -> None:
    answer = desk.save(page_of(row, "move"), scope=scope, **more)
    assert answer.status_code == 302, (words_in_the_way(answer), said_beside(answer))


def canceled(desk: Desk, row: Appointment, scope: str) -> None:
    assert desk.save(page_of(row, "cancel"), scope=scope).status_code == 302


@pytest.fixture
def four(shop: SimpleNamespace, dana: Desk) -> list[Appointment]:
    """Ada's four Mondays."""
    added(shop, dana, **WEEKLY)
    return rows()


def test_a_series_is_made_at_once_with_its_client(shop: SimpleNamespace, dana: Desk) -> None:
    first = added(shop, dana, **WEEKLY)

    assert whens() == MONDAYS
    assert Attendee.objects.filter(client=shop.ada).count() == 4
    page = dana.read(page_of(first))
    assert "Every week, 4 times" in page
    assert "repeats" in dana.read("/calendar/", day="2026-12-21")


def test_until_a_day_includes_that_day(shop: SimpleNamespace, dana: Desk) -> None:
    added(shop, dana, repeats="FREQ=WEEKLY", until="2026-12-28")

    assert whens() == MONDAYS


def test_the_time_of_day_is_the_wall_clocks(shop: SimpleNamespace, dana: Desk) -> None:
    added(shop, dana, day="2027-03-08", **WEEKLY)

    assert {when[-5:] for when in whens()} == {"10:00"}
    assert {row.starts_at.hour for row in rows()} == {15, 14}


def test_a_day_whose_clock_skips_the_time_is_left_out_and_said(
    shop: SimpleNamespace, dana: Desk
) -> None:
    sent = typed(shop, day="2027-03-07", starts="2:30 AM", repeats="FREQ=WEEKLY", times="3")

    answer = dana.save(ADD, **sent)

    assert words_in_the_way(answer) == [
        "The clocks skip this time, so there is no appointment on this day."
    ]
    anyway(dana, ADD, answer)
    assert whens() == ["2027-03-07 02:30", "2027-03-21 02:30"]


@pytest.mark.parametrize(
    ("more", "name", "said"),
    [
        ({"repeats": "FREQ=WEEKLY"}, "until", "Enter either the last day, or the number of times."),
        (
            {"repeats": "FREQ=WEEKLY", "until": "2027-01-01", "times": "3"},
            "times",
            "Enter either the last day, or the number of times.",
        ),
        (
            {"repeats": "FREQ=WEEKLY", "until": "2026-12-13"},
            "until",
            "It doesn’t repeat before this day. Enter a later one.",
        ),
        (
            {"repeats": "FREQ=WEEKLY;INTERVAL=4", "times": "60"},
            "times",
            "A series can have 200 appointments in two years. Enter less.",
        ),
        (
            {"repeats": "FREQ=DAILY", "until": "2027-12-01"},
            "until",
            "A series can have 200 appointments in two years. Enter less.",
        ),
        ({"repeats": "FREQ=DAILY", "times": "201"}, "times", None),
        ({"repeats": "FREQ=DAILY", "times": "1"}, "times", None),
        ({"repeats": "FREQ=DAILY", "until": "9999-01-01"}, "until", None),
        ({"repeats": "FREQ=SECONDLY", "times": "3"}, "repeats", None),
    ],
)
def test_a_wrong_series_is_said_beside_its_field(
    shop: SimpleNamespace, dana: Desk, more: dict[str, str], name: str, said: str | None
) -> None:
    answer = dana.save(ADD, **typed(shop, **more))

    assert answer.status_code == 422
    assert said_beside(answer)[name] == ([said] if said else said_beside(answer)[name])
    assert not Appointment.objects.exists()


@pytest.fixture
def a_week_off(shop: SimpleNamespace) -> None:
    """Dana has the week of December 14 off, and Ben at ten on December 28."""
    TimeOff.objects.create(
        practice=shop.practice,
        practitioner_id=shop.dana.practitioner_id,
        first_day="2026-12-14",
        last_day="2026-12-18",
    )
    appointment(
        shop.dana, shop.visit, shop.office, at(10, day=dt.date(2026, 12, 28)), client=shop.ben
    )


def test_days_with_conflicts_are_listed_and_skipped(
    shop: SimpleNamespace, dana: Desk, a_week_off: None
) -> None:
    answer = dana.save(ADD, **typed(shop, **WEEKLY))
    page = answer.content.decode()
    assert "Monday, December 14, 2026: Dana Rivera has time off then." in page
    assert "Monday, December 28, 2026: Dana Rivera has another appointment then:" in page

    anyway(dana, ADD, answer, "skip")

    assert whens()[1:] == [MONDAYS[0], MONDAYS[2]]


def test_days_with_conflicts_are_booked_anyway(
    shop: SimpleNamespace, dana: Desk, a_week_off: None
) -> None:
    anyway(dana, ADD, dana.save(ADD, **typed(shop, **WEEKLY)))

    assert whens()[1:] == MONDAYS
    assert [row.booked_anyway for row in rows()[1:]] == [False, False, False, True]


def test_what_is_in_the_way_of_all_days_is_said_once(
    shop: SimpleNamespace, dana: Desk, a_week_off: None
) -> None:
    hours(shop.dana, starts="13:00")

    answer = dana.save(ADD, **typed(shop, **WEEKLY))

    assert words_in_the_way(answer) == [
        "This is outside the hours of Dana Rivera at Office.",
        "Dana Rivera has time off then.",
        "Dana Rivera has another appointment then: Follow-up visit, 10:00 AM to 10:50 AM.",
    ]
    anyway(dana, ADD, answer, "skip")
    assert whens()[1:] == [MONDAYS[0], MONDAYS[2]]


def test_only_this_one_moves(dana: Desk, four: list[Appointment]) -> None:
    moved(dana, four[1], "this", day="2026-12-15", starts="11:00")

    assert whens() == [MONDAYS[0], "2026-12-15 11:00", *MONDAYS[2:]]
    assert "This one was changed on its own." in dana.read(page_of(four[1]))


def test_this_and_following_move_and_are_a_series_of_their_own(
    dana: Desk, four: list[Appointment]
) -> None:
    moved(dana, four[1], "following", day="2026-12-16", starts="11:00")

    assert whens() == [MONDAYS[0], "2026-12-16 11:00", "2026-12-23 11:00", "2026-12-30 11:00"]
    assert [each.rule for each in Series.objects.order_by("pk")] == [
        "FREQ=WEEKLY;COUNT=1",
        "FREQ=WEEKLY;COUNT=3",
    ]


def test_all_move_from_any_of_them(dana: Desk, four: list[Appointment]) -> None:
    moved(dana, four[2], "all", day="2026-12-22", starts="9:00")

    assert whens() == [
        *("2026-12-08 09:00", "2026-12-15 09:00", "2026-12-22 09:00", "2026-12-29 09:00")
    ]
    assert Series.objects.count() == 1


def test_all_move_by_a_day_into_each_others_time(shop: SimpleNamespace, dana: Desk) -> None:
    added(shop, dana, repeats="FREQ=DAILY", times="5")

    moved(dana, rows()[0], "all", day="2026-12-08")

    assert [when[:10] for when in whens()] == [f"2026-12-{day:02}" for day in range(8, 13)]
    assert not any(row.booked_anyway for row in rows())


def test_changed_and_canceled_ones_stay_as_they_are(dana: Desk, four: list[Appointment]) -> None:
    moved(dana, four[1], "this", starts="15:00")
    canceled(dana, four[2], "this")

    moved(dana, four[0], "all", day="2026-12-09")

    assert whens() == ["2026-12-09 10:00", "2026-12-14 15:00", "-", "2026-12-30 10:00"]
    canceled(dana, four[0], "all")
    assert whens() == ["-", "2026-12-14 15:00", "-", "-"]


def test_this_and_following_are_canceled(dana: Desk, four: list[Appointment]) -> None:
    canceled(dana, four[2], "following")

    assert whens() == [*MONDAYS[:2], "-", "-"]


def test_what_is_over_or_attended_is_never_moved(
    shop: SimpleNamespace, four: list[Appointment]
) -> None:
    person = four[2].attendees.get()
    person.state = "attended"
    person.save()
    with time_machine.travel(dt.datetime(2026, 12, 8, 15, tzinfo=dt.UTC), tick=False):
        moved(Desk(shop.dana), four[1], "all", starts="11:00")

    assert whens() == [MONDAYS[0], "2026-12-14 11:00", MONDAYS[2], "2026-12-28 11:00"]


def test_of_an_appointment_that_has_begun_nothing_more_is_asked(
    shop: SimpleNamespace, dana: Desk, four: list[Appointment]
) -> None:
    assert "This and following" in dana.read(page_of(four[0], "move"))
    with time_machine.travel(dt.datetime(2026, 12, 8, 15, tzinfo=dt.UTC), tick=False):
        for act in ("move", "cancel"):
            page = Desk(shop.dana).read(page_of(four[0], act))
            assert ("Follow-up visit" in page, "This and following" in page) == (True, False)


def test_a_move_skips_days_with_conflicts_which_stay_where_they_are(
    shop: SimpleNamespace, dana: Desk, four: list[Appointment]
) -> None:
    there = dt.date(2026, 12, 21)
    appointment(shop.dana, shop.visit, shop.office, at(14, day=there), client=shop.ben)

    answer = dana.save(page_of(four[0], "move"), scope="all", starts="2:00 PM")
    assert "Monday, December 21, 2026: Dana Rivera has another" in answer.content.decode()
    anyway(dana, page_of(four[0], "move"), answer, "skip")

    assert whens()[:4] == [
        *("2026-12-07 14:00", "2026-12-14 14:00", "2026-12-21 10:00", "2026-12-28 14:00")
    ]
    assert [row.apart for row in rows()[:4]] == [False, False, True, False]


def test_the_last_weekday_of_months_stays_the_last_when_its_time_changes(
    shop: SimpleNamespace, dana: Desk
) -> None:
    added(shop, dana, day="2026-12-29", repeats="FREQ=MONTHLY;BYDAY", times="4")
    before = [when[:10] for when in whens()]
    assert before == ["2026-12-29", "2027-01-26", "2027-02-23", "2027-03-30"]

    moved(dana, rows()[1], "all", starts="8:00")
    assert whens() == [f"{day} 08:00" for day in before]

    moved(dana, rows()[1], "all", day="2027-01-27")
    assert [when[:10] for when in whens()] == [
        *("2026-12-30", "2027-01-27", "2027-02-24", "2027-03-31")
    ]


def test_a_series_is_exported_by_rule_and_exceptions(dana: Desk, four: list[Appointment]) -> None:
    moved(dana, four[1], "this", starts="15:00")
    canceled(dana, four[3], "this")
    series = Series.objects.select_related("practice").get()

    found = exported(series, list(series.appointments.all()))

    assert (found.first_day, found.starts, found.rule) == (
        dt.date(2026, 12, 7),
        dt.time(10),
        "FREQ=WEEKLY;COUNT=4",
    )
    assert found.without == (dt.date(2026, 12, 28),)
    assert found.moved == {at(10, day=dt.date(2026, 12, 14)): four[1]}
