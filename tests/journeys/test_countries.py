"""Practices of ten countries, from signing up to the receipt's PDF and the public card.

All numbers are synthetic, with right check digits. With LETTERHEAD_TEST_PICTURES=<folder> each
paper is left there as a picture, to be looked at.
"""

import os
import re
import uuid
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import Tabs, download
from tests.journeys import people
from tests.pdf import page_size, pdf_text
from tests.served import Served

A4, LETTER = (595, 842), (612, 792)
Fields = dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Land:
    """A practice somewhere: what is typed there, and what its paper then says.

    `registered` is the clinician's main number, `numbers` are further ones, `ours` the practice's,
    each as (kind, number).
    """

    name: str
    locale: str
    zone: str
    practice: Fields
    registered: tuple[str, str]
    numbers: tuple[tuple[str, str], ...] = ()
    ours: tuple[tuple[str, str], ...] = ()
    client: Fields
    service: Fields
    diagnosis: str = ""
    paper: str = "Receipt"  # on pages
    title: str = ""  # on paper, if it is another
    size: tuple[int, int] = A4
    says: tuple[str, ...] = field(default=())
    card: str = ""  # on the public card


LANDS = (
    Land(
        name="Australia",
        locale="en-AU",
        zone="Australia/Sydney",
        practice={
            **{"Address": "12 Harbour Street", "City": "Sydney", "State": "NSW"},
            **{"Postal code": "2000", "Phone": "(02) 5550 0123"},
        },
        registered=("Provider number", "2429601F"),
        numbers=(("AHPRA registration", "PSY0001234567"),),
        ours=(("ABN", "18 123 456 789"),),
        client={"Address": "3 Wattle Road", "City": "Dubbo", "State": "NSW", "Postal code": "2830"},
        service={"Item": "80110", "Charge": "$1,220.50", "Description": "Psychology session"},
        says=(
            *("12 Harbour Street", "Provider number 2429601F", "AHPRA registration PSY0001234567"),
            *("ABN 18 123 456 789", "80110", "$1,220.50", "Dubbo"),
        ),
    ),
    Land(
        name="United Kingdom",
        locale="en-GB",
        zone="Europe/London",
        practice={
            **{"Address": "4 Mill Lane", "City": "Leeds", "Postal code": "ls14ap"},
            **{"Phone": "020 7946 0123"},
        },
        registered=("HCPC registration", "DT012345"),
        numbers=(("Membership number", "00123456"),),
        ours=(("VAT number", "GB 123 4567 27"), ("Company number", "01234567")),
        client={"Address": "9 Castle Row", "City": "York", "Postal code": "YO1 7HH"},
        service={"Charge": "£90", "Description": "Dietary advice"},
        says=(
            *("LS1 4AP", "HCPC registration DT012345", "Membership number 00123456"),
            *("VAT number GB 123 4567 27", "Company number 01234567", "£90.00"),
        ),
    ),
    Land(
        name="Ireland",
        locale="en-IE",
        zone="Europe/Dublin",
        practice={
            **{"Address": "1 Quay Street", "City": "Galway", "County": "Co. Galway"},
            **{"Eircode": "H91 E2K3", "Phone": "091 555 123"},
        },
        registered=("CORU registration", "DI012345"),
        ours=(("VAT number", "IE1234567T"),),
        client={"Address": "3 Harbour Row", "City": "Cobh", "County": "Co. Cork"},
        service={"Charge": "€1,070.00", "Description": "First consultation"},
        says=("CORU registration DI012345", "VAT number IE1234567T", "€1,070.00", "Cobh"),
    ),
    Land(
        name="Canada",
        locale="en-CA",
        zone="America/Toronto",
        practice={
            **{"Address": "12 rue des Érables", "City": "Laval", "Province": "QC"},
            **{"Postal code": "h7a0a1", "Phone": "514 555-0123", "Language of paper": "Français"},
        },
        registered=("Registration or permit number", "01234-26"),
        ours=(("GST/HST number", "123456782RT0001"), ("QST number", "1234567890TQ0001")),
        client={
            **{"Address": "8 avenue du Parc", "City": "Québec", "Province": "QC"},
            **{"Postal code": "G1R 4P5"},
        },
        service={"Charge": "120,00 $", "Description": "Consultation", "Minutes": "50"},
        title="Reçu",
        size=LETTER,
        says=(
            *("H7A 0A1", "N° de permis ou d’inscription 01234-26", "Minutes"),
            *("N° de TPS/TVH 123456782 RT0001", "N° de TVQ 1234567890 TQ0001"),
            *("Consultation 50 120,00 $", "Payé en totalité, par carte"),
        ),
    ),
    Land(
        name="New Zealand",
        locale="en-NZ",
        zone="Pacific/Auckland",
        practice={
            **{"Address": "5 Kauri Street", "City": "Wellington", "Postal code": "6011"},
            **{"Phone": "04 555 0123"},
        },
        registered=("Registration number", "90-01234"),
        numbers=(("HPI CPN", "99zzzz"),),
        ours=(("GST number", "123-456-785"), ("NZBN", "9429123456784")),
        client={"Address": "2 Rata Road", "City": "Nelson", "Postal code": "7010"},
        service={"Charge": "$1,150", "Description": "Counselling"},
        says=(
            *("Registration number 90-01234", "HPI CPN 99ZZZZ", "GST number 123-456-785"),
            *("NZBN 9429 1234 5678 4", "$1,150.00"),
        ),
    ),
    Land(
        name="Norway",
        locale="nb-NO",
        zone="Europe/Oslo",
        practice={
            **{"Address": "Storgata 12", "City": "Tromsø", "Postal code": "N-9008"},
            **{"Phone": "77 60 01 11"},
        },
        registered=("HPR-nummer", "1234567"),
        ours=(("Org.nr.", "987654325"),),
        client={"Address": "Grønnegata 3", "City": "Tromsø", "Postal code": "9007"},
        service={"Code": "KEF 1", "Charge": "kr 1 250,50", "Description": "Veiledning"},
        says=("9008 Tromsø", "HPR-nummer 1234567", "Org.nr. 987 654 325", "kr 1 250,50", "KEF 1"),
    ),
    Land(
        name="Germany",
        locale="de-DE",
        zone="Europe/Berlin",
        practice={
            **{"Address": "Lindenstraße 7", "City": "Köln", "Postal code": "50667"},
            **{"Phone": "0221 5550123"},
        },
        registered=("LANR", "123456668"),
        ours=(("Steuernummer", "12/345/67890"), ("USt-IdNr.", "de 123456788")),
        client={"Address": "Am Markt 2", "City": "Bonn", "Postal code": "53111"},
        service={
            **{"Fee number": "870", "Charge": "100,55 €", "Description": "Verhaltenstherapie"},
            **{"Factor": "2,3", "Minutes": "50"},
        },
        diagnosis="F32.1",
        paper="Invoice",
        title="Rechnung",
        says=(
            *("50667 Köln", "LANR 123456668", "Steuernummer 12/345/67890", "870"),
            *("USt-IdNr. DE123456788", "100,55 €", "Umsatzsteuerfrei nach § 4 Nr. 14"),
        ),
    ),
    Land(
        name="Mexico",
        locale="es-MX",
        zone="America/Mexico_City",
        practice={
            **{"Address": "Av. Juárez 10", "City": "Ciudad de México", "Postal code": "06050"},
            **{"Phone": "55 5555 0123"},
        },
        registered=("Cédula profesional", "12345678"),
        ours=(("RFC", "goma800101ab6"),),
        client={"Address": "Calle 5 20", "City": "Puebla", "Postal code": "72000"},
        service={"Charge": "$1,250.00", "Description": "Consulta de nutrición"},
        size=LETTER,
        says=("Cédula profesional 12345678", "RFC GOMA 800101 AB6", "$1,250.00", "06050"),
    ),
    Land(
        name="India",
        locale="en-IN",
        zone="Asia/Kolkata",
        practice={
            **{"Address": "14 Lake Road", "City": "Pune", "State": "Maharashtra"},
            **{"PIN code": "411001", "Phone": "020 5550 1234"},
        },
        registered=("Registration number", "A12345"),
        ours=(("GSTIN", "27ABCPK1234L1ZS"),),
        client={
            **{"Address": "7 Hill View", "City": "Nashik", "State": "Maharashtra"},
            **{"PIN code": "422001"},
        },
        service={"Charge": "₹1,25,000", "Description": "Therapy, ten sessions"},
        says=("Registration number A12345", "GSTIN 27ABCPK1234L1ZS", "₹1,25,000.00"),
    ),
    Land(
        name="Kenya",
        locale="en-KE",
        zone="Africa/Nairobi",
        practice={"Address": "8 Ngong Road", "City": "Nairobi", "Phone": "020 5550123"},
        registered=("Provider number", "PC/0457"),
        client={"Address": "PO Box 77", "City": "Kisumu"},
        service={"Code": "NHIF 500", "Charge": "4,500", "Description": "Counselling"},
        says=("Provider number PC/0457", "4,500.00", "NHIF 500"),
    ),
)


