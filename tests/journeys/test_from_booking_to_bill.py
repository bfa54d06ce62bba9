"""From a booking by a stranger to the superbill: nothing is typed a second time."""

import pytest
from playwright.sync_api import expect

from tests.browser import Tabs, sign_in
from tests.journeys.people import opens, saves, types
from tests.journeys.test_booking import ANN, chooses_a_time, free_days, offers_a_visit
from tests.served import Served

A_CODE = "UPDATE scheduling_service SET code = '97803', fee = 130 WHERE name = 'Kitchen visit'"


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_who_booked_online_and_came_is_billed_without_typing_anything_again(
    server: Served, tabs: Tabs, scripts: bool
) -> None:
    offers_a_visit(server)
    server.run_sql(A_CODE)
    page = tabs.open(scripts=scripts)
    page.goto("/book/riverside/dana-rivera/")
    page.get_by_role("link", name="Kitchen visit", exact=True).click()
    if len(free_days(page)) < 2:
        page.get_by_role("link", name="Next month").click()
    chooses_a_time(page)
    types(page.get_by_role("main"), ANN)
    page.get_by_label("I agree").check()
    page.get_by_role("button", name="Book", exact=True).click()
    ((appointment,),) = server.run_sql(
        "SELECT appointment_id FROM scheduling_attendee WHERE email = 'ann@client.example'"
    )

    dana = sign_in(tabs.open(scripts=scripts), "dana@riverside.example")
    form = opens(dana, "Edit General Details")
    types(form, {"Credentials": "RDN, PhD, CDCES"})
    saves(form, said="General Details saved")
    dana.goto(f"/calendar/appointments/{appointment}/")
    dana.get_by_role("button", name="New client", exact=True).click()
    dana.get_by_role("button", name="Attended", exact=True).click()
    dana.get_by_role("button", name="New superbill Ann Lee", exact=True).click()

    sheet = dana.get_by_role("main")
    for carried in ("Ann Lee", "97803", "$130.00", "RDN, PhD, CDCES"):
        expect(sheet.get_by_text(carried).first).to_be_visible()
    dana.goto(f"/calendar/appointments/{appointment}/")
    expect(dana.get_by_text("Visit of").first).to_be_visible()
