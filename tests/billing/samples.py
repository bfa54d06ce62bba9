"""One complete superbill of Riverside Nutrition, to be changed a little by each test."""

import datetime as dt
import io
from decimal import Decimal

from PIL import Image

from letterhead.billing.contents import Referrer, ServiceLinePicture
from letterhead.details.letterhead import Address, License, PersonName, Phone, TaxId
from tests.claims.samples import CLAIM, changed

NUTRITION = ServiceLinePicture(
    service_on=dt.date(2026, 11, 3),
    place_of_service="11",
    code="97802",
    modifiers=("95", "GT"),
    description="Nutrition assessment, first visit",
    pointers="AB",
    charge=Decimal("1150.00"),
    units=Decimal(4),
)
SUPERBILL = changed(
    CLAIM,
    kind="superbill",
    number="SB-2026-0001",
    letterhead__clinician__contact_email="dana.rivera@riverside.example",
    letterhead__clinician__tax_id=TaxId(kind="SSN", number="219099998"),
    letterhead__clinician__licenses=(
        License(type="Dietitian", state="NJ", number="NJ-11", expires=dt.date(2030, 1, 1)),
        License(type="Dietitian", state="NY", number="007512", expires=dt.date(2027, 1, 31)),
    ),
    letterhead__clinician__phones=(
        Phone(label="Work", number="+12125550142", formatted="(212) 555-0142", print_on_bills=True),
        Phone(label="Home", number="+12125550177", formatted="(212) 555-0177"),
    ),
    letterhead__practice__remit_to=Address(
        line1="PO Box 12", city="Albany", state="NY", postal_code="12207"
    ),
    visit__lines=(NUTRITION,),
    visit__amount_paid=Decimal("1150.00"),
    visit__referrer=Referrer(
        name=PersonName(first="Ruth", last="Castellano"), credentials="MD", npi="2000000044"
    ),
)


def logo() -> bytes:
    """A picture to stand for a practice's logo."""
    file = io.BytesIO()
    Image.new("RGB", (200, 100), "#0f6a5b").save(file, "PNG")
    return file.getvalue()