@pytest.mark.parametrize("land", LANDS, ids=lambda land: land.name)
def test_from_signing_up_to_the_receipt(module_server: Served, tabs: Tabs, land: Land) -> None:
    page = tabs.open(locale=land.locale, time_zone=land.zone)
    robin_registers(page, land)
    robin_enters_the_practice(page, land)
    robin_enters_numbers(page, land)
    robin_adds_a_client_and_a_visit(page, land)

    paper = robin_issues(page, land)

    kept_as_picture(paper, land)
    assert page_size(paper) == pytest.approx(land.size, abs=1)
    text = " ".join(pdf_text(paper).split())
    for words in (land.title or land.paper, "Lakeside Nutrition", "Robin Vale", *land.says):
        assert words in text, f"{words}: {text}"
    assert land.name not in text  # at home, no country is named
    for words in ("NPI", "Superbill", "CPT", "ICD-10-CM", "SSN", "EIN"):
        assert not re.search(rf"\b{words}\b", text)
    robins_card_is_shown(page, land)


def robin_registers(page: Page, land: Land) -> None:
    """The page knows where Robin is: country and time zone are chosen already."""
    page.goto("/signup/")
    form = page.get_by_role("main")
    expect(form.get_by_label("Country", exact=True).locator("option:checked")).to_have_text(
        land.name
    )
    expect(form.get_by_label("Time zone", exact=True)).to_have_value(land.zone)
    login = f"robin-{uuid.uuid4().hex[:8]}@lakeside.example"
    people.types(form, {"Practice name": "Lakeside Nutrition", "First name": "Robin"})
    people.types(form, {"Last name": "Vale", "Login email": login, "Password": people.PASSWORD})
    page.get_by_role("button", name="Register", exact=True).click()
    page.wait_for_url("**/my-details/")


