"""Switzerland."""

from dataclasses import replace
from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from stdnum import ean
from stdnum.ch import uid, vat

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
from letterhead.countries.numbers import CLINICIAN, NumberKind

_TARIF_590 = "Tarif 590, unified invoice of complementary medicine"

ZSR = NumberKind(
    name="zsr",
    label=_("ZSR number"),
    of=CLINICIAN,
    example="A 1234.56",
    source="SASIS, Zahlstellenregister: one for each place",
)
UID = NumberKind(
    name="uid",
    label="UID",
    is_tax=True,
    shape="CHE[0-9]{9}",
    prefix="CHE",
    example="CHE-123.456.788",
    module=uid,
    source="Bundesamt für Statistik, UID, by python-stdnum",
)
MWST = NumberKind(
    name="mwst",
    label=_("VAT number"),
    is_tax=True,
    shape="CHE[0-9]{9}(MWST|TVA|IVA|TPV)",
    prefix="CHE",
    example="CHE-123.456.788 MWST",
    module=vat,
    source="Eidgenössische Steuerverwaltung, by python-stdnum",
)
# Practices are licensed by their canton, but addresses there have none, so it isn't compared.
SWITZERLAND = Country(
    code="CH",
    document=replace(
        INVOICE,
        promise=_(
            "Please pay the balance, if there is one, to the practice. This is not the form on "
            "which insurers reimburse."
        ),
    ),
    paper_languages=("de", "en-GB", "fr"),
    provider_number=ZSR,
    numbers=(
        ZSR,  # one for each place
        NumberKind(
            name="k",
            label=_("K number"),
            of=CLINICIAN,
            example="K 1234.56",
            source="SASIS, for the employed",
        ),
        NumberKind(
            name="gln",
            label="GLN",
            shape="[0-9]{13}",
            example="7601001234567",
            module=ean,
            source="GS1, Global Location Number",
        ),
        UID,
        MWST,
    ),
    tax_ids=(UID, MWST, TAX_NUMBER),
    referrers_number=ZSR,
    license=License(
        label=_("License to practice"),
        plural=_("Licenses to practice"),
        add=_("Add license"),
        issuer=_("Canton"),
    ),
    services=Services(
        code_label=_("Tariff position"),
        code_help=_("Of Tarif 590 or another tariff, if it has one"),
        has_minutes=True,
    ),
    taxes=Taxes(
        choices=(Tax(name="mwst-8.1", parts=((_("VAT"), Decimal("8.1")),)),),
        source="MWSTG Art. 25",
    ),
    asked=(
        Asked(what="provider number", source=_TARIF_590),
        Asked(what="code", source=_TARIF_590),
    ),
)
