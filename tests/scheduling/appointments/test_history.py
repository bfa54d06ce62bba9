"""A client's page has appointments and visits as one history."""

import datetime as dt
import re
from types import SimpleNamespace

from django.db import connection
from django.test.utils import CaptureQueriesContext

from letterhead.billing.actions import visit_from
from letterhead.scheduling.models import Appointment
from tests.clients.desk import Desk, visit_of
from tests.scheduling.appointments.staff import added, page_of
from tests.scheduling.making import MONDAY, appointment, at


def days_shown(page: str) -> list[str]:
    """The day of each row, as the list shows them."""
    return re.findall(r'role="rowheader" class="num">(\w+ \d+, \d+)', page)


def test_what_comes_is_first_then_all_that_was_newest_first(
    shop: SimpleNamespace, dana: Desk
) -> None:
    visit_of(shop, shop.ada, "2026-11-10")
    for day in ("2026-11-12", "2026-11-03", "2026-12-14", "2026-12-07"):
        moment = at(10, day=dt.date.fromisoformat(day))
        appointment(shop.dana, shop.visit, shop.office, moment, client=shop.ada)
    canceled = added(shop, dana, day="2026-12-21")
    dana.save(page_of(canceled, "cancel"))

    page = dana.read(f"/clients/{shop.ada.pk}/")

    assert days_shown(page) == [
        *("Dec 7, 2026", "Dec 14, 2026"),
        *("Dec 21, 2026", "Nov 12, 2026", "Nov 10, 2026", "Nov 3, 2026"),
    ]
    assert f'<a href="{page_of(canceled)}">Follow-up visit</a>' in page
    assert "Canceled" in page


def test_an_appointment_with_a_visit_is_shown_once(shop: SimpleNamespace, dana: Desk) -> None:
    made = appointment(
        shop.dana, shop.visit, shop.office, at(10, day=dt.date(2026, 11, 30)), client=shop.ada
    )
    person = made.attendees.get()
    person.state = "attended"
    person.save()
    assert "New superbill" in dana.read(page_of(made))
    visit_from(person, by=shop.dana.user)

    assert days_shown(dana.read(f"/clients/{shop.ada.pk}/")) == ["Nov 30, 2026"]
    page = dana.read(page_of(made))
    assert "Visit of Nov 30, 2026 added" in page
    assert "Undo" not in page
    dana.browser.post(f"/calendar/people/{person.pk}/", {"act": "booked", "version": 1})
    person.refresh_from_db()
    assert person.state == "attended"


def test_older_pages_leave_nothing_out_and_repeat_nothing(
    shop: SimpleNamespace, dana: Desk
) -> None:
    start = dt.date(2026, 11, 1)
    for number in range(35):
        day = start - dt.timedelta(days=number)
        visit_of(shop, shop.ada, day.isoformat())
        if number % 2:
            appointment(shop.dana, shop.visit, shop.office, at(9, day=day), client=shop.ada)
            appointment(shop.dana, shop.visit, shop.office, at(11, day=day), client=shop.ada)

    address, shown = f"/clients/{shop.ada.pk}/", list[str]()
    page = dana.read(address)
    shown += days_shown(page)
    while older := re.search(r'href="(\?before=\w+)"', page):
        page = dana.read(address + older[1])
        shown += days_shown(page)

    assert len(shown) == 35 + 34
    assert shown == sorted(
        shown, key=lambda day: dt.datetime.strptime(day, "%b %d, %Y"), reverse=True
    )


def test_who_sees_no_visits_sees_the_appointments(shop: SimpleNamespace, dana: Desk) -> None:
    added(shop, dana)
    visit_of(shop, shop.ada, "2026-11-10")

    page = Desk(shop.noor).read(f"/clients/{shop.ada.pk}/")

    assert days_shown(page) == ["Dec 7, 2026"]
    assert ">Appointments</h2>" in page


def test_a_colleagues_appointments_are_only_for_who_sees_their_calendar(
    shop: SimpleNamespace, dana: Desk
) -> None:
    added(shop, dana, client=shop.ben.pk)

    assert days_shown(Desk(shop.sam).read(f"/clients/{shop.ben.pk}/")) == []
    assert days_shown(dana.read(f"/clients/{shop.ben.pk}/")) == ["Dec 7, 2026"]


def test_a_wrong_address_is_the_first_page(shop: SimpleNamespace, dana: Desk) -> None:
    added(shop, dana)

    for before in ("a999999", "x", "a", "99999999999999999999999"):
        assert dana.get(f"/clients/{shop.ada.pk}/", before=before).status_code == 200


def test_a_long_history_costs_as_many_queries_as_a_short_one(
    shop: SimpleNamespace, dana: Desk
) -> None:
    address = f"/clients/{shop.ada.pk}/"
    appointment(shop.dana, shop.visit, shop.office, at(10), client=shop.ada)
    visit_of(shop, shop.ada, "2026-11-10")
    dana.read(address)
    with CaptureQueriesContext(connection) as short:
        dana.read(address)
    for number in range(40):
        day = MONDAY + dt.timedelta(days=number - 20)
        appointment(shop.dana, shop.visit, shop.office, at(13, day=day), client=shop.ada)
        visit_of(shop, shop.ada, f"2026-10-{number % 28 + 1:02}")

    with CaptureQueriesContext(connection) as long:
        dana.read(address)

    assert Appointment.objects.count() == 41
    assert len(long) == len(short)


def test_from_a_clients_page_an_appointment_is_added(shop: SimpleNamespace, dana: Desk) -> None:
    page = dana.read(f"/clients/{shop.ada.pk}/")

    assert '<form action="/calendar/appointments/add/">' in page
    assert f'name="client" value="{shop.ada.pk}"' in page
