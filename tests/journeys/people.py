"""What people do on Letterhead's pages, in words; controls are found by label or role only."""

import re
import uuid

from playwright.sync_api import Locator, Page, expect

PASSWORD = "seven-quiet-herons"


def registers_a_practice(page: Page, *, country: str = "United States") -> str:
    """Register a new practice, whose Director Robin Vale is; give the login email."""
    email = f"robin-{uuid.uuid4().hex[:8]}@lakeside.example"
    page.goto("/signup/")
    types(
        page.get_by_role("main"),
        {
            "Practice name": "Lakeside Nutrition",
            "Country": country,
            "First name": "Robin",
            "Last name": "Vale",
            "Login email": email,
            "Password": PASSWORD,
        },
    )
    page.get_by_role("button", name="Register", exact=True).click()
    page.wait_for_url("**/my-details/")
    return email


def logs_in(page: Page, email: str) -> None:
    """Log in through the form."""
    page.goto("/login/")
    types(page.get_by_role("main"), {"Login email": email, "Password": PASSWORD})
    page.get_by_role("button", name="Log in", exact=True).click()
    page.wait_for_url("**/my-details/")


def opens_menu(page: Page) -> None:
    """Open the menu under the practice's name."""
    page.get_by_role("banner").get_by_text("Lakeside Nutrition").click()


def goes_to_account_settings(page: Page) -> None:
    """Open Account Settings from the menu."""
    opens_menu(page)
    page.get_by_role("link", name="Account Settings", exact=True).click()
    sees_heading(page, "Account Settings")


def goes_to_clients(page: Page) -> None:
    """Open Clients from the bar."""
    page.get_by_role("link", name="Clients", exact=True).first.click()
    sees_heading(page, "Clients")


def opens(page: Page, button: str) -> Locator:
    """Press what opens a form; give its pop-up, or its page where there is none."""
    page.get_by_role("button", name=button, exact=True).first.click()
    expect(page.get_by_role("button", name=re.compile("^(Save|Show)$"))).to_be_visible()
    dialog = page.get_by_role("dialog")
    return dialog if dialog.count() else page.get_by_role("main")


def types(form: Locator, fields: dict[str, str]) -> None:
    """Type each text into the field with that label, or choose it there."""
    for label, text in fields.items():
        field = form.get_by_label(label, exact=True)
        if field.evaluate("element => element.tagName") == "SELECT":
            field.select_option(label=text)
        else:
            field.fill(text)


def saves(form: Locator, *, said: str) -> None:
    """Press Save and read what the page says was done."""
    page = form.page
    form.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("status").filter(has_text=said)).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)


def sees_heading(page: Page, name: str) -> None:
    """The page has this heading."""
    expect(page.get_by_role("heading", name=name, exact=True, level=1)).to_be_visible()


def error_beside(field: Locator) -> str:
    """The words that a wrong field's aria-describedby leads to."""
    expect(field).to_have_attribute("aria-invalid", "true")
    ids = str(field.get_attribute("aria-describedby")).split()
    return " ".join(field.page.locator(f"[id='{each}']").inner_text() for each in ids)
