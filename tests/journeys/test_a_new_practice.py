"""From registering to the first bill, as people who begin; each test registers its own practice."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Tabs, choose_for_newest_visit, download
from tests.journeys import people
from tests.pdf import pdf_text
from tests.served import Served

both_ways = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])


@both_ways
def test_robin_registers_logs_out_and_in_again(
    shared_server: Served, tabs: Tabs, scripts: bool
) -> None:
    page = tabs.open(scripts=scripts)
    email = people.registers_a_practice(page)
    people.sees_heading(page, "My Details")

    people.opens_menu(page)
    page.get_by_role("button", name="Log out", exact=True).click()
    page.wait_for_url("**/login/**")
    page.goto("/my-details/")
    assert "/login/?next=" in page.url
    people.logs_in(page, email)

    people.sees_heading(page, "My Details")


@both_ways
def test_robin_adds_what_is_billed_and_bills_it(
    shared_server: Served, tabs: Tabs, scripts: bool
) -> None:
    page = tabs.open(scripts=scripts)
    people.registers_a_practice(page)
    robin_edits_the_location_and_adds_a_payer(page)
    robin_adds_a_client_with_a_policy(page)
    robin_adds_a_visit(page)

    choose_for_newest_visit(page, "New superbill")
    page.get_by_role("button", name="Issue", exact=True).click()

    paper = pdf_text(download(page, "Superbill PDF"))
    assert "Lakeside Nutrition" in paper
    assert "Ida Marsh" in paper


def robin_edits_the_location_and_adds_a_payer(page: Page) -> None:
    people.goes_to_account_settings(page)
    location = people.opens(page, "Edit Location")
    people.types(location, {"Address": "3 Shore Road", "City": "Albany", "State": "NY"})
    people.types(location, {"ZIP code": "12207-1000", "Place of service": "11 Office"})
    people.saves(location, said="Location saved")
    expect(page.get_by_role("main")).to_contain_text("3 Shore Road")
    payer = people.opens(page, "Add payer")
    people.types(payer, {"Payer name": "Birch Mutual", "Address": "9 Elm Way", "City": "Albany"})
    people.saves(payer, said="Birch Mutual added")


def robin_adds_a_client_with_a_policy(page: Page) -> None:
    people.goes_to_clients(page)
    client = people.opens(page, "Add client")
    people.types(client, {"First name": "Ida", "Last name": "Marsh", "Birth date": "1980-02-03"})
    people.saves(client, said="added")
    people.sees_heading(page, "Ida Marsh")
    policy = people.opens(page, "Add policy")
    people.types(policy, {"Payer": "Birch Mutual", "Member ID": "BM1001"})
    people.saves(policy, said="Policy added")
    expect(page.get_by_role("group", name="Birch Mutual")).to_contain_text("BM1001")


def robin_adds_a_visit(page: Page) -> None:
    visit = people.opens(page, "Add visit")
    service = visit.get_by_role("group", name="Service 1", exact=True)
    people.types(visit, {"Diagnosis A": "E11.9"})
    people.types(service, {"Code": "97802", "Charge": "120", "Diagnosis pointers": "A"})
    people.saves(visit, said="Visit added")
    expect(page.get_by_role("table", name="Visits").get_by_role("row")).to_have_count(2)


@both_ways
def test_robin_adds_an_other_id_and_a_license(
    shared_server: Served, tabs: Tabs, scripts: bool
) -> None:
    page = tabs.open(scripts=scripts)
    people.registers_a_practice(page)
    form = people.opens(page, "Edit General Details")
    form.get_by_role("button", name="Add other ID", exact=True).click()
    other_id = form.get_by_role("group", name="Other ID 1", exact=True)
    qualifier = "ZZ Provider Taxonomy"
    people.types(other_id, {"Other ID Number": "133V00000X", "Other ID Qualifier": qualifier})
    form.get_by_role("button", name="Add license", exact=True).click()
    license_ = form.get_by_role("group", name="License 1", exact=True)
    people.types(license_, {"License type": "Registered dietitian", "License number": "007788"})
    people.types(license_, {"License state": "NY"})
    people.saves(form, said="General Details saved")

    section = page.get_by_role("region", name="General Details")
    expect(section).to_contain_text("133V00000X")
    expect(section).to_contain_text("007788")


@both_ways
def test_robin_looks_at_the_tax_id_by_password(
    shared_server: Served, tabs: Tabs, scripts: bool
) -> None:
    page = tabs.open(scripts=scripts)
    people.registers_a_practice(page)
    form = people.opens(page, "Edit General Details")
    people.types(form, {"Individual Tax ID": "212-34-5678", "Kind of tax ID": "SSN"})
    people.saves(form, said="General Details saved")
    expect(page.get_by_role("main")).not_to_contain_text("212-34-5678")

    asked = people.opens(page, "Show Individual Tax ID")
    people.types(asked, {"Password": "not-the-password"})
    asked.get_by_role("button", name="Show", exact=True).click()
    field = asked.get_by_label("Password", exact=True)
    assert "isn't the password" in people.error_beside(field)
    people.types(asked, {"Password": people.PASSWORD})
    asked.get_by_role("button", name="Show", exact=True).click()

    expect(page.get_by_text("212-34-5678", exact=True)).to_be_visible()


@both_ways
def test_of_two_stale_saves_the_second_is_told_and_then_wins(
    shared_server: Served, tabs: Tabs, scripts: bool
) -> None:
    first, second = tabs.open(scripts=scripts), tabs.open(scripts=scripts)
    people.logs_in(second, people.registers_a_practice(first))
    early = people.opens(first, "Edit General Details")
    late = people.opens(second, "Edit General Details")
    people.types(early, {"Credentials": "RDN"})
    people.saves(early, said="General Details saved")

    people.types(late, {"Credentials": "RDN, CDN", "Pronouns": "they/them"})
    with second.expect_response(lambda answer: answer.request.method == "POST") as answered:
        late.get_by_role("button", name="Save", exact=True).click()

    assert answered.value.status == 422
    credentials = late.get_by_label("Credentials", exact=True)
    assert "Someone else saved: RDN" in people.error_beside(credentials)
    expect(credentials).to_have_value("RDN, CDN")
    people.saves(late, said="General Details saved")
    expect(second.get_by_role("region", name="General Details")).to_contain_text("RDN, CDN")


@both_ways
def test_robin_prints_a_test_page_for_a_printer(
    shared_server: Served, tabs: Tabs, scripts: bool
) -> None:
    page = tabs.open(scripts=scripts)
    people.registers_a_practice(page)
    people.goes_to_account_settings(page)
    printer = people.opens(page, "Add printer")
    people.types(printer, {"Printer name": "Front desk", "Move right (mm)": "1.5"})
    people.saves(printer, said="Front desk added")

    words = pdf_text(download(page, "Test page for Front desk"))

    assert "moved 1.5 mm right, 0 mm down" in words
