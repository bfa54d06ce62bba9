"""What people do on Letterhead's pages, in words; controls are found by label or role only."""

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Locator, Page, expect

from tests.browser import download, sign_in
from tests.claims.reading import values_of

DANA = "dana@riverside.example"
ALMA, BRUNO = "Alma Hartwell", "Bruno Castellan"  # clients of Dana's, of Acme and of Medicare
NEW_NPI = "2000000002"
Claim = dict[tuple[str, str], str]


def dana_logs_in(page: Page) -> Page:
    """Dana is on My Details."""
    return sign_in(page, DANA)


def goes_to(page: Page, name: str) -> None:
    """Open a page from the menu under the practice's name."""
    page.locator("summary", has_text="Riverside Nutrition").click()
    page.get_by_role("link", name=name, exact=True).click()
    sees_heading(page, name)


def opens(page: Page, button: str, *, titled: str | None = None) -> Locator:
    """Press what opens an edit form; give its pop-up, or its page where scripts are off."""
    page.get_by_role("button", name=button, exact=True).first.click()
    title = titled or button
    expect(page.get_by_role("heading", name=title).first).to_be_visible()
    dialog = page.get_by_role("dialog", name=title)
    return dialog if dialog.count() else page.get_by_role("main")


def saves(form: Locator, *, said: str) -> None:
    """Press Save and read what the page says was done."""
    page = form.page
    form.get_by_role("button", name="Save", exact=True).click()
    says(page, said)
    expect(page.get_by_role("dialog")).to_have_count(0)


def says(page: Page, words: str) -> None:
    """The page says what was done."""
    expect(page.get_by_role("status").filter(has_text=words)).to_be_visible()


def sees_heading(page: Page, name: str) -> None:
    """The page has this heading."""
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()


def opens_client(page: Page, name: str) -> None:
    """Open a client from the list."""
    page.get_by_role("navigation", name="Rooms").get_by_role("link", name="Clients").click()
    page.get_by_role("link", name=name, exact=True).click()
    sees_heading(page, name)


def latest_visit(page: Page) -> Locator:
    """The first of a client's list "Visits"."""
    return page.get_by_role("list", name="Visits").get_by_role("listitem").first


def starts_bill(page: Page, button: str) -> None:
    """Make a draft of the latest visit."""
    latest_visit(page).get_by_role("button", name=button, exact=True).click()
    sees_heading(page, "Draft")


def issues(page: Page) -> None:
    """Issue the draft; its files are then there."""
    page.get_by_role("button", name="Issue", exact=True).click()
    expect(page.get_by_role("heading", name="Files")).to_be_visible()


def prints_superbill(page: Page, client: str) -> bytes:
    """From a client's page to the PDF of a new superbill."""
    opens_client(page, client)
    starts_bill(page, "New superbill")
    issues(page)
    return download(page, "Superbill PDF")


def prints_claim(page: Page, client: str) -> tuple[Claim, Claim]:
    """From a client's page to a new claim: the readable form's values, and the data-only one's."""
    opens_client(page, client)
    starts_bill(page, "New CMS-1500")
    issues(page)
    links = ("CMS-1500 PDF", "CMS-1500 for pre-printed forms")
    readable, plain = (values_of(download(page, link))[0] for link in links)
    return readable, plain


def hashes_of_issued(page: Page) -> dict[str, str]:
    """The SHA-256 of every file of some bills that are issued already, by address."""
    page.get_by_role("navigation", name="Rooms").get_by_role("link", name="Billing").click()
    rows = page.get_by_role("row").filter(has_text="Issued")
    bills = [str(link.get_attribute("href")) for link in rows.get_by_role("link").all()[-6:]]
    found = {}
    for bill in bills:
        page.goto(bill)
        for link in page.get_by_role("link", name=re.compile("PDF|pre-printed forms")).all():
            address = str(link.get_attribute("href"))
            found[address] = hashlib.sha256(page.request.get(address).body()).hexdigest()
    assert len(found) >= 6
    return found


@contextmanager
def issued_ones_keep_their_bytes(page: Page) -> Iterator[None]:
    """Whatever happens in between, what was issued before stays as it was, to the byte."""
    before = hashes_of_issued(page)
    page.goto("/my-details/")
    yield
    now = {
        address: hashlib.sha256(page.request.get(address).body()).hexdigest() for address in before
    }
    assert now == before


def error_beside(field: Locator) -> str:
    """The words that a wrong field's aria-describedby leads to."""
    expect(field).to_have_attribute("aria-invalid", "true")
    ids = str(field.get_attribute("aria-describedby")).split()
    return " ".join(field.page.locator(f"[id='{each}']").inner_text() for each in ids)
