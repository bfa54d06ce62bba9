"""The calendar's grid: drawn, dragged, stretched, selected; and the list without it."""

import datetime as dt
import re
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect

from tests.browser import Auditor, Tabs, sign_in
from tests.served import Served

HOUR = 64  # pixels
MOST_WEIGHT = 190_000  # bytes of a day's page, with scripts, styles, fonts, and what it draws


def a_week_ahead() -> str:
    """A working day on which the demo's Alma Hartwell comes at nine, and Kofi Mensah at eleven."""
    today = dt.datetime.now(ZoneInfo("America/New_York")).date()
    ahead = 7 - today.weekday() if today.weekday() > 4 else 0
    return (today + dt.timedelta(days=7 + ahead)).isoformat()


def opens_grid(page: Page, view: str = "day") -> Page:
    page.goto(f"/calendar/?view={view}&day={a_week_ahead()}")
    expect(page.locator("#drawn[data-drawn]")).to_be_visible()
    return page


def of(page: Page, name: str) -> Locator:
    return page.locator(".ec-event", has_text=name).first


def box(event: Locator) -> FloatRect:
    found = event.bounding_box()
    assert found
    return found


def drags(page: Page, event: Locator, *, down: int = 0, right: float = 0, end: bool = False) -> Any:
    """Drag an appointment, or its end, and give the pop-up that opens."""
    at = box(event)
    x, y = at["x"] + at["width"] / 2, at["y"] + (at["height"] - 3 if end else 12)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + right / 2, y + down / 2, steps=4)
    page.mouse.move(x + right, y + down, steps=6)
    page.mouse.up()
    dialog = page.get_by_role("dialog", name="Move appointment")
    expect(dialog).to_be_visible()
    return dialog


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_day_week_and_month_are_there_with_scripts_and_without(
    shared_server: Served, tabs: Tabs, scripts: bool
) -> None:
    page = sign_in(tabs.open(scripts=scripts), "dana@riverside.example")
    page.goto(f"/calendar/?day={a_week_ahead()}")

    for view in ("Day", "Week", "Month"):
        page.get_by_role("link", name=view, exact=True).click()
        expect(page.get_by_text("Alma Hartwell").first).to_be_visible()
        expect(page.locator("#drawn")).to_be_visible(visible=scripts)
        expect(page.locator("#listed")).to_be_visible(visible=not scripts)
    page.get_by_role("link", name="Agenda", exact=True).click()
    expect(page.locator("#listed")).to_be_visible()
    expect(page.locator("#drawn")).to_have_count(0)


def test_on_a_phone_there_is_the_list(shared_server: Served, tabs: Tabs) -> None:
    page = sign_in(tabs.open(width=320), "dana@riverside.example")
    page.goto(f"/calendar/?view=day&day={a_week_ahead()}")

    expect(page.locator("#listed").get_by_role("link", name="Alma Hartwell")).to_be_visible()
    expect(page.locator("#drawn")).to_be_hidden()


def test_people_stand_side_by_side_with_their_photos(shared_server: Served, tabs: Tabs) -> None:
    page = opens_grid(sign_in(tabs.open(), "dana@riverside.example"))

    heads = page.locator(".ec-col-head")
    expect(heads).to_have_text(["Dana Rivera", "Sam Okafor", "Lee Park"])
    expect(heads.locator("img.face")).to_have_count(3)
    assert page.locator(".hours-off").count() >= 4
    assert box(of(page, "Fatima Benali"))["x"] > box(of(page, "Alma Hartwell"))["x"]


