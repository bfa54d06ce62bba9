"""A detail entered once, on a real superbill and a real CMS-1500: from login to PDF."""

import hashlib
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Tabs, choose_for_newest_visit, download, sign_in
from tests.claims.reading import values_of
from tests.pdf import pdf_text
from tests.served import Served

DANA = "dana@riverside.example"
NEW_NPI = "2721717298"
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])


def given_dana(tabs: Tabs, *, scripts: bool = True, url: str | None = None) -> Page:
    """Dana, signed in."""
    return sign_in(tabs.open(scripts=scripts, url=url), DANA)


def when_she_edits(page: Page, button: str, fields: dict[str, str]) -> None:
    """She presses the button, types and saves."""
    page.get_by_role("button", name=button, exact=True).click()
    for label, text in fields.items():
        field = page.get_by_label(label, exact=True)
        if field.evaluate("element => element.tagName") == "SELECT":
            field.select_option(label=text)
        else:
            field.fill(text)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="saved").first).to_be_visible()


def when_she_issues(page: Page, client: str, button: str) -> None:
    """She opens a client and issues a bill for the latest visit."""
    page.goto("/clients/")
    page.get_by_role("link", name=client, exact=True).click()
    choose_for_newest_visit(page, button)
    page.get_by_role("button", name="Issue", exact=True).click()
    expect(page.get_by_role("heading", name="Files")).to_be_visible()


def issued_before(page: Page) -> dict[str, str]:
    """The hashes of what was issued before today's change."""
    page.goto("/billing/")
    rows = page.get_by_role("row").filter(has_text="Issued")
    address = rows.filter(has_text=re.compile("CL-")).first.get_by_role("link")
    address.click()
    return {
        link: hashlib.sha256(download(page, link)).hexdigest()
        for link in ("CMS-1500 PDF", "CMS-1500 for pre-printed forms")
    } | {"address": page.url}


def then_the_claim_carries(page: Page, expected: dict[tuple[str, str], str]) -> None:
    """Both forms of the claim carry these values in these boxes."""
    for link in ("CMS-1500 PDF", "CMS-1500 for pre-printed forms"):
        (printed,) = values_of(download(page, link))
        assert {key: printed.get(key, "") for key in expected} == expected, link


def the_whole_thread(page: Page) -> None:
    """Change a credential and the NPI; print both papers; what was issued stays."""
    before = issued_before(page)
    page.goto("/my-details/")
    when_she_edits(
        page,
        "Edit General Details",
        {"Credentials": "RDN, CDN", "Individual NPI": NEW_NPI},
    )
    expect(page.get_by_text("RDN, CDN").first).to_be_visible()
    expect(page.get_by_text(NEW_NPI).first).to_be_visible()

    when_she_issues(page, "Alma Hartwell", "New superbill")
    superbill = pdf_text(download(page, "Superbill PDF"))
    assert "Dr Dana M. Rivera, RDN, CDN" in superbill
    assert NEW_NPI in superbill

    when_she_issues(page, "Alma Hartwell", "New CMS-1500")
    then_the_claim_carries(
        page,
        {
            ("24J", "line 1 rendering NPI"): NEW_NPI,
            ("24I", "line 1 other ID qualifier shaded"): "G2",
            ("24J", "line 1 other ID shaded"): "AC4410932",
            ("25", "federal tax ID"): "134567891",
            ("25", "EIN X"): "X",
            ("25", "SSN X"): "",
            ("31", "signature with degrees or credentials"): "DANA M RIVERA RDN CDN",
            ("33", "billing name"): "RIVERSIDE NUTRITION",
            ("33a", "billing NPI"): "2084856568",
        },
    )
    page.goto(before.pop("address"))
    for link, sha256 in before.items():
        assert hashlib.sha256(download(page, link)).hexdigest() == sha256, link


