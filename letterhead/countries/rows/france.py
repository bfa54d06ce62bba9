"""France."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from stdnum.fr import nif, siren, siret, tva

from letterhead.countries.country import TAX_NUMBER, Asked, Country, Tax, Taxes
from letterhead.countries.numbers import CLINICIAN, PRACTICE, NumberKind, divided

_MUTUELLE = "Malakoff Humanis, factures acquittées"

RPPS = NumberKind(
    name="rpps",
    label="RPPS",
    of=CLINICIAN,
    shape="[0-9]{11}",
    example="10123456781",
    source="Agence du Numérique en Santé, RPPS: 11 digits",
)
TVA = NumberKind(
    name="tva",
    label=_("VAT number"),
    is_tax=True,
    shape="FR[0-9A-HJ-NP-Z]{2}[0-9]{9}",
    prefix="FR",
    example="FR 11 123456782",
    module=tva,
    show=divided(2, 2),
    source="Direction générale des Finances publiques, by python-stdnum",
)
FRANCE = Country(
    code="FR",
    paper_languages=("fr", "en-GB", "de"),  # French is asked by the law of 4 August 1994, art. 2
    provider_number=RPPS,
    numbers=(
        NumberKind(
            name="adeli",
            label="ADELI",
            of=CLINICIAN,
            example="759312345",
            source="ADELI, replaced by RPPS",
        ),
        NumberKind(
            name="siret",
            label="SIRET",
            shape="[0-9]{14}",
            example="123 456 782 00010",
            module=siret,
            source="INSEE, SIRET, by python-stdnum",
        ),
        NumberKind(
            name="siren",
            label="SIREN",
            shape="[0-9]{9}",
            example="123 456 782",
            module=siren,
            source="INSEE, SIREN, by python-stdnum",
        ),
        TVA,
        NumberKind(
            name="finess", label="FINESS", of=PRACTICE, example="750012345", source="FINESS"
        ),
    ),
    tax_ids=(
        TVA,
        NumberKind(
            name="nif",
            label=_("Individual tax number"),
            of=CLINICIAN,
            is_tax=True,
            is_private=True,
            shape="[0-9]{13}",
            example="01 23 456 789 211",
            module=nif,
            source="Direction générale des Finances publiques, numéro fiscal, by python-stdnum",
        ),
        TAX_NUMBER,
    ),
    referrers_number=RPPS,
    taxes=Taxes(
        choices=(Tax(name="tva-20", parts=((_("VAT"), Decimal(20)),)),),
        exempt="Exonération de TVA, article 261-4-1° du CGI.",
        source="Code général des impôts, art. 261, 4, 1°",
    ),
    asked=tuple(
        Asked(what=what, source=_MUTUELLE)
        for what in ("provider number", "description", "paid", "signature")
    ),
)
