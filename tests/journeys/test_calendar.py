"""The calendar in a browser: by keyboard, without scripts, as axe-core sees it."""

import datetime as dt

from playwright.sync_api import Locator, Page, expect

from tests.browser import Auditor, Tabs, sign_in
from tests.journeys.test_by_keyboard import press, type_into
from tests.served import Served

DAY = dt.date.today() + dt.timedelta(days=30)


def offer(page: Page, name: str, **more: str) -> None:
    """Let the practice offer a service, by all its clinicians."""
    page.goto("/account-settings/services/add/")
    page.get_by_label("Service name").fill(name)
    for label, value in more.items():
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**/account-settings/**")
    expect(page.get_by_text(name).first).to_be_visible()


def go_to(page: Page, wanted: Locator) -> None:
    """Press Tab until a control has the focus."""
    for _ in range(120):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never came to {wanted}")


def type_in(page: Page, label: str, typed: str) -> None:
    """Go to a field of the pop-up and type; in a list, what begins with it is chosen."""
    go_to(page, page.get_by_role("dialog").get_by_label(label, exact=True))
    page.keyboard.type(typed)


def test_an_appointment_is_booked_and_moved_by_keyboard_alone(server: Served, tabs: Tabs) -> None:
    page = sign_in(tabs.open(), "dana@riverside.example")
    offer(page, "Follow-up visit")
    page.goto("/my-details/")

    press(page, "link", "Calendar")
    page.wait_for_url("**/calendar/")
    press(page, "button", "Add appointment")
    expect(page.get_by_role("dialog")).to_be_visible()
    type_in(page, "Client", "Alma Hartwell")
    type_in(page, "Clinician", "Dana Rivera")
    type_in(page, "Service", "Follow-up visit")
    expect(page.get_by_label("Duration in minutes")).to_have_value("50")
    type_in(page, "Date", f"{DAY:%m%d%Y}")
    type_into(page, "Start time", "2:30 pm")
    press(page, "button", "Save")
    page.wait_for_url("**/calendar/appointments/*/")
    expect(page.get_by_role("heading", name="Follow-up visit")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("2:30 PM to 3:20 PM")

    press(page, "button", "Move")
    expect(page.get_by_role("dialog")).to_be_visible()
    type_into(page, "Start time", "16:00")
    press(page, "button", "Save")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("main")).to_contain_text("4:00 PM to 4:50 PM")
    expect(page.get_by_role("button", name="Move", exact=True)).to_be_focused()

    press(page, "button", "Cancel appointment")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("Canceled")


def test_without_scripts_a_series_is_made_and_canceled(server: Served, tabs: Tabs) -> None:
    page = sign_in(tabs.open(scripts=False), "dana@riverside.example")
    offer(page, "Follow-up visit")
    page.get_by_role("link", name="Calendar").click()
    page.get_by_role("button", name="Add appointment").click()
    page.get_by_label("Client", exact=True).select_option(label="Alma Hartwell")
    page.get_by_label("Clinician", exact=True).select_option(label="Dana Rivera")
    page.get_by_label("Service", exact=True).select_option(label="Follow-up visit")
    page.get_by_label("Date", exact=True).fill(DAY.isoformat())
    page.get_by_label("Start time").fill("10:00")
    page.get_by_label("Repeats").select_option(label="Every week")
    page.get_by_label("Number of times").fill("3")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("Every week, 3 times")

    page.get_by_role("button", name="Attended", exact=True).click()
    expect(page.get_by_role("button", name="New superbill")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("button", name="Cancel appointment").click()
    page.get_by_label("This and following").check()
    page.get_by_role("button", name="Cancel appointment").click()
    later = DAY + dt.timedelta(days=14)
    page.goto(f"/calendar/?day={later.isoformat()}")
    expect(page.get_by_role("main")).to_contain_text("Canceled")


def test_axe_finds_nothing_on_the_pages_of_an_appointment(
    server: Served, tabs: Tabs, axe: Auditor
) -> None:
    page = sign_in(tabs.open(), "dana@riverside.example")
    offer(page, "Follow-up visit")
    offer(page, "Eating well", Capacity="8")
    for service, client in (("Follow-up visit", "Alma Hartwell"), ("Eating well", "")):
        page.goto(f"/calendar/appointments/add/?day={DAY.isoformat()}")
        if client:
            page.get_by_label("Client", exact=True).select_option(label=client)
        page.get_by_label("Service", exact=True).select_option(label=service)
        page.get_by_label("Start time").fill("10:00")
        page.get_by_role("button", name="Save", exact=True).click()
        if service == "Eating well":  # at the same time
            expect(page.get_by_role("button", name="Book anyway")).to_be_visible()
            axe.in_all_looks(page)
            page.get_by_role("button", name="Book anyway").click()
        page.wait_for_url("**/calendar/appointments/*/")
        axe.in_all_looks(page)
        address = page.url
        for act in ("move", "cancel", "note", "clients/add"):
            page.goto(f"{address}{act}/")
            axe.in_all_looks(page)
        page.goto(address)
        for button in ("Move", "Cancel appointment", "Edit note"):
            page.get_by_role("button", name=button, exact=True).click()
            expect(page.get_by_role("dialog")).to_be_visible()
            axe(page)
            page.goto(address)
    for view in ("agenda", "day"):
        page.goto(f"/calendar/?day={DAY.isoformat()}&view={view}")
        axe.in_all_looks(page)