@SCRIPTS
def test_a_detail_entered_once_is_right_on_both_papers(
    server: Served, tabs: Tabs, scripts: bool
) -> None:
    the_whole_thread(given_dana(tabs, scripts=scripts))


@pytest.mark.embedded
def test_the_same_on_the_embedded_database(server: Served, tabs: Tabs) -> None:
    the_whole_thread(given_dana(tabs))


@SCRIPTS
def test_a_practice_that_bills_as_a_person(server: Served, tabs: Tabs, scripts: bool) -> None:
    page = given_dana(tabs, scripts=scripts)
    when_she_edits(
        page,
        "Edit General Details",
        {"Suffix": "Jr.", "Signature on claims": "SIGNATURE ON FILE"},
    )
    page.goto("/account-settings/")
    page.get_by_role("button", name="Edit Billing Details", exact=True).click()
    page.get_by_label("NPI type", exact=True).select_option(label="Individual")
    page.get_by_role("button", name="I bill as myself", exact=True).click()
    expect(page.get_by_label("Last name of the billing provider", exact=True)).to_have_value(
        "Rivera"
    )
    page.get_by_label("Practice Tax ID", exact=True).fill("219-09-9998")
    page.get_by_label("Kind of practice tax ID", exact=True).select_option(label="SSN")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="saved").first).to_be_visible()

    when_she_issues(page, "Alma Hartwell", "New CMS-1500")

    then_the_claim_carries(
        page,
        {
            ("25", "federal tax ID"): "219099998",
            ("25", "SSN X"): "X",
            ("25", "EIN X"): "",
            ("33", "billing name"): "RIVERA JR, DANA, M",
            ("33a", "billing NPI"): "2363324239",
        },
    )


@SCRIPTS
def test_a_wrong_npi_is_told_beside_its_field_and_nothing_typed_is_lost(
    server: Served, tabs: Tabs, scripts: bool
) -> None:
    page = given_dana(tabs, scripts=scripts)
    page.get_by_role("button", name="Edit General Details", exact=True).click()
    page.get_by_label("Pronouns", exact=True).fill("they/them")
    page.get_by_label("Individual NPI", exact=True).fill("2363324230")
    with page.expect_response(lambda answer: answer.request.method == "POST") as answered:
        page.get_by_role("button", name="Save", exact=True).click()

    assert answered.value.status == 422
    field = page.get_by_label("Individual NPI", exact=True)
    expect(field).to_have_attribute("aria-invalid", "true")
    described = " ".join(
        page.locator(f"#{id}").inner_text()
        for id in str(field.get_attribute("aria-describedby")).split()
    )
    assert "The last digit does not match" in described
    expect(page.get_by_label("Pronouns", exact=True)).to_have_value("they/them")
    if scripts:
        expect(field).to_be_focused()


@SCRIPTS
def test_phones_are_added_moved_and_removed(server: Served, tabs: Tabs, scripts: bool) -> None:
    page = given_dana(tabs, scripts=scripts)
    page.get_by_role("button", name="Edit General Details", exact=True).click()
    page.get_by_role("button", name="Add phone number", exact=True).click()
    fourth = page.get_by_role("group", name="Phone 4", exact=True)
    fourth.get_by_label("Type", exact=True).select_option(label="Home")
    fourth.get_by_label("Phone number", exact=True).fill("212 555 0199")
    fourth.get_by_role("button", name="Move up").click()
    third = page.get_by_role("group", name="Phone 3", exact=True)
    expect(third.get_by_label("Phone number", exact=True)).to_have_value("212 555 0199")
    page.get_by_role("group", name="Phone 1", exact=True).get_by_role(
        "button", name="Remove"
    ).click()
    expect(page.get_by_role("group", name="Phone 4", exact=True)).to_have_count(0)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="saved").first).to_be_visible()

    phones = page.get_by_role("definition").filter(has_text="(212) 555-0199")
    assert phones.inner_text().index("0177") < phones.inner_text().index("0199")
    assert "0142" not in phones.inner_text()
