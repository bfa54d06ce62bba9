"""Canada, with Québec."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from stdnum.ca import bn, sin

from letterhead.countries.country import (
    TAX_NUMBER,
    Asked,
    Country,
    License,
    Services,
    Tax,
    Taxes,
)
from letterhead.countries.numbers import CLINICIAN, INSURERS_NUMBER, NumberKind, divided

_BLUE_CROSS = "Alberta Blue Cross, receipts"
_QUEBEC = "Ordre des psychologues du Québec, receipts (11 September 2024)"

GST_NUMBER = NumberKind(
    name="gst",
    label=_("GST/HST number"),
    is_tax=True,
    shape="[0-9]{9}RT[0-9]{4}",
    example="123456782 RT0001",
    module=bn,
    show=divided(9),
    source="Canada Revenue Agency, business number and program account",
)
QST_NUMBER = NumberKind(
    name="qst",
    label=_("QST number"),
    is_tax=True,
    shape="[0-9]{10}TQ[0-9]{4}|NR[0-9]{8}",
    example="1234567890 TQ0001",
    show=divided(10),
    source="Revenu Québec, QST registration number",
)
BUSINESS_NUMBER = NumberKind(
    name="bn",
    label=_("Business number"),
    is_tax=True,
    shape="[0-9]{9}",
    example="123456782",
    module=bn,
    source="Canada Revenue Agency, business number",
)
_GST = (_("GST"), Decimal(5))
CANADA = Country(
    code="CA",
    paper="us-letter",
    paper_languages=("en-GB", "fr"),
    provider_number=NumberKind(
        name="college",
        label=_("Registration or permit number"),
        of=CLINICIAN,
        source="Colleges and orders of the provinces, each with its own shape",
    ),
    numbers=(
        INSURERS_NUMBER,
        GST_NUMBER,
        QST_NUMBER,
        BUSINESS_NUMBER,
        NumberKind(
            name="neq",
            label="NEQ",
            shape="[0-9]{10}",
            example="1112345678",
            source="Registraire des entreprises, NEQ",
        ),
    ),
    tax_ids=(
        GST_NUMBER,
        QST_NUMBER,
        BUSINESS_NUMBER,
        NumberKind(
            name="sin",
            label=_("SIN"),
            of=CLINICIAN,
            is_tax=True,
            is_private=True,
            shape="[0-9]{9}",
            example="123-456-782",
            module=sin,
            source="Service Canada, Social Insurance Number, by python-stdnum",
        ),
        TAX_NUMBER,
    ),
    license=License(
        label=_("Registration"),
        plural=_("Registrations"),
        add=_("Add registration"),
        issuer=_("Province"),
        is_regional=True,
    ),
    services=Services(has_minutes=True),
    taxes=Taxes(
        choices=(
            Tax(name="gst-5", parts=(_GST,)),
            Tax(name="hst-13", parts=((_("HST"), Decimal(13)),)),
            Tax(name="hst-14", parts=((_("HST"), Decimal(14)),)),
            Tax(name="hst-15", parts=((_("HST"), Decimal(15)),)),
            Tax(name="gst-qst", parts=(_GST, (_("QST"), Decimal("9.975")))),
        ),
        source="Excise Tax Act, s 165; Act respecting the Québec sales tax, s 16",
    ),
    asked=(
        Asked(what="provider number", source=_BLUE_CROSS),
        Asked(what="description", source=_BLUE_CROSS),
        Asked(what="paid", source=_BLUE_CROSS),
        Asked(what="minutes", source=_QUEBEC),
        Asked(what="signature", source=_QUEBEC),
    ),
)
