"""A receipt of a practice in Fremantle, Australia, to be changed a little by each test."""

import datetime as dt
from decimal import Decimal

from msgspec.structs import replace

from letterhead.billing.contents import (
    ClientPicture,
    Contents,
    Referrer,
    ServiceLinePicture,
    TaxPicture,
    VisitPicture,
)
from letterhead.details.letterhead import (
    Address,
    BillingPractice,
    Clinician,
    Letterhead,
    Number,
    PersonName,
    Phone,
    PlaceOfCare,
    TaxId,
)
from tests.claims.samples import changed

THE_3RD, THE_26TH = dt.date(2026, 11, 3), dt.date(2026, 11, 26)
HARBOUR_ROW = Address(
    line1="3 Harbour Row", city="Fremantle", state="WA", postal_code="6160", country="AU"
)
MIA = Clinician(
    id=1,
    name=PersonName(first="Mia", last="Tran"),
    claim_name=PersonName(first="Mia", last="Tran"),
    credentials="APD",
    npi_label="Provider number",
    npi="2429601F",
    contact_email="mia@harbour.example",
    phones=(
        Phone(label="Work", kind="work", number="+61855501234", formatted="(08) 5550 1234",
              print_on_bills=True),
    ),
)  # fmt: skip
HARBOUR = BillingPractice(
    name="Harbour Dietetics",
    address=HARBOUR_ROW,
    time_zone="Australia/Perth",
    currency="AUD",
    numbers=(Number(kind="abn", label="ABN", number="51 824 753 556", is_tax=True),),
    bills_us_payers=False,
)
CONSULTATION = ServiceLinePicture(
    service_on=THE_3RD,
    place_of_service="11",
    code="500",
    description="Initial consultation",
    charge=Decimal("110.00"),
)
GST = TaxPicture(name="gst-10", label="GST", percent=Decimal(10))
RECEIPT = Contents(
    kind="superbill",
    number="R26-0001",
    language="en-GB",
    issued_on=THE_26TH,
    letterhead=Letterhead(
        clinician=MIA,
        practice=HARBOUR,
        location=PlaceOfCare(name="Main office", place_of_service="11", address=HARBOUR_ROW),
    ),
    client=ClientPicture(
        id=1, name=PersonName(first="Kit", last="Doe"), birth_date=dt.date(1984, 2, 9),
        address=Address(line1="7 Elm St", city="Fremantle", state="WA", postal_code="6160",
                        country="AU"),
    ),
    visit=VisitPicture(
        id=1,
        visited_on=THE_3RD,
        lines=(CONSULTATION,),
        amount_paid=Decimal("110.00"),
        paid_on=THE_3RD,
        payment_method="card",
        referrer=Referrer(name=PersonName(first="Ruth", last="Vale"), npi="2429601F"),
        referred_on=dt.date(2026, 10, 20),
    ),
)  # fmt: skip
ELSEWHERE = TaxId(kind="TIN", number="123456789")  # nine digits, as an SSN has
RECEIPT_IN_TWO_LANGUAGES = changed(
    RECEIPT,
    language="fr",
    second_language="en-GB",
    practice__tax_note="GST-free health service (GST Act s 38-10)",
    practice__paper="a4",
    clinician__numbers=(
        Number(kind="ahpra", label="AHPRA registration", number="PSY0001234567"),
        Number(label="Fund number", number="A1", payer=7, of_location=True),
    ),
    visit__lines=(
        replace(CONSULTATION, taxes=(GST,), minutes=50, factor=Decimal("2.30")),
        CONSULTATION,
    ),
)
