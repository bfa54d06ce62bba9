"""Robin confirms the login email; Vera, with whose email a stranger registered, gets her own."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import PHONE_WIDTH, Auditor, Tabs
from tests.journeys import people
from tests.journeys.test_notifications import mailed
from tests.served import Served

NEW = "nine-gentle-otters"


def path_mailed(server: Served, email: str, about: str) -> str:
    """Read the path of the link in the mail."""
    body = mailed(server, email, about).get_body(("plain",))
    assert body is not None
    found = re.search(rf"{server.url}(/\S+/)", body.get_content())
    assert found is not None
    return found[1]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_robin_opens_the_link_that_came_after_registering(
    server: Served, tabs: Tabs, axe: Auditor, scripts: bool
) -> None:
    page = tabs.open(scripts=scripts, width=PHONE_WIDTH)
    email = people.registers_a_practice(page)
    expect(page.get_by_role("main")).to_contain_text("Confirm your login email: open the link")
    if scripts:
        axe(page)
    page.get_by_role("button", name="Send the link again", exact=True).click()
    said = f"We emailed a new link to {email}"
    expect(page.get_by_role("status").filter(has_text=said)).to_be_visible()

    page.goto(path_mailed(server, email, "Confirm your login email"))
    people.sees_heading(page, "Confirm your login email")
    if scripts:
        axe(page)
    page.get_by_role("button", name="Confirm", exact=True).click()

    expect(page.get_by_role("status").filter(has_text="Login email confirmed")).to_be_visible()
    expect(page.get_by_role("main")).not_to_contain_text("open the link we emailed")


def test_vera_s_reset_asks_whether_the_practice_is_hers(
    server: Served, tabs: Tabs, axe: Auditor
) -> None:
    email = people.registers_a_practice(tabs.open())
    page = tabs.open()
    page.goto("/password/reset/")
    people.types(page.get_by_role("main"), {"Login email": email})
    page.get_by_role("button", name="Send", exact=True).click()

    page.goto(path_mailed(server, email, "password"))
    question = page.get_by_role("group", name="Did you register Lakeside Nutrition?")
    people.types(page.get_by_role("main"), {"New password": NEW})
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("Choose whether the practice is yours.")
    axe(page)
    question.get_by_label("No, someone else did", exact=True).check()
    people.types(page.get_by_role("main"), {"New password": NEW})
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.get_by_role("status").filter(has_text="Your new password is set")).to_be_visible()
    people.types(page.get_by_role("main"), {"Login email": email, "Password": NEW})
    page.get_by_role("button", name="Log in", exact=True).click()
    people.sees_heading(page, "You don’t have access to a practice")
