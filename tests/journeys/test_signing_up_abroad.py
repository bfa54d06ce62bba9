"""The sign-up page begins with the country and the time zone of the browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Tabs
from tests.journeys import people
from tests.served import Served


def chosen(page: Page) -> tuple[str, str]:
    """Country and time zone as the page shows them."""
    fields = [page.get_by_label(label, exact=True) for label in ("Country", "Time zone")]
    country, zone = (field.locator("option:checked").inner_text() for field in fields)
    return country, zone


@pytest.mark.parametrize(
    ("locale", "time_zone", "begins_with"),
    [
        ("en-AU", "Australia/Sydney", ("Australia", "Sydney")),
        ("en-US", "Europe/Oslo", ("Norway", "Oslo")),
        ("en-IN", "Asia/Calcutta", ("India", "Kolkata")),
        ("es-MX", "America/Tijuana", ("Mexico", "Tijuana")),
        ("es-PR", "America/Puerto_Rico", ("United States", "Atlantic, Puerto Rico")),
        ("en-US", "UTC", ("United States", "Eastern, New York")),
    ],
)
def test_the_browsers_clock_tells_country_and_time_zone(
    shared_server: Served, tabs: Tabs, locale: str, time_zone: str, begins_with: tuple[str, str]
) -> None:
    page = tabs.open(locale=locale, time_zone=time_zone)
    page.goto("/signup/")

    assert chosen(page) == begins_with


def test_without_scripts_the_language_tells_the_country(shared_server: Served, tabs: Tabs) -> None:
    page = tabs.open(scripts=False, locale="en-AU", time_zone="Australia/Sydney")
    page.goto("/signup/")

    assert chosen(page) == ("Australia", "Choose")


def test_what_a_person_chose_is_never_put_back(shared_server: Served, tabs: Tabs) -> None:
    page = tabs.open(locale="en-AU", time_zone="Australia/Sydney")
    page.goto("/signup/")
    main = page.get_by_role("main")
    people.types(main, {"Country": "New Zealand", "Time zone": "Auckland"})

    page.get_by_role("button", name="Register", exact=True).click()

    expect(page.get_by_label("Practice name")).to_have_attribute("aria-invalid", re.compile("true"))
    assert chosen(page) == ("New Zealand", "Auckland")
