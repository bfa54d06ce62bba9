"""Receipts of a country that between them have everything that paper can say, and their texts."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from gettext import NullTranslations

from django.utils.translation import trans_real
from msgspec import UNSET
from msgspec.structs import replace

from letterhead.billing.contents import (
    Contents,
    InsuredPicture,
    PayerPicture,
    PolicyPicture,
    TaxPicture,
)
from letterhead.billing.superbill.words import all_words, words
from letterhead.countries.country import Country
from letterhead.details.letterhead import (
    Address,
    License,
    Number,
    OtherIdNumber,
    PaperSignature,
    PersonName,
    Phone,
    TaxId,
)
from letterhead.details.models import PhoneNumber
from tests.billing.receipts import CONSULTATION, RECEIPT
from tests.claims.samples import changed

RECORDED = "xr"
_QUALIFIERS = ("0B", "1G", "G2", "LU", "ZZ")
INSURED = InsuredPicture(name=PersonName(last="Doe"), birth_date=dt.date(1980, 1, 2))


class Recorded(NullTranslations):
    """A language that leaves every text as it is and remembers those that were asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: set[str] = set()

    def gettext(self, message: str) -> str:
        """Remember a text."""
        self.texts.add(message)
        return message

    def to_language(self) -> str:
        """Return its name, as Django's own translations do."""
        return RECORDED


def texts_of(country: Country) -> set[str]:
    """The texts that the receipts of a country put through gettext, drafts and both languages."""
    recorded = Recorded()
    known: dict[str, object] = trans_real._translations  # type: ignore[attr-defined]
    known[RECORDED] = recorded
    try:
        for receipt in receipts_of(country):
            words(replace(receipt, language=RECORDED))
            all_words(replace(receipt, language="en-GB", second_language=RECORDED))
    finally:
        del known[RECORDED]
    return recorded.texts


def receipts_of(country: Country) -> Iterator[Contents]:
    """Receipts of a practice there, alike but for what can't be on one paper."""
    whole = _whole(country)
    yield whole
    new_year = dt.date(2026, 1, 1)
    yield changed(whole, number="", visit__amount_paid=Decimal(5), visit__paid_on=new_year)
    yield changed(whole, clinician__paper_signature=PaperSignature())
    for kind in country.tax_ids:
        tax_id = TaxId(kind=kind.name, number="123456789")
        yield changed(whole, practice__tax_id=tax_id)
    for paid, method in [("5000", "cash"), ("9", "check"), ("9", "transfer"), ("1", "other")]:
        for day in (new_year, UNSET):
            payment = {"visit__payment_method": method, "visit__paid_on": day}
            yield changed(whole, visit__amount_paid=Decimal(paid), **payment)
    yield changed(whole, visit__amount_paid=Decimal(5000), visit__payment_method=UNSET)
    for qualifier, relation in (("DK", "spouse"), ("DQ", "child"), ("DN", "other")):
        yield changed(whole, visit__referrer__qualifier=qualifier, policy__relationship=relation)
    for place in ("02", "12"):
        lines = tuple(replace(line, place_of_service=place) for line in whole.visit.lines)
        yield changed(whole, visit__lines=lines)
    us = changed(whole, practice__bills_us_payers=True)
    yield us
    yield changed(us, practice__npi_type="individual", practice__holder_npi="2000000051")


def _whole(country: Country) -> Contents:
    here = Address(line1="1 Main Street", city="Town", country=country.code)
    return changed(
        RECEIPT,
        practice__address=here,
        practice__currency=country.currency,
        practice__numbers=_numbers(country),
        practice__remit_to=here,
        practice__group_npi="2000000028",
        practice__taxonomy="133V00000X",
        clinician__numbers=_numbers(country),
        clinician__npi_label="",
        clinician__licenses=(License(number="L1"),),
        clinician__other_ids=tuple(
            OtherIdNumber(qualifier=each, number=f"O{each}") for each in _QUALIFIERS
        ),
        clinician__phones=tuple(
            Phone(label=str(label), kind=kind, number="+1", formatted="555", print_on_bills=True)
            for kind, label in PhoneNumber.Kind.choices
        ),
        clinician__paper_signature=PaperSignature(kind="drawn", sha256="0f" * 32),
        location__npi="2000000036",
        policy=PolicyPicture(
            member_id="M1", group_number="G1", plan_name="P1", insured=INSURED
        ),
        payer=PayerPicture(id=1, name="Payer"),
        visit__diagnoses=("F32.1",),
        visit__prior_authorization="A1",
        visit__lines=tuple(
            replace(
                CONSULTATION, modifiers=("95",), pointers="A", units=Decimal(2), minutes=50,
                factor=Decimal("2.3"),
                taxes=tuple(
                    TaxPicture(name=tax.name, label=str(label), percent=percent)
                    for label, percent in tax.parts
                ),
            )
            for tax in country.taxes.choices
        ) or (CONSULTATION,),
    )  # fmt: skip


def _numbers(country: Country) -> tuple[Number, ...]:
    return tuple(
        Number(kind=kind.name, label=str(kind.label), number=f"N{n}", is_tax=kind.is_tax)
        for n, kind in enumerate(country.numbers)
    )
