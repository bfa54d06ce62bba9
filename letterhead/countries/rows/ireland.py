"""Ireland."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from stdnum.ie import pps, vat

from letterhead.countries.country import TAX_NUMBER, Asked, Country, Tax, Taxes
from letterhead.countries.numbers import (
    CLINICIAN,
    INSURERS_NUMBER,
    MEMBERSHIP,
    PRACTICE,
    NumberKind,
)

VAT = NumberKind(
    name="vat",
    label=_("VAT number"),
    is_tax=True,
    shape="IE[0-9A-Z+*]{8,9}",
    prefix="IE",
    example="IE1234567T",
    module=vat,
    source="Revenue, VAT numbers, by python-stdnum",
)
IRELAND = Country(
    code="IE",
    provider_number=NumberKind(
        name="coru",
        label=_("CORU registration"),
        of=CLINICIAN,
        example="DI012345",
        source="CORU, which gives no shape",
    ),
    numbers=(
        MEMBERSHIP,
        INSURERS_NUMBER,
        VAT,
        NumberKind(
            name="cro",
            label=_("Company number"),
            of=PRACTICE,
            example="123456",
            source="Companies Registration Office",
        ),
    ),
    tax_ids=(
        VAT,
        NumberKind(
            name="pps",
            label=_("PPS number"),
            of=CLINICIAN,
            is_tax=True,
            is_private=True,
            shape="[0-9]{7}[A-W][ABHWTX]?",
            example="1234567FA",
            module=pps,
            source="Department of Social Protection, PPS number, by python-stdnum",
        ),
        TAX_NUMBER,
    ),
    taxes=Taxes(
        choices=(
            Tax(name="vat-23", parts=((_("VAT"), Decimal(23)),)),
            Tax(name="vat-13.5", parts=((_("VAT"), Decimal("13.5")),)),
        ),
        source="Value-Added Tax Consolidation Act 2010, s 46",
    ),
    asked=(
        Asked(what="description", source="Vhi, receipts for day-to-day expenses"),
        Asked(what="license", source="Vhi, details of the practitioner"),
    ),
)
