"""Austria."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from stdnum.at import businessid, uid

from letterhead.countries.country import (
    TAX_NUMBER,
    Asked,
    Country,
    License,
    Services,
    Tax,
    Taxes,
)
from letterhead.countries.documents import INVOICE
from letterhead.countries.numbers import CLINICIAN, PRACTICE, NumberKind

_REFUNDS = "Österreichische Gesundheitskasse, Honorarnoten for reimbursement (November 2020)"


def _is_lenr(number: str) -> bool:
    """Whether the first digit checks the seven others."""
    weights = zip(number[1:], (3, 7, 9, 6, 4, 2, 1), strict=True)
    return sum(int(digit) * weight for digit, weight in weights) % 11 == int(number[0])


LENR = NumberKind(
    name="lenr",
    label="Leistungserbringernummer",
    of=CLINICIAN,
    shape="[0-9]{8}",
    example="11234560",
    check=_is_lenr,
    source="Dachverband der Sozialversicherungsträger, Leistungserbringernummer",
)
UID = NumberKind(
    name="uid",
    label="UID-Nr.",
    is_tax=True,
    shape="ATU[0-9]{8}",
    prefix="ATU",
    example="ATU12345675",
    module=uid,
    source="Art. 28 BMR, by python-stdnum",
)
STEUERNUMMER = NumberKind(
    name="stnr",
    label="Steuernummer",
    is_tax=True,
    example="09-123/4567",
    source="§ 11 Abs. 1 UStG 1994",
)  # the offices in it were merged, so its table is old
AUSTRIA = Country(
    code="AT",
    document=INVOICE,
    paper_languages=("de", "en-GB", "fr"),
    provider_number=NumberKind(
        name="register",
        label=_("Registration number"),
        of=CLINICIAN,
        example="12345",
        source="Lists of the ministry of health",
    ),
    numbers=(
        LENR,
        NumberKind(
            name="vpnr",
            label="Vertragspartnernummer",
            of=CLINICIAN,
            example="123456",
            source="Österreichische Gesundheitskasse",
        ),
        UID,
        STEUERNUMMER,
        NumberKind(
            name="fn",
            label="FN",
            of=PRACTICE,
            shape="FN[0-9]{1,6}[A-Z]",
            prefix="FN",
            example="FN 123456a",
            check=lambda number: businessid.is_valid(number[2:].lower()),
            show=lambda number: f"FN {number[2:].lower()}",
            source="Firmenbuch, Firmenbuchnummer, by python-stdnum",
        ),
    ),
    tax_ids=(UID, STEUERNUMMER, TAX_NUMBER),
    license=License(
        label=_("License to practice"),
        plural=_("Licenses to practice"),
        add=_("Add license"),
        issuer=_("Authority"),
    ),
    services=Services(has_minutes=True),
    diagnoses=_("Diagnoses (ICD-10)"),
    taxes=Taxes(
        choices=(Tax(name="ust-20", parts=(("USt.", Decimal(20)),)),),
        exempt="Umsatzsteuerfrei gemäß § 6 Abs. 1 Z 19 UStG 1994.",
        source="§ 11 Abs. 1 UStG 1994",
    ),
    asked=tuple(
        Asked(what=what, source=_REFUNDS)
        for what in ("description", "diagnosis", "signature", "paid")
    ),
)
