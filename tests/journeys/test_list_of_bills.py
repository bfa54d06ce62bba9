"""Looking for bills: searching, filtering, ordering, with scripts and without."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Tabs, sign_in
from tests.served import Served

SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])


def show(page: Page, *, scripts: bool) -> None:
    """Without scripts the list waits for the button."""
    if not scripts:
        page.get_by_role("button", name="Show", exact=True).click()


def found(page: Page) -> list[str]:
    return page.locator("tbody tr td:nth-child(2)").all_inner_texts()


def looks_for_bills(page: Page, *, scripts: bool) -> None:
    page.goto("/billing/")
    field = page.get_by_label("Client or number")
    field.press_sequentially("sorensen")
    show(page, scripts=scripts)
    expect(page.get_by_text("· $", exact=False).first).to_contain_text("7 bills")
    assert set(found(page)) == {"Emil Sørensen"}
    if scripts:
        expect(field).to_be_focused()

    page.get_by_label("Status").select_option(label="Issued")
    show(page, scripts=scripts)
    expect(page.get_by_role("cell", name="Draft")).to_have_count(0)

    page.get_by_role("link", name="Total").click()
    total = page.get_by_role("columnheader", name="Total")
    expect(total).to_have_attribute("aria-sort", "descending")
    page.get_by_role("link", name="Total").click()
    expect(total).to_have_attribute("aria-sort", "ascending")
    amounts = [
        float(text.strip("$")) for text in page.locator("tbody td:last-child").all_inner_texts()
    ]
    assert amounts == sorted(amounts)

    page.reload()
    expect(total).to_have_attribute("aria-sort", "ascending")
    expect(page.get_by_label("Status")).to_have_value("issued")
    expect(field).to_have_value("sorensen")
    page.get_by_role("link", name="Show all").click()
    page.get_by_role("link", name="Next").click()
    expect(page.get_by_role("link", name="Previous")).to_be_visible()


@SCRIPTS
def test_bills_are_looked_for_and_put_in_order(server: Served, tabs: Tabs, scripts: bool) -> None:
    looks_for_bills(sign_in(tabs.open(scripts=scripts), "dana@riverside.example"), scripts=scripts)


@pytest.mark.embedded
def test_the_same_on_the_embedded_database(server: Served, tabs: Tabs) -> None:
    looks_for_bills(sign_in(tabs.open(), "dana@riverside.example"), scripts=True)
