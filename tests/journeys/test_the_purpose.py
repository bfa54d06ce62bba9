"""The purpose: a detail entered once, on a real superbill and a real CMS-1500."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Tabs
from tests.claims.reading import text_of
from tests.journeys import people
from tests.journeys.people import Claim
from tests.served import Served

both_ways = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
GROUP_NPI, PRACTICE_TAX_ID = "2084856568", "134567891"


@both_ways
def test_a_detail_entered_once_prints_everywhere(tabs: Tabs, scripts: bool) -> None:
    _from_log_in_to_pdf(tabs.open(scripts=scripts))


@pytest.mark.embedded
def test_a_detail_entered_once_prints_on_the_embedded_database(server: Served, tabs: Tabs) -> None:
    _from_log_in_to_pdf(tabs.open())


def _from_log_in_to_pdf(page: Page) -> None:
    people.dana_logs_in(page)
    with people.issued_ones_keep_their_bytes(page):
        dana_changes_credentials_and_npi(page)
        superbill = text_of(people.prints_superbill(page, people.ALMA))
        readable, plain = people.prints_claim(page, people.ALMA)

        assert "RDN, CDN" in superbill and people.NEW_NPI in superbill
        assert readable == plain
        the_claim_names_clinician_and_practice(plain)


def dana_changes_credentials_and_npi(page: Page) -> None:
    form = people.opens(page, "Edit General Details")
    form.get_by_label("Credentials").fill("RDN, CDN")
    form.get_by_label("Individual NPI").fill(people.NEW_NPI)
    people.saves(form, said="General Details saved")
    section = page.get_by_role("region", name="General Details")
    expect(section).to_contain_text("RDN, CDN")
    expect(section).to_contain_text(people.NEW_NPI)


def the_claim_names_clinician_and_practice(claim: Claim) -> None:
    assert claim["24J", "line 1 rendering NPI"] == people.NEW_NPI
    assert claim["24I", "line 1 other ID qualifier shaded"] == "G2"
    assert claim["24J", "line 1 other ID shaded"] == "AC4410932"
    assert claim["25", "federal tax ID"] == PRACTICE_TAX_ID
    assert claim["25", "EIN X"] == "X" and ("25", "SSN X") not in claim
    assert claim["31", "signature with degrees or credentials"] == "DANA M RIVERA RDN CDN"
    assert claim["33", "billing name"] == "RIVERSIDE NUTRITION"
    assert claim["33a", "billing NPI"] == GROUP_NPI


@both_ways
def test_a_person_bills_as_themselves(tabs: Tabs, scripts: bool) -> None:
    page = people.dana_logs_in(tabs.open(scripts=scripts))
    dana_is_a_junior(page)
    people.goes_to(page, "Account Settings")
    dana_bills_as_herself(page)

    readable, plain = people.prints_claim(page, people.ALMA)

    assert readable == plain
    assert plain["25", "federal tax ID"] == "212345678"
    assert plain["25", "SSN X"] == "X" and ("25", "EIN X") not in plain
    assert plain["33", "billing name"] == "RIVERA JR, DANA, M"
    assert plain["33a", "billing NPI"] == "2363324239"


def dana_is_a_junior(page: Page) -> None:
    form = people.opens(page, "Edit General Details")
    form.get_by_label("Suffix", exact=True).fill("Jr")
    people.saves(form, said="General Details saved")


def dana_bills_as_herself(page: Page) -> None:
    form = people.opens(page, "Edit Billing Details")
    form.get_by_label("NPI type").select_option("Individual")
    form.get_by_role("button", name="I bill as myself").click()
    expect(form.get_by_label("NPI of the holder")).to_have_value("2363324239")
    form.get_by_label("Practice Tax ID", exact=True).fill("212-34-5678")
    form.get_by_label("Kind of practice tax ID").select_option("SSN")
    people.saves(form, said="Billing Details saved")
