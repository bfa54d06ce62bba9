"""Changing a password and getting a new one by mail, as people do it."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser import PASSWORD, Auditor, Tabs, sign_in
from tests.journeys.people import error_beside, saves, types
from tests.served import Served

DANA = "dana@riverside.example"
NEW, NEWER = "four herons by the quiet lake", "nine otters under the old bridge"


def opens_change_password(page: Page) -> Locator:
    row = page.get_by_text("Change Password", exact=True).locator("xpath=..")
    row.get_by_role("button", name="Modify", exact=True).click()
    return page.get_by_role("dialog", name="Change Password")


def link_mailed(server: Served, page: Page) -> str:
    """Wait until the worker has written the mail; give the path of the link in it."""
    for _ in range(200):
        for mail in (server.data_dir / "mail").glob("*.eml"):
            if found := re.search(rf"{server.url}(/password/reset/\S+/\S+/)", mail.read_text()):
                return found[1]
        page.wait_for_timeout(100)
    raise AssertionError(f"no mail with a link: {server.logged()}")


def test_dana_changes_her_password_and_is_logged_out_elsewhere(
    server: Served, tabs: Tabs, axe: Auditor
) -> None:
    page, elsewhere = sign_in(tabs.open(), DANA), sign_in(tabs.open(), DANA)

    window = opens_change_password(page)
    expect(window.get_by_label("Current password", exact=True)).to_be_focused()
    new = window.get_by_label("New password", exact=True)
    new.press_sequentially("passwordpassword")
    expect(window.get_by_role("status")).to_contain_text("common or leaked")
    axe(page)
    types(window, {"Current password": PASSWORD})
    window.get_by_role("button", name="Save", exact=True).click()
    expect(new).to_have_attribute("aria-invalid", "true")
    assert "common or leaked" in error_beside(new)
    expect(new).to_be_focused()

    window.get_by_role("button", name="Show New password", exact=True).click()
    expect(new).to_have_attribute("type", "text")
    types(window, {"Current password": PASSWORD, "New password": NEW})
    expect(window.get_by_role("status")).to_contain_text("Strength: Strong")
    axe(page)
    saves(window, said="Password changed")
    expect(page.get_by_role("button", name="Modify", exact=True)).to_be_focused()

    page.reload()
    expect(page).to_have_url(re.compile("/my-details/$"))
    elsewhere.reload()
    expect(elsewhere).to_have_url(re.compile(r"/login/"))
    sign_in(elsewhere, DANA, NEW)


def test_dana_changes_her_password_without_scripts(server: Served, tabs: Tabs) -> None:
    page = sign_in(tabs.open(scripts=False), DANA)
    page.get_by_role("button", name="Modify", exact=True).click()
    form = page.get_by_role("main")

    types(form, {"Current password": PASSWORD, "New password": "short"})
    form.get_by_role("button", name="Save", exact=True).click()
    assert "Use 15 or more" in error_beside(form.get_by_label("New password", exact=True))
    types(form, {"Current password": PASSWORD, "New password": NEW})
    form.get_by_role("button", name="Save", exact=True).click()

    expect(page.get_by_text("Password changed")).to_be_visible()
    expect(page).to_have_url(re.compile("/my-details/$"))


def test_dana_forgot_her_password(server: Served, tabs: Tabs, axe: Auditor) -> None:
    page = tabs.open()
    page.goto("/login/")
    page.get_by_role("link", name="Forgot your password?").click()
    expect(page.get_by_role("heading", name="Password Reset", level=1)).to_be_visible()
    types(page.get_by_role("main"), {"Login email": DANA})
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("heading", name="Check your email")).to_be_visible()

    page.goto(link_mailed(server, page))
    expect(page).to_have_url(re.compile("/password/reset/new/$"))
    types(page.get_by_role("main"), {"New password": NEWER})
    expect(page.get_by_role("status").filter(has_text="Strength: Strong")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page).to_have_url(re.compile("/login/$"))
    expect(page.get_by_text("Your new password is set")).to_be_visible()
    sign_in(page, DANA, NEWER)
