"""Clients and practices outside the United States: from the form to the issued PDF."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import Tabs, download, sign_in
from tests.claims.reading import values_of
from tests.journeys import people
from tests.journeys.test_a_new_practice import both_ways
from tests.pdf import page_size, pdf_text
from tests.served import Served


def chooses_country(form: Locator, label: str, country: str, scripts: bool) -> None:
    """Choose a country; without scripts its fields come with a button."""
    form.get_by_label(label, exact=True).select_option(label=country)
    if not scripts:
        form.get_by_role("button", name="Use this country’s fields").click()


def issues(page: Page, button: str) -> None:
    """Issue a bill for the latest visit."""
    page.get_by_role("list", name="Visits").get_by_role("button", name=button).first.click()
    page.get_by_role("button", name="Issue", exact=True).click()
    expect(page.get_by_role("heading", name="Files")).to_be_visible()


@both_ways
def test_a_client_in_ireland_is_billed_on_a_cms_1500(
    server: Served, tabs: Tabs, scripts: bool
) -> None:
    page = sign_in(tabs.open(scripts=scripts), "dana@riverside.example")
    dana_adds_rory_ryan_of_cobh(page, scripts)
    policy = people.opens(page, "Add policy")
    expect(policy.get_by_label("Country of the insured", exact=True)).to_have_value("IE")
    people.types(policy, {"Payer": "Acme Health", "Member ID": "IE1001"})
    people.saves(policy, said="Policy added")
    visit = people.opens(page, "Add visit")
    service = visit.get_by_role("group", name="Service 1", exact=True)
    people.types(visit, {"Diagnosis A": "E11.9", "Policy": "Acme Health IE1001"})
    people.types(service, {"Code": "97802", "Charge": "120", "Diagnosis pointers": "A"})
    people.saves(visit, said="Visit added")

    page.get_by_role("list", name="Visits").get_by_role("button", name="New CMS-1500").click()
    expect(page.get_by_role("main")).to_contain_text(
        "The form has no room for the country, Ireland."
    )
    page.get_by_role("button", name="Issue", exact=True).click()
    expect(page.get_by_role("heading", name="Files")).to_be_visible()

    for link in ("CMS-1500 PDF", "CMS-1500 for pre-printed forms"):
        (printed,) = values_of(download(page, link))
        of_item_5 = {field: text for (item, field), text in printed.items() if item == "5"}
        assert of_item_5 == {"patient street": "3 HARBOUR ROW", "patient city": "COBH"}


def dana_adds_rory_ryan_of_cobh(page: Page, scripts: bool) -> None:
    """Ireland asks for County and Eircode; neither is typed, and what was typed stays."""
    people.goes_to_clients(page)
    client = people.opens(page, "Add client")
    people.types(client, {"First name": "Rory", "Last name": "Ryan", "Address": "3 Harbour Row"})
    chooses_country(client, "Country", "Ireland", scripts)
    expect(client.get_by_label("Eircode", exact=True)).to_be_visible()
    expect(client.get_by_label("County", exact=True)).to_be_visible()
    expect(client.get_by_label("ZIP code", exact=True)).to_have_count(0)
    expect(client.get_by_label("Address", exact=True)).to_have_value("3 Harbour Row")
    expect(client.get_by_label("Last name", exact=True)).to_have_value("Ryan")
    people.types(client, {"City": "Cobh", "Birth date": "1980-02-03", "Sex": "Male"})
    people.types(client, {"Clinician": "Dana Rivera"})
    people.saves(client, said="Rory Ryan added")
    expect(page.get_by_text("3 Harbour Row")).to_contain_text("Cobh")


@both_ways
def test_a_norwegian_practice_issues_a_receipt(
    module_server: Served, tabs: Tabs, scripts: bool
) -> None:
    page = tabs.open(scripts=scripts)
    people.registers_a_practice(page, country="Norway")
    robin_enters_practice_and_number(page)
    robin_adds_a_client_in_tromso(page)
    visit = people.opens(page, "Add visit")
    service = visit.get_by_role("group", name="Service 1", exact=True)
    people.types(service, {"Code": "KEF 1", "Charge": "kr 1 250,50", "Description": "Veiledning"})
    people.saves(visit, said="Visit added")

    issues(page, "New receipt")

    paper = download(page, "Receipt PDF")
    assert page_size(paper) == pytest.approx((595, 842), abs=1)
    text = pdf_text(paper)
    for line in ("Storgata 12", "9008 Tromsø", "77 60 01 11", "Grønnegata 3", "9007 Tromsø"):
        assert line in text.splitlines(), text
    assert "HPR 0000123" in text
    assert re.search(r"kr\s1\s250,50", text)
    assert "Norway" not in text


def robin_enters_practice_and_number(page: Page) -> None:
    """Norway asks for no state; the HPR number stays as it is typed."""
    people.goes_to_account_settings(page)
    practice = people.opens(page, "Edit Practice Details")
    expect(practice.get_by_label("Country", exact=True)).to_have_value("NO")
    expect(practice.get_by_label("State", exact=True)).to_have_count(0)
    people.types(practice, {"Address": "Storgata 12", "City": "Tromsø", "Postal code": "N-9008"})
    people.types(practice, {"Phone": "77 60 01 11"})
    people.saves(practice, said="Practice Details saved")
    expect(page.get_by_role("main")).to_contain_text("9008 Tromsø")
    page.goto("/my-details/")
    mine = people.opens(page, "Edit General Details")
    people.types(mine, {"Name": "HPR", "HPR-nummer": "0000123"})
    people.saves(mine, said="General Details saved")


def robin_adds_a_client_in_tromso(page: Page) -> None:
    people.goes_to_clients(page)
    client = people.opens(page, "Add client")
    people.types(client, {"First name": "Kåre", "Last name": "Ødegård", "Address": "Grønnegata 3"})
    people.types(client, {"City": "Tromsø", "Postal code": "9007", "Birth date": "1980-02-03"})
    people.saves(client, said="added")
    people.sees_heading(page, "Kåre Ødegård")


@both_ways
def test_a_country_chosen_by_mistake_takes_nothing_with_it(
    module_server: Served, tabs: Tabs, scripts: bool
) -> None:
    page = tabs.open(scripts=scripts)
    people.registers_a_practice(page)
    people.goes_to_account_settings(page)
    practice = people.opens(page, "Edit Practice Details")
    people.types(practice, {"Address": "3 Shore Road", "City": "Albany", "State": "NY"})
    people.types(practice, {"ZIP code": "12207-1000"})

    chooses_country(practice, "Country", "Hong Kong", scripts)
    expect(practice.get_by_label("Area", exact=True)).to_have_value("NY")
    expect(practice.get_by_label("Postal code", exact=True)).to_have_value("12207-1000")
    chooses_country(practice, "Country", "United States", scripts)

    expect(practice.get_by_label("State", exact=True)).to_have_value("NY")
    expect(practice.get_by_label("City", exact=True)).to_have_value("Albany")
    people.saves(practice, said="Practice Details saved")


@both_ways
def test_a_state_can_be_typed_where_there_was_none(
    module_server: Served, tabs: Tabs, scripts: bool
) -> None:
    page = tabs.open(scripts=scripts)
    people.registers_a_practice(page, country="Norway")
    people.goes_to_account_settings(page)
    location = people.opens(page, "Edit Location")
    expect(location.get_by_label("State", exact=True)).to_have_count(0)

    chooses_country(location, "Country", "Canada", scripts)
    people.types(location, {"City": "Laval", "Province": "Québec", "Postal code": "h7a0a1"})
    people.saves(location, said="Location saved")

    expect(page.get_by_role("main")).to_contain_text("Laval QC H7A 0A1")


@both_ways
def test_numbers_of_a_location_and_a_practice_that_moves(
    module_server: Served, tabs: Tabs, scripts: bool
) -> None:
    page = tabs.open(scripts=scripts)
    people.registers_a_practice(page, country="Australia")
    page.goto("/my-details/")
    mine = people.opens(page, "Edit General Details")
    mine.get_by_role("button", name="Add number", exact=True).click()
    number = mine.get_by_role("group", name="Number 1", exact=True)
    people.types(number, {"Kind of number": "ABN", "Number": "18 123 456 788"})
    mine.get_by_role("button", name="Save", exact=True).click()
    expect(number.get_by_label("Number", exact=True)).to_have_attribute("aria-invalid", "true")
    people.types(number, {"Number": "18 123 456 789", "Location": "Office"})
    people.saves(mine, said="General Details saved")
    expect(page.get_by_role("main")).to_contain_text("18 123 456 789")

    people.goes_to_account_settings(page)
    practice = people.opens(page, "Edit Practice Details")
    people.types(practice, {"Profession": "Dietitian"})
    chooses_country(practice, "Country", "Germany", scripts)
    practice.get_by_role("button", name="Save", exact=True).click()
    people.sees_heading(page, "What changes with the country")
    follows = page.get_by_role("main")
    expect(follows.get_by_label("Change the currency to EUR, Euro", exact=True)).to_be_checked()
    follows.get_by_label("Change the locations in Australia to Germany", exact=True).uncheck()
    people.saves(follows, said="Changed with the country")

    for shown in ("EUR, Euro", "Dietitian"):
        expect(page.get_by_role("main")).to_contain_text(shown)
