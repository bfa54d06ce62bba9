"""India."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from stdnum.in_ import gstin, pan

from letterhead.countries.country import TAX_NUMBER, Asked, Country, Tax, Taxes
from letterhead.countries.numbers import CLINICIAN, NumberKind

_CLAIMS = "New India Assurance and Medi Assist, checklists for claims"

GSTIN = NumberKind(
    name="gstin",
    label="GSTIN",
    is_tax=True,
    shape="[0-9]{2}[A-Z]{5}[0-9]{4}[A-Z][0-9A-Z]{3}",
    example="27ABCPK1234L1ZS",
    module=gstin,
    source="Central Board of Indirect Taxes and Customs, GSTIN, by python-stdnum",
)
REGISTRATION = NumberKind(
    name="registration",
    label=_("Registration number"),
    of=CLINICIAN,
    example="A12345",
    source="Rehabilitation Council of India and state councils",
)
INDIA = Country(
    code="IN",
    provider_number=REGISTRATION,
    numbers=(GSTIN,),
    tax_ids=(
        GSTIN,
        NumberKind(
            name="pan",
            label="PAN",
            is_tax=True,
            is_private=True,
            shape="[A-Z]{5}[0-9]{4}[A-Z]",
            example="ABCPK1234L",
            module=pan,
            source="Income Tax Department, PAN, by python-stdnum",
        ),
        TAX_NUMBER,
    ),
    referrers_number=REGISTRATION,
    taxes=Taxes(
        choices=(Tax(name="gst-18", parts=((_("GST"), Decimal(18)),)),),
        source="Central Goods and Services Tax Act 2017, s 9",
    ),
    asked=tuple(
        Asked(what=what, source=_CLAIMS) for what in ("provider number", "signature", "paid")
    ),
)
