"""What a new practice offers and when, with scripts and without: services, hours, time off."""

import datetime as dt

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Tabs
from tests.journeys.people import (
    goes_to_account_settings,
    opens,
    registers_a_practice,
    saves,
    sees_heading,
    types,
)
from tests.served import Served


@pytest.mark.parametrize("scripts", [True, False])
def test_a_practice_says_what_it_offers_and_when(
    shared_server: Served, tabs: Tabs, scripts: bool
) -> None:
    page = tabs.open(scripts=scripts)
    registers_a_practice(page)

    adds_a_service(page)
    goes_to_availability(page)
    adds_hours(page)
    takes_a_day_off(page)
    forgets_the_afternoon(page)


def adds_a_service(page: Page) -> None:
    """Name, duration and fee are enough for clients to book it."""
    goes_to_account_settings(page)
    form = opens(page, "Add service")
    types(form, {"Service name": "First consult", "Duration in minutes": "60", "Fee": "120"})
    form.get_by_label("Bookable online", exact=True).check()
    saves(form, said="First consult added")

    services = page.get_by_role("region", name="Services", exact=True)
    expect(services).to_contain_text("60 minutes, $120.00")
    expect(services).to_contain_text("Office, with Robin Vale")


def goes_to_availability(page: Page) -> None:
    """By the calendar."""
    page.get_by_role("link", name="Calendar", exact=True).first.click()
    page.get_by_role("link", name="Availability", exact=True).click()
    sees_heading(page, "Availability")


def adds_hours(page: Page) -> None:
    """Every day of the week from nine to five, and longer on one day."""
    for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"):
        form = opens(page, "Add hours")
        types(form, {"Day": day, "From": "9", "To": "5 pm", "Location": "Office"})
        saves(form, said="Hours added")
    form = opens(page, "Add exception")
    types(form, {"Date": in_days(2), "From": "8:30", "To": "19:00"})
    saves(form, said="Exception added")

    days = page.get_by_role("complementary", name="The next two weeks")
    expect(days.get_by_text("9:00 AM – 5:00 PM, Office")).to_have_count(13)
    expect(days.get_by_text("8:30 AM – 7:00 PM", exact=True)).to_have_count(1)


def takes_a_day_off(page: Page) -> None:
    """The reason stays on this page."""
    form = opens(page, "Add time off")
    types(form, {"From": in_days(3), "To": in_days(4), "Reason": "Training"})
    saves(form, said="Time off added")

    days = page.get_by_role("complementary", name="The next two weeks")
    expect(days.get_by_text("Time off", exact=True)).to_have_count(2)


def forgets_the_afternoon(page: Page) -> None:
    """From nine to five, typed as people say it, needs PM: what was typed stays."""
    form = opens(page, "Add exception")
    types(form, {"Date": in_days(5), "From": "9", "To": "5"})
    form.get_by_role("button", name="Save", exact=True).click()

    end = page.get_by_label("To", exact=True)
    expect(end).to_have_attribute("aria-invalid", "true")
    expect(end).to_have_value("5")
    expect(page.get_by_text("The end has to be after the start.")).to_be_visible()


def in_days(number: int) -> str:
    """A day to come, as fields of days take it."""
    return (dt.datetime.now(dt.UTC) + dt.timedelta(days=number)).date().isoformat()