def robin_enters_the_practice(page: Page, land: Land) -> None:
    people.goes_to_account_settings(page)
    practice = people.opens(page, "Edit Practice Details")
    people.types(practice, land.practice)
    people.saves(practice, said="Practice Details saved")
    if land.ours:
        billing = people.opens(page, "Edit Billing Details")
        types_numbers(billing, land.ours)
        people.saves(billing, said="Billing Details saved")


def robin_enters_numbers(page: Page, land: Land) -> None:
    page.goto("/my-details/")
    mine = people.opens(page, "Edit General Details")
    people.types(mine, dict([land.registered]))
    types_numbers(mine, land.numbers)
    people.saves(mine, said="General Details saved")


def types_numbers(form: Locator, numbers: tuple[tuple[str, str], ...]) -> None:
    """Add a row for each number and fill it in."""
    for row, (kind, number) in enumerate(numbers, 1):
        group = form.get_by_role("group", name=f"Number {row}", exact=True)
        if not group.count():
            form.get_by_role("button", name="Add number", exact=True).click()
        people.types(group, {"Kind of number": kind, "Number": number})


def robin_adds_a_client_and_a_visit(page: Page, land: Land) -> None:
    people.goes_to_clients(page)
    client = people.opens(page, "Add client")
    people.types(client, {"First name": "Ida", "Last name": "Marsh", "Birth date": "1980-02-03"})
    people.types(client, land.client)
    people.saves(client, said="added")
    visit = people.opens(page, "Add visit")
    if land.diagnosis:
        people.types(visit, {"Diagnosis A": land.diagnosis})
    people.types(visit.get_by_role("group", name="Service 1", exact=True), land.service)
    people.types(visit, {"Amount paid": land.service["Charge"], "Payment method": "Card"})
    people.saves(visit, said="Visit added")


def robin_issues(page: Page, land: Land) -> bytes:
    """Issue the paper for the visit under the country's own name."""
    visits = page.get_by_role("list", name="Visits")
    expect(visits.get_by_role("button", name="New CMS-1500", exact=True)).to_have_count(0)
    visits.get_by_role("button", name=f"New {land.paper.lower()}", exact=True).click()
    people.sees_heading(page, f"Draft {land.paper}")
    page.get_by_role("button", name="Issue", exact=True).click()
    expect(page.get_by_role("heading", name="Files")).to_be_visible()
    return download(page, f"{land.paper} PDF")


def robins_card_is_shown(page: Page, land: Land) -> None:
    """Robin publishes the card; everyone can open it."""
    page.goto("/my-details/")
    page.get_by_role("link", name="Publish my card", exact=True).click()
    page.get_by_role("button", name="Publish my card", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="published")).to_be_visible()
    page.get_by_role("link", name="Your public card", exact=True).click()
    people.sees_heading(page, "Robin Vale")
    expect(page.get_by_role("main")).to_contain_text("Lakeside Nutrition")


def kept_as_picture(paper: bytes, land: Land) -> None:
    """Leave the first page as a picture, if a folder is named."""
    folder = os.environ.get("LETTERHEAD_TEST_PICTURES")
    if folder:
        document = pypdfium2.PdfDocument(paper)
        document[0].render(scale=1.5).to_pil().save(Path(folder) / f"{land.name}.png")
        document.close()
