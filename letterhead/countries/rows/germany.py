"""Germany."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from stdnum.de import idnr, stnr, vat

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

_INVOICES, _FEES = "§ 14 Abs. 4 UStG", "§ 12 GOÄ"


def _is_lanr(number: str) -> bool:
    """Whether the seventh digit checks the first six; two more say the group of specialists."""
    weighted = sum(int(digit) * (4, 9)[at % 2] for at, digit in enumerate(number[:6]))
    return -weighted % 10 == int(number[6])


LANR = NumberKind(
    name="lanr",
    label="LANR",
    of=CLINICIAN,
    shape="[0-9]{9}",
    example="123456668",
    check=_is_lanr,
    source="Kassenärztliche Bundesvereinigung, Arztnummern",
)
# Each state writes its own with other slashes, so they stay where they were typed.
STEUERNUMMER = NumberKind(
    name="stnr",
    label="Steuernummer",
    is_tax=True,
    example="12/345/67890",
    check=stnr.is_valid,
    source="§ 14 Abs. 4 Nr. 2 UStG; shapes of the states, by python-stdnum",
)
VAT = NumberKind(
    name="ustid",
    label="USt-IdNr.",
    is_tax=True,
    shape="DE[0-9]{9}",
    prefix="DE",
    example="DE123456788",
    module=vat,
    source="§ 27a UStG, by python-stdnum",
)
GERMANY = Country(
    code="DE",
    document=INVOICE,
    paper_languages=("de", "en-GB", "fr"),
    provider_number=LANR,
    numbers=(
        STEUERNUMMER,
        VAT,
        NumberKind(
            name="bsnr",
            label="BSNR",
            of=PRACTICE,
            shape="[0-9]{9}",
            example="123456700",
            source="Kassenärztliche Bundesvereinigung, Betriebsstättennummern",
        ),
        NumberKind(
            name="ik",
            label="IK",
            of=PRACTICE,
            example="451234561",
            source="Arbeitsgemeinschaft Institutionskennzeichen",
        ),
        NumberKind(
            name="widnr",
            label="W-IdNr.",
            is_tax=True,
            example="DE123456788-00001",
            source="§ 139c AO",
        ),
    ),
    tax_ids=(
        STEUERNUMMER,
        VAT,
        NumberKind(
            name="idnr",
            label="Steuer-IdNr.",
            of=CLINICIAN,
            is_tax=True,
            is_private=True,
            shape="[0-9]{11}",
            example="11 234 567 890",
            module=idnr,
            source="§ 139b AO, by python-stdnum",
        ),
        TAX_NUMBER,
    ),
    referrers_number=LANR,
    license=License(
        label=_("License to practice"),
        plural=_("Licenses to practice"),
        add=_("Add license"),
        issuer=_("Authority"),
    ),
    services=Services(
        code_label=_("Fee number"),
        code_help=_("GOÄ, GOP or GebüH number, if it has one"),
        has_factor=True,
        has_minutes=True,
    ),
    diagnoses=_("Diagnoses (ICD-10-GM)"),
    taxes=Taxes(
        choices=(Tax(name="ust-19", parts=(("USt.", Decimal(19)),)),),
        exempt="Umsatzsteuerfrei nach § 4 Nr. 14 Buchst. a UStG.",
        source="§ 14 Abs. 4 Nr. 8 UStG",
    ),
    asked=(
        Asked(what="description", source=_FEES),
        Asked(what="code", source=_FEES),
        Asked(what="client address", source=_INVOICES),
        Asked(what="tax ID", source=_INVOICES),
    ),
)
