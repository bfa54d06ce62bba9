"""The whole way by keyboard alone: from the pencil to the paper."""

from playwright.sync_api import Page, expect

from tests.browser import Tabs, download
from tests.claims.reading import values_of
from tests.pdf import pdf_text
from tests.served import Served

MOST_TABS = 120


def tab_to(page: Page, role: str, name: str) -> None:
    """Press Tab until the control with this role and name has the focus."""
    wanted = page.get_by_role(role, name=name, exact=True).first  # type: ignore[arg-type]
    for _ in range(MOST_TABS):
        if wanted.count() and wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never came to the {role} {name}")


def type_into(page: Page, name: str, text: str) -> None:
    """Go to a field and replace what it holds."""
    tab_to(page, "textbox", name)
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type(text)


def press(page: Page, role: str, name: str) -> None:
    """Go to a control and press Enter."""
    tab_to(page, role, name)
    page.keyboard.press("Enter")


def test_from_log_in_to_both_papers_without_a_mouse(server: Served, tabs: Tabs) -> None:
    page = tabs.open()
    page.goto("/login/")
    type_into(page, "Login email", "dana@riverside.example")
    type_into(page, "Password", "letterhead-demo-only")
    page.keyboard.press("Enter")
    page.wait_for_url("**/my-details/")

    press(page, "button", "Edit General Details")
    expect(page.get_by_role("dialog")).to_be_visible()
    type_into(page, "Credentials", "RDN, CDN")
    type_into(page, "Individual NPI", "2721717298")
    press(page, "button", "Save")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("button", name="Edit General Details")).to_be_focused()

    press(page, "link", "Clients")
    page.wait_for_url("**/clients/")
    press(page, "link", "Alma Hartwell")
    page.wait_for_url("**/clients/1/")
    press(page, "button", "New superbill")
    page.wait_for_url("**/billing/bills/**")
    press(page, "button", "Issue")
    expect(page.get_by_role("heading", name="Files")).to_be_visible()
    tab_to(page, "link", "Superbill PDF")

    superbill = pdf_text(download(page, "Superbill PDF"))
    assert "Dr Dana M. Rivera, RDN, CDN" in superbill
    assert "2721717298" in superbill

    press(page, "link", "Alma Hartwell")
    page.wait_for_url("**/clients/1/")
    press(page, "button", "New CMS-1500")
    page.wait_for_url("**/billing/bills/**")
    press(page, "button", "Issue")
    expect(page.get_by_role("heading", name="Files")).to_be_visible()
    tab_to(page, "link", "CMS-1500 PDF")
    (claim,) = values_of(download(page, "CMS-1500 PDF"))
    assert claim["24J", "line 1 rendering NPI"] == "2721717298"
    assert claim["31", "signature with degrees or credentials"] == "DANA M RIVERA RDN CDN"


def test_escape_asks_before_it_throws_typed_text_away(server: Served, tabs: Tabs) -> None:
    page = tabs.open()
    page.goto("/login/")
    type_into(page, "Login email", "dana@riverside.example")
    type_into(page, "Password", "letterhead-demo-only")
    page.keyboard.press("Enter")
    page.wait_for_url("**/my-details/")
    press(page, "button", "Edit General Details")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("button", name="Edit General Details")).to_be_focused()

    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    type_into(page, "Credentials", "MD")
    page.keyboard.press("Escape")
    expect(page.get_by_text("Discard your changes?")).to_be_visible()
    press(page, "button", "Keep editing")

    expect(page.get_by_role("textbox", name="Credentials", exact=True)).to_have_value("MD")
