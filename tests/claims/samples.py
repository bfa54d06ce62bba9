"""One complete claim of Riverside Nutrition, to be changed a little by each test. No database."""

import datetime as dt
from decimal import Decimal
from typing import Any

import msgspec

from letterhead.billing.contents import (
    ClientPicture,
    Contents,
    PayerPicture,
    PolicyPicture,
    ServiceLinePicture,
    VisitPicture,
)
from letterhead.details.letterhead import (
    Address,
    BillingPractice,
    Clinician,
    Letterhead,
    OtherIdNumber,
    PersonName,
    Phone,
    PlaceOfCare,
    TaxId,
)


def npi_of(seed: int) -> str:
    """Give an NPI that is valid in form and can never be a person's: its first digit is 2."""
    nine = f"2{seed:08d}"
    doubled = sum(sum(divmod(int(digit) * 2, 10)) for digit in nine[::-2])
    total = 24 + doubled + sum(int(digit) for digit in nine[-2::-2])
    return nine + str(-total % 10)


DANAS_NPI, GROUP_NPI, LOCATION_NPI, REFERRERS_NPI = map(npi_of, (1, 2, 3, 4))
WATER_STREET = Address(
    line1="48 Water Street", line2="Suite 2", city="New York", state="NY", postal_code="10004-1234"
)
DANA = Clinician(
    id=1,
    title="Dr",
    name=PersonName(first="Dana", middle="Maria", last="Rivera"),
    claim_name=PersonName(first="Dana", middle="Maria", last="Rivera"),
    credentials="RDN, PhD",
    npi=DANAS_NPI,
    other_ids=(
        OtherIdNumber(qualifier="0B", number="RD-004812", is_default=True),
        OtherIdNumber(qualifier="G2", number="H99120", payer=7),
    ),
)
RIVERSIDE = BillingPractice(
    name="Riverside Nutrition",
    address=WATER_STREET,
    phone=Phone(label="Work", number="+12125550140", formatted="(212) 555-0140"),
    group_npi=GROUP_NPI,
    tax_id=TaxId(kind="EIN", number="123456789"),
    taxonomy="133V00000X",
)
A_LINE = ServiceLinePicture(
    service_on=dt.date(2026, 11, 3),
    place_of_service="11",
    code="97802",
    pointers="A",
    charge=Decimal("150.00"),
    units=Decimal(4),
)
CLAIM = Contents(
    kind="cms1500",
    issued_on=dt.date(2026, 11, 26),
    letterhead=Letterhead(
        clinician=DANA,
        practice=RIVERSIDE,
        location=PlaceOfCare(name="Main office", place_of_service="11", address=WATER_STREET),
    ),
    client=ClientPicture(
        id=1,
        name=PersonName(first="Ana", middle="Lucía", last="Núñez"),
        birth_date=dt.date(1984, 2, 9),
        sex="F",
        address=Address(line1="7 Elm St.", city="Yonkers", state="NY", postal_code="10701-0001"),
        phone="+19145550122",
    ),
    policy=PolicyPicture(member_id="W123456789", group_number="GRP-77", plan_name="Silver"),
    payer=PayerPicture(
        id=5,
        name="Hudson Health",
        kind="group",
        address=Address(line1="1 Plaza", city="Albany", state="NY", postal_code="12207-0001"),
    ),
    visit=VisitPicture(
        id=1,
        visited_on=dt.date(2026, 11, 3),
        diagnoses=("E11.9", "Z71.3"),
        lines=(A_LINE,),
        account_number="RV-000123",
    ),
)


def changed(contents: Contents, **changes: Any) -> Contents:
    """Give a claim with some values replaced: `practice__name` is letterhead.practice.name."""
    for path, value in changes.items():
        steps = path.split("__")
        if steps[0] in {"clinician", "practice", "location"}:
            steps.insert(0, "letterhead")
        contents = _replaced(contents, steps, value)
    return contents


def _replaced(struct: Any, steps: list[str], value: Any) -> Any:
    first, *rest = steps
    if rest:
        value = _replaced(getattr(struct, first), rest, value)
    return msgspec.structs.replace(struct, **{first: value})
