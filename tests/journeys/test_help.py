"""The "?" beside a heading: opened by key, readable on a phone, closed by Escape."""

import pytest
from playwright.sync_api import FloatRect, Locator, expect

from tests.browser import PHONE_WIDTH, Tabs, sign_in
from tests.served import Served

HELP = {
    "/my-details/": {
        *("General Details", "Provider Description", "About me", "Profile Photo", "User Access"),
        *("Preferences", "Where it appears", "Claim readiness"),
    },
    "/account-settings/": {
        *("Practice Details", "Billing Details", "Security", "Logo", "Location", "Payers"),
        *("Services", "Booking Rules", "Printers", "Claim readiness"),
    },
    "/calendar/": {"Calendar"},
    "/calendar/availability/": {"Availability"},
    "/clients/": {"Clients"},
    "/billing/": {"Bills"},
}


def box(part: Locator) -> FloatRect:
    """Where something stands on the screen."""
    found = part.bounding_box()
    assert found is not None
    return found


@pytest.mark.parametrize("address", HELP)
def test_help_opens_beside_its_heading_and_closes_by_escape(
    shared_server: Served, tabs: Tabs, address: str
) -> None:
    page = sign_in(tabs.open(width=PHONE_WIDTH), "dana@riverside.example")
    page.goto(address)
    marks = page.locator("main details.help")
    for number in range(marks.count()):
        button, text = marks.nth(number).locator("summary"), marks.nth(number).locator("p")
        button.press("Enter")
        expect(text).to_be_visible()
        heading = marks.nth(number).locator("xpath=ancestor::*[.//h1 or .//h2][1]")
        title, said = box(heading.locator("h1, h2").first), box(text)

        assert said["x"] >= 0
        assert said["x"] + said["width"] <= PHONE_WIDTH
        assert said["y"] >= title["y"] + title["height"]
        page.keyboard.press("Escape")
        expect(text).to_be_hidden()
        expect(button).to_be_focused()
    names = marks.locator("summary").evaluate_all("all => all.map(each => each.ariaLabel)")
    assert {name.removeprefix("Help: ") for name in names} == HELP[address]


def test_help_leads_to_the_page_that_says_more(shared_server: Served, tabs: Tabs) -> None:
    page = sign_in(tabs.open(scripts=False), "dana@riverside.example")
    page.goto("/account-settings/")

    page.locator("summary[aria-label='Help: Billing Details']").click()
    page.get_by_role("link", name="More in the guide about Billing Details").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Account Settings")
    expect(page.get_by_role("link", name="CMS-1500", exact=True).last).to_be_visible()
    page.get_by_role("link", name="Letterhead", exact=True).click()
    page.wait_for_url("**/my-details/")