def test_a_drag_moves_once_it_is_saved_and_goes_back_otherwise(server: Served, tabs: Tabs) -> None:
    page = opens_grid(sign_in(tabs.open(), "dana@riverside.example"))
    alma = of(page, "Alma Hartwell")
    before = box(alma)

    dialog = drags(page, alma, down=HOUR)
    expect(dialog.get_by_label("Start time")).to_have_value("10:00 AM")
    dialog.get_by_role("button", name="Cancel", exact=True).click()
    expect(dialog).to_be_hidden()
    assert box(alma)["y"] == pytest.approx(before["y"], abs=1)

    dialog = drags(page, alma, down=HOUR)
    dialog.get_by_role("button", name="Save", exact=True).last.click()
    expect(page.get_by_text("Appointment moved")).to_be_visible()
    expect(alma).to_contain_text("10:00 AM")
    expect(page).to_have_url(re.compile(f"view=day&day={a_week_ahead()}"))


def test_where_it_does_not_fit_it_is_asked_about(server: Served, tabs: Tabs) -> None:
    page = opens_grid(sign_in(tabs.open(), "dana@riverside.example"))

    dialog = drags(page, of(page, "Alma Hartwell"), down=2 * HOUR)
    dialog.get_by_role("button", name="Save", exact=True).last.click()
    expect(dialog.get_by_role("alert")).to_contain_text("Dana Rivera has another appointment then")
    dialog.get_by_role("button", name="Book anyway").click()

    expect(of(page, "Alma Hartwell")).to_contain_text("11:00 AM")


def test_the_end_is_pulled_and_another_column_is_another_clinician(
    server: Served, tabs: Tabs
) -> None:
    page = opens_grid(sign_in(tabs.open(), "dana@riverside.example"))
    alma = of(page, "Alma Hartwell")
    width = box(page.locator(".ec-col-head").first)["width"]

    dialog = drags(page, alma, down=HOUR // 2, end=True)
    expect(dialog.get_by_label("Duration in minutes")).to_have_value("90")
    dialog.get_by_role("button", name="Cancel", exact=True).click()

    dialog = drags(page, alma, right=width)
    expect(dialog.get_by_label("Clinician").locator("option:checked")).to_have_text("Sam Okafor")


def test_a_range_selected_opens_add_appointment_filled_in(server: Served, tabs: Tabs) -> None:
    page = opens_grid(sign_in(tabs.open(), "dana@riverside.example"))
    at = box(of(page, "Fatima Benali"))  # Sam's, at two

    page.mouse.move(at["x"] + 60, at["y"] - 2 * HOUR + 4)
    page.mouse.down()
    page.mouse.move(at["x"] + 60, at["y"] - HOUR - 4, steps=6)
    page.mouse.up()

    dialog = page.get_by_role("dialog", name="Add appointment")
    expect(dialog.get_by_label("Start time")).to_have_value("12:00 PM")
    expect(dialog.get_by_label("Duration in minutes")).to_have_value("60")
    expect(dialog.get_by_label("Clinician").locator("option:checked")).to_have_text("Sam Okafor")


def test_by_keyboard_the_agenda_is_one_link_away_and_a_click_opens_an_appointment(
    shared_server: Served, tabs: Tabs
) -> None:
    page = opens_grid(sign_in(tabs.open(), "dana@riverside.example"))
    expect(page.locator("#drawn [tabindex]")).to_have_count(0)

    page.get_by_role("link", name="By keyboard or with a screen reader").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("view=agenda"))

    opens_grid(page)
    of(page, "Alma Hartwell").click()
    expect(page).to_have_url(re.compile("/calendar/appointments/"))


@pytest.mark.parametrize("view", ["day", "week", "month"])
def test_axe_finds_nothing(shared_server: Served, tabs: Tabs, axe: Auditor, view: str) -> None:
    page = opens_grid(sign_in(tabs.open(), "dana@riverside.example"), view)

    axe.in_all_looks(page)


def test_the_page_is_light(shared_server: Served, tabs: Tabs) -> None:
    page = sign_in(tabs.open(), "dana@riverside.example")
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    loaded: list[float] = []
    wire.on("Network.loadingFinished", lambda done: loaded.append(done["encodedDataLength"]))

    opens_grid(page)
    page.wait_for_load_state("networkidle")

    assert 100_000 < sum(loaded) < MOST_WEIGHT
