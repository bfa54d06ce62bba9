"""South Africa."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from stdnum.za import tin

from letterhead.countries.country import TAX_NUMBER, Asked, Country, Services, Tax, Taxes
from letterhead.countries.numbers import CLINICIAN, NumberKind

_SCHEMES = "Medical Schemes Act 1998, regulation 5"

PRACTICE_NUMBER = NumberKind(
    name="pcns",
    label=_("Practice number"),
    example="0123456",
    source="Board of Healthcare Funders, Practice Code Numbering System",
)
VAT = NumberKind(
    name="vat",
    label=_("VAT number"),
    is_tax=True,
    example="4123456784",
    source="South African Revenue Service",
)
SOUTH_AFRICA = Country(
    code="ZA",
    provider_number=PRACTICE_NUMBER,
    numbers=(
        PRACTICE_NUMBER,  # of the group, too
        NumberKind(
            name="hpcsa",
            label=_("HPCSA registration"),
            of=CLINICIAN,
            example="PS0123456",
            source="Health Professions Council of South Africa",
        ),
        VAT,
    ),
    tax_ids=(
        VAT,
        NumberKind(
            name="tin",
            label=_("Income tax reference"),
            is_tax=True,
            is_private=True,
            shape="[01239][0-9]{9}",
            example="0123456782",
            module=tin,
            source="South African Revenue Service, tax reference number, by python-stdnum",
        ),
        TAX_NUMBER,
    ),
    referrers_number=PRACTICE_NUMBER,
    services=Services(code_help=_("Tariff code of the schemes, if it has one")),
    diagnoses=_("Diagnoses (ICD-10)"),
    taxes=Taxes(
        choices=(Tax(name="vat-15", parts=((_("VAT"), Decimal(15)),)),),
        source="Value-Added Tax Act 89 of 1991, s 7",
    ),
    asked=(
        *(
            Asked(what=what, source=_SCHEMES)
            for what in ("provider number", "license", "diagnosis", "code", "description")
        ),
        Asked(
            what="referrer number", source="Better Practice Management, accounts after a referral"
        ),
    ),
)
