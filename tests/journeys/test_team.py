"""Somebody is invited, joins, is given another role, works in two practices, and leaves."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, expect

from tests.browser import PHONE_WIDTH, Auditor, Tabs, sign_in
from tests.journeys.people import PASSWORD as LAKESIDE_PASSWORD
from tests.journeys.people import (
    opens_menu,
    registers_a_practice,
    saves,
    sees_heading,
    types,
)
from tests.journeys.test_notifications import mailed
from tests.served import Served

KIM, PASSWORD = "kim@newcomer.example", "nine-gentle-otters"
LINK = re.compile(r"http://\S+(/invitation/\S+)")


def goes_to_user_management(page: Page) -> None:
    """Open User Management from the menu."""
    page.get_by_role("banner").get_by_text("Riverside Nutrition").click()
    page.get_by_role("link", name="User Management", exact=True).click()
    sees_heading(page, "User Management")


def opens(page: Page, button: str) -> Locator:
    """Press what opens a pop-up."""
    page.get_by_role("button", name=button, exact=True).click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    return dialog


def invites(page: Page, email: str, role: str) -> None:
    """Invite somebody from User Management."""
    dialog = opens(page, "Invite user")
    types(dialog, {"Email": email, "Role": role})
    dialog.get_by_role("button", name="Send invitation", exact=True).click()
    expect(
        page.get_by_role("status").filter(has_text=f"Invitation sent to {email}")
    ).to_be_visible()


def link_mailed(server: Served, email: str) -> str:
    """Read the path of the link in the mail."""
    body = mailed(server, email, "Invitation to").get_body(("plain",))
    assert body is not None
    found = LINK.search(body.get_content())
    assert found is not None
    assert found[0].startswith(f"{server.url}/")
    return urlsplit(found[0]).path


def row_of(page: Page, words: str) -> Locator:
    """A row of a table."""
    return page.get_by_role("row").filter(has_text=words)


def test_invited_by_mail_joined_promoted_and_gone(server: Served, tabs: Tabs, axe: Auditor) -> None:
    dana = sign_in(tabs.open(), "dana@riverside.example")
    goes_to_user_management(dana)
    invites(dana, KIM, "Clinical")
    expect(row_of(dana, KIM)).to_contain_text("Invited")
    axe(dana)

    link = link_mailed(server, KIM)
    kim = tabs.open(scripts=False, width=PHONE_WIDTH)
    kim.goto(link)
    sees_heading(kim, "Join Riverside Nutrition")
    expect(kim.get_by_label("Contact Email", exact=True)).to_have_value(KIM)
    names = {"Title": "Dr", "First name": "Kim", "Last name": "Cole", "Suffix": "Jr"}
    types(kim.get_by_role("main"), {**names, "Password": PASSWORD})
    kim.get_by_role("button", name="Accept", exact=True).click()
    kim.wait_for_url("**/my-details/")
    expect(kim.get_by_role("main")).to_contain_text("Dr Kim Cole Jr")
    answer = tabs.open().goto(link)
    assert answer is not None
    assert answer.status == 410

    dana.reload()
    expect(row_of(dana, KIM)).to_contain_text("Clinical")
    dialog = opens(dana, "Edit user Kim Cole")
    types(dialog, {"Role": "Supervisor"})
    saves(dialog, said="User saved")
    kim.goto("/clients/")
    expect(kim.get_by_text("Everyone in care at Riverside Nutrition.")).to_be_visible()

    dialog = opens(dana, "End access Kim Cole")
    axe(dana)
    dialog.get_by_role("button", name="End access", exact=True).click()
    expect(row_of(dana, "Left on")).to_contain_text("Kim Cole")
    axe(dana)
    kim.goto("/clients/")
    sees_heading(kim, "You don’t have access to a practice")

    dana.get_by_role("button", name="Give access back Kim Cole", exact=True).click()
    expect(row_of(dana, KIM)).to_contain_text("Active")
    kim.goto("/my-details/")
    sees_heading(kim, "My Details")


def test_clients_of_who_left_find_a_colleague(server: Served, tabs: Tabs, axe: Auditor) -> None:
    dana = sign_in(tabs.open(width=PHONE_WIDTH), "dana@riverside.example")
    dana.goto("/users/")
    dialog = opens(dana, "End access Sam Okafor")
    dialog.get_by_role("button", name="End access", exact=True).click()
    gone = row_of(dana, "Left on")
    expect(gone).to_contain_text("4 clients to hand over")
    axe(dana)

    dialog = opens(dana, "Hand clients over Sam Okafor")
    axe(dana)
    types(dialog, {"Hand clients over to": "Dana Rivera"})
    dialog.get_by_role("button", name="Hand over", exact=True).click()

    said = "Clients handed over to Dana Rivera"
    expect(dana.get_by_role("status").filter(has_text=said)).to_be_visible()
    expect(gone).not_to_contain_text("to hand over")


def test_one_log_in_for_two_practices(server: Served, tabs: Tabs, axe: Auditor) -> None:
    robin = tabs.open()
    email = registers_a_practice(robin)
    dana = sign_in(tabs.open(), "dana@riverside.example")
    goes_to_user_management(dana)
    invites(dana, email, "Administrative")

    robin = tabs.open()
    robin.goto(link_mailed(server, email))
    axe(robin)
    robin.get_by_role("link", name="Log in and accept", exact=True).click()
    logs_in_there(robin, email)
    sees_heading(robin, "Join Riverside Nutrition")
    expect(robin.get_by_role("main")).to_contain_text(f"With your existing login, {email}")
    axe(robin)
    types(robin.get_by_role("main"), {"First name": "Robin", "Last name": "Vale"})
    robin.get_by_role("button", name="Accept", exact=True).click()
    robin.wait_for_url("**/my-details/")

    robin.get_by_role("banner").get_by_text("Riverside Nutrition").click()
    axe(robin)
    robin.get_by_role("button", name="Switch to Lakeside Nutrition", exact=True).click()
    expect(robin.get_by_role("status").filter(has_text="You're now in Lakeside")).to_be_visible()
    opens_menu(robin)
    expect(robin.get_by_role("link", name="Account Settings", exact=True)).to_be_visible()
    answer = robin.goto("/clients/1/")
    assert answer is not None
    assert answer.status == 404


def logs_in_there(page: Page, email: str) -> None:
    """Log in on the page one was sent to."""
    types(page.get_by_role("main"), {"Login email": email, "Password": LAKESIDE_PASSWORD})
    page.get_by_role("button", name="Log in", exact=True).click()
