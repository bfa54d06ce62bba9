"""Claims that are corrected, and for several visits: from the client's page to paper."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Auditor, Tabs, download, sign_in
from tests.claims.reading import values_of
from tests.served import Served

DANA = "dana@riverside.example"
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])


def opens_first_client(page: Page) -> None:
    """Open the client that the demo has claims of."""
    page.goto("/clients/1/")


def issues(page: Page) -> None:
    """Issue the draft that is shown."""
    page.get_by_role("button", name="Issue", exact=True).click()
    expect(page.get_by_role("heading", name="Files")).to_be_visible()


@SCRIPTS
def test_an_issued_claim_is_corrected(server: Served, tabs: Tabs, scripts: bool) -> None:
    page = sign_in(tabs.open(scripts=scripts, url=server.url), DANA)
    opens_first_client(page)
    page.get_by_role("link", name="CL-").last.click()
    first = page.url

    page.get_by_role("link", name="Correct this claim", exact=True).click()
    page.get_by_label("Payer’s claim number", exact=True).fill("2026-00871")
    page.get_by_role("button", name="Continue", exact=True).click()
    expect(page.get_by_text("This corrects claim")).to_be_visible()
    issues(page)

    values, *_ = values_of(download(page, "CMS-1500 PDF"))
    assert values["22", "resubmission code"] == "7"
    assert values["22", "original reference number"] == "2026-00871"
    page.goto(first)
    expect(page.get_by_text("Corrected by")).to_be_visible()
    expect(page.get_by_role("link", name="Correct this claim")).to_have_count(0)


@SCRIPTS
def test_several_visits_are_on_one_claim(
    server: Served, tabs: Tabs, axe: Auditor, scripts: bool
) -> None:
    page = sign_in(tabs.open(scripts=scripts, url=server.url), DANA)
    opens_first_client(page)
    boxes = page.get_by_role("checkbox", name="Select the visit of")

    for number in (1, 2):
        boxes.nth(number).check()
    page.get_by_role("button", name="New CMS-1500 for these", exact=True).click()
    expect(page.get_by_text("2 visits")).to_be_visible()
    if scripts:
        axe.in_all_looks(page)
    issues(page)

    values, *_ = values_of(download(page, "CMS-1500 PDF"))
    days = {values["24A", f"line {row} from day"] for row in (1, 2)}
    assert len(days) == 2
