"""A made-up bill with a real letterhead: everything except the letterhead is right. Pure.

With it My Details and Account Settings show what a payer would refuse, and how bills look,
before any visit exists.
"""

import datetime as dt
from decimal import Decimal

from letterhead.billing.contents import (
    ClientPicture,
    Contents,
    PayerPicture,
    PolicyPicture,
    Referrer,
    ServiceLinePicture,
    VisitPicture,
)
from letterhead.countries.table import country_of
from letterhead.details.letterhead import (
    Address,
    BillingPractice,
    Clinician,
    Letterhead,
    PersonName,
)
from letterhead.places.countries import US_STATES, state_letters
from letterhead.practices.preferred import practice_way

_PAYERS_ADDRESS = Address(
    line1="1 Plaza Street", city="Albany", state="NY", postal_code="12207-0001"
)
_MBI = "1EG4-TE5-MK73"  # the one that CMS shows
_PAYER = PayerPicture(id=0, name="Sample Health", kind="group", address=_PAYERS_ADDRESS)
_REFERRER = Referrer(name=PersonName(first="Alex", last="Example"), npi="2000000028")

SAMPLE_CLINICIAN = Clinician(
    id=0,
    name=PersonName(first="Robin", last="Example"),
    claim_name=PersonName(first="Robin", last="Example"),
    npi="2000000010",
)


def sample_contents(
    letterhead: Letterhead,
    *,
    payer: PayerPicture | None = None,
    today: dt.date,
    kind: str = "cms1500",
    number: str = "",
) -> Contents:
    """A bill of today for a letterhead: Jordan Sample's visit, right by every rule.

    Without `payer` it goes to one that asks for nothing unusual.
    """
    location, practice = letterhead.location, letterhead.practice
    is_medicare = payer is not None and payer.kind == "medicare"
    country, is_claim = country_of(practice.address.country), kind == "cms1500"
    at = location.place_of_service if location else "11"
    line = ServiceLinePicture(
        service_on=today,
        place_of_service=at if is_claim or country.services.has_place_of_service else "",
        code="97803" if is_claim or country.services.code_needed else "",
        description="Sample visit",
        pointers="A" if is_claim or country.has_icd_10_cm else "",
        charge=Decimal("130.00"),
        units=Decimal(2),
    )
    return Contents(
        kind=kind,  # type: ignore[arg-type]  # one of these words
        number=number,
        language=_language(practice, is_claim=is_claim),
        issued_on=today,
        letterhead=letterhead,
        client=ClientPicture(
            id=0,
            name=PersonName(first="Jordan", last="Sample"),
            birth_date=dt.date(1990, 1, 31),
            address=_near(practice.address),
        ),
        policy=PolicyPicture(member_id=_MBI if is_medicare else "SAMPLE-001"),
        payer=payer or _PAYER,
        visit=VisitPicture(
            id=0,
            visited_on=today,
            diagnoses=("N18.31",) if is_claim or country.has_icd_10_cm else (),
            lines=(line,),
            amount_paid=Decimal("30.00"),  # less than the charge, so that “Pay to” prints
            paid_on=today,
            payment_method="card",
            referrer=_REFERRER if is_medicare else None,  # whom Medicare wants for this service
            account_number="SAMPLE",
        ),
    )


def _language(practice: BillingPractice, *, is_claim: bool) -> str:
    """The first language of the practice's paper; claims are in the practice's own."""
    own = practice_way(country=practice.address.country, time_zone=practice.time_zone).language
    return own if is_claim else (practice.paper_language or own).partition("+")[0]


def _near(practice: Address) -> Address:
    """An address in the practice's state or country, so that the license for there prints."""
    if not country_of(practice.country).has_us_addresses:
        return Address(line1="1 Sample Street", city=practice.city, country=practice.country)
    state = state_letters(practice.state)
    return Address(
        line1="1 Sample Street",
        city="Sampleton",
        state=state if state in US_STATES else "NY",
        postal_code="10001-0001",
    )
