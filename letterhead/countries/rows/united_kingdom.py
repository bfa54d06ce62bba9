"""The United Kingdom."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from stdnum.gb import utr, vat

from letterhead.countries.country import TAX_NUMBER, Asked, Country, Services, Tax, Taxes
from letterhead.countries.numbers import (
    CLINICIAN,
    INSURERS_NUMBER,
    MEMBERSHIP,
    PRACTICE,
    NumberKind,
)

_AXA = "AXA Health, invoices that are sent to it"

VAT = NumberKind(
    name="vat",
    label=_("VAT number"),
    is_tax=True,
    shape="(GB|XI)([0-9]{9}|[0-9]{12}|GD[0-9]{3}|HA[0-9]{3})",
    prefix="GB",
    example="GB 123 4567 27",
    module=vat,
    show=lambda number: f"{number[:2]} {vat.format(number)}",  # it drops the letters
    source="HMRC, VAT registration numbers, by python-stdnum",
)
UNITED_KINGDOM = Country(
    code="GB",
    provider_number=NumberKind(
        name="hcpc",
        label=_("HCPC registration"),
        of=CLINICIAN,
        shape="[A-Z]{2,3}[0-9]{1,6}",
        example="DT012345",
        source="HCPC, check the register: letters of the profession and up to 6 digits",
    ),
    numbers=(
        MEMBERSHIP,
        INSURERS_NUMBER,
        VAT,
        NumberKind(
            name="company",
            label=_("Company number"),
            of=PRACTICE,
            example="01234567",
            source="Companies House, company numbers",
        ),
    ),
    tax_ids=(
        VAT,
        NumberKind(
            name="utr",
            label="UTR",
            is_tax=True,
            is_private=True,
            shape="[0-9]{10}K?",
            example="1123456789",
            check=lambda number: utr.is_valid(number.removesuffix("K")),  # HMRC prints a K
            source="HMRC, Unique Taxpayer Reference, by python-stdnum",
        ),
        NumberKind(
            name="nino",
            label=_("National Insurance number"),
            of=CLINICIAN,
            is_tax=True,
            is_private=True,
            source="HMRC, National Insurance number",
        ),
        TAX_NUMBER,
    ),
    services=Services(code_help=_("CCSD code, if an insurer asks for it")),
    taxes=Taxes(
        choices=(Tax(name="vat-20", parts=((_("VAT"), Decimal(20)),)),),
        source="Value Added Tax Act 1994, s 2",
    ),
    asked=tuple(
        Asked(what=what, source=_AXA)
        for what in (
            *("provider number", "birth date", "client address", "diagnosis", "code"),
            "description",
        )
    ),
)
