"""What the calendar's grid opens: the same pop-ups, filled in with where something was dragged."""

from types import SimpleNamespace

import pytest

from letterhead.scheduling.models import Appointment
from tests.clients.desk import Desk
from tests.scheduling.appointments.staff import ADD, added, local, page_of, typed

HERE = "/calendar/?view=day&day=2026-12-07&clinician="


@pytest.fixture
def made(shop: SimpleNamespace, dana: Desk) -> Appointment:
    return added(shop, dana)


def test_moving_begins_with_where_it_was_dragged(
    shop: SimpleNamespace, dana: Desk, made: Appointment
) -> None:
    asked = f"day=2026-12-08&starts=14:15&minutes=80&clinician={shop.sam.practitioner_id}"

    opened = dana.opened(f"{page_of(made, 'move')}?{asked}")

    assert opened["day"] == "2026-12-08"
    assert (opened["starts"], opened["minutes"]) == ("2:15 PM", "80")
    assert opened["practitioner"] == str(shop.sam.practitioner_id)
    assert local(made) == "2026-12-07 10:00"  # until it is saved


@pytest.mark.parametrize("asked", ["day=x&starts=y&minutes=z&clinician=w", "starts=14:15", ""])
def test_what_makes_no_sense_is_left_out(
    shop: SimpleNamespace, dana: Desk, made: Appointment, asked: str
) -> None:
    opened = dana.opened(f"{page_of(made, 'move')}?{asked}")

    assert opened["practitioner"] == str(shop.dana.practitioner_id)
    assert opened["starts"] == "10:00 AM"


def test_after_a_save_the_calendar_is_there_again_as_it_was(
    shop: SimpleNamespace, dana: Desk, made: Appointment
) -> None:
    asked = "day=2026-12-07&starts=11:00&back=%2Fcalendar%2F%3Fview%3Dday%26day%3D2026-12-07"

    answer = dana.save(f"{page_of(made, 'move')}?{asked}")

    assert answer.headers["Location"] == "/calendar/?view=day&day=2026-12-07"
    assert local(made) == "2026-12-07 11:00"


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", "/clients/"])
def test_it_leads_nowhere_else(
    shop: SimpleNamespace, dana: Desk, made: Appointment, back: str
) -> None:
    asked = f"day=2026-12-07&starts=11:00&back={back}"

    answer = dana.save(f"{page_of(made, 'move')}?{asked}")

    assert answer.headers["Location"] == page_of(made)


def test_a_range_that_was_selected_is_in_the_new_appointment(
    shop: SimpleNamespace, dana: Desk
) -> None:
    address = f"{ADD}?day=2026-12-09&starts=13:30&minutes=45&clinician={shop.sam.practitioner_id}"

    opened = dana.opened(address)

    assert (opened["day"], opened["starts"], opened["minutes"]) == ("2026-12-09", "1:30 PM", "45")
    assert opened["practitioner"] == str(shop.sam.practitioner_id)
    sent = typed(shop, starts="1:30 PM", day="2026-12-09")
    assert (
        dana.save(f"{address}&back={HERE.replace('&', '%26')}", **sent)
        .headers["Location"]
        .startswith("/calendar/?view=day")
    )


def test_a_month_is_listed_from_its_first_day_to_its_last(
    shop: SimpleNamespace, dana: Desk
) -> None:
    added(shop, dana, day="2026-12-30")
    added(shop, dana, day="2027-01-04")

    page = dana.read("/calendar/", view="month", day="2026-12-07")

    assert "Dec 1, 2026 to Dec 31, 2026" in page
    assert page.count("Ada Moreno") == 1
    assert "day=2026-11-30" in page  # Previous
    assert "day=2027-01-01" in page  # Next


@pytest.mark.parametrize(("view", "drawn"), [("day", True), ("week", True), ("agenda", False)])
def test_the_component_is_loaded_where_it_draws(
    shop: SimpleNamespace, dana: Desk, view: str, drawn: bool
) -> None:
    assert ("event-calendar.min.js" in dana.read("/calendar/", view=view)) is drawn
    assert "event-calendar" not in dana.read("/clients/")


def test_the_menu_shows_the_reader_and_not_the_appointments_clinician(
    shop: SimpleNamespace, dana: Desk
) -> None:
    sams = added(shop, dana, practitioner=shop.sam.practitioner_id, client=shop.ben.pk)

    menu = dana.read(page_of(sams)).split('<span class="name">')[0]

    assert '<span class="face" aria-hidden="true">DR</span>' in menu
    assert ">SO<" not in menu
