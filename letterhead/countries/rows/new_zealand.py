"""New Zealand."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from stdnum import ean
from stdnum.nz import ird

from letterhead.countries.country import TAX_NUMBER, Asked, Country, License, Tax, Taxes
from letterhead.countries.numbers import CLINICIAN, INSURERS_NUMBER, NumberKind, divided

_SOUTHERN_CROSS = "Southern Cross, claims for reimbursement"

CPN = NumberKind(
    name="hpi cpn",
    label="HPI CPN",
    of=CLINICIAN,
    shape="[0-9]{2}[A-HJ-NP-Z]{4}",
    example="99ZZZZ",
    source="Ministry of Health, Health Provider Index: 2 digits and 4 letters",
)
GST_NUMBER = NumberKind(
    name="gst",
    label=_("GST number"),
    is_tax=True,
    shape="[0-9]{8,9}",
    example="123-456-785",
    module=ird,
    source="Inland Revenue, the number of who is registered for GST",
)
NEW_ZEALAND = Country(
    code="NZ",
    provider_number=NumberKind(
        name="board",
        label=_("Registration number"),
        of=CLINICIAN,
        example="90-01234",
        source="Registration boards, each with its own shape",
    ),
    numbers=(
        CPN,
        NumberKind(
            name="acc",
            label=_("ACC provider number"),
            source="ACC, invoices for psychological services",
        ),
        INSURERS_NUMBER,
        GST_NUMBER,
        NumberKind(
            name="nzbn",
            label="NZBN",
            shape="94[0-9]{11}",
            example="9429 1234 5678 4",
            module=ean,
            show=divided(4, 4, 4),
            source="New Zealand Business Number, a GS1 number",
        ),
    ),
    tax_ids=(
        GST_NUMBER,
        NumberKind(
            name="ird",
            label=_("IRD number"),
            of=CLINICIAN,
            is_tax=True,
            is_private=True,
            shape="[0-9]{8,9}",
            example="49-123-450",
            module=ird,
            source="Inland Revenue, IRD number, by python-stdnum",
        ),
        TAX_NUMBER,
    ),
    referrers_number=CPN,
    license=License(
        label=_("Practicing certificate"),
        plural=_("Practicing certificates"),
        add=_("Add practicing certificate"),
        issuer=_("Board"),
    ),
    taxes=Taxes(
        choices=(Tax(name="gst-15", parts=((_("GST"), Decimal(15)),)),),
        source="Goods and Services Tax Act 1985, s 8",
    ),
    asked=(
        Asked(what="description", source=_SOUTHERN_CROSS),
        Asked(what="paid", source=_SOUTHERN_CROSS),
    ),
)
