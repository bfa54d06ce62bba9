"""Norway."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from stdnum.no import fodselsnummer, mva, orgnr

from letterhead.countries.country import TAX_NUMBER, Asked, Country, License, Tax, Taxes
from letterhead.countries.numbers import CLINICIAN, NumberKind

_BOOKKEEPING = "Bokføringsforskriften § 5-1-1"

HPR = NumberKind(
    name="hpr",
    label="HPR-nummer",
    of=CLINICIAN,
    example="HPR 1234567",
    source="Helsepersonellregisteret",
)
ORGANIZATION = NumberKind(
    name="org",
    label="Org.nr.",
    is_tax=True,
    shape="[0-9]{9}",
    example="987 654 325",
    module=orgnr,
    source="Brønnøysundregistrene, organisasjonsnummer",
)
MVA = NumberKind(
    name="mva",
    label=_("VAT number"),
    is_tax=True,
    shape="NO[0-9]{9}MVA",
    prefix="NO",
    example="NO 987 654 325 MVA",
    module=mva,
    source="Skatteetaten, organisasjonsnummer of who is in the VAT register",
)
NORWAY = Country(
    code="NO",
    provider_number=HPR,
    numbers=(ORGANIZATION, MVA),
    tax_ids=(
        ORGANIZATION,
        MVA,
        NumberKind(
            name="fnr",
            label="Fødselsnummer",
            of=CLINICIAN,
            is_tax=True,
            is_private=True,
            shape="[0-9]{11}",
            module=fodselsnummer,
            source="Skatteetaten, fødselsnummer, by python-stdnum",
        ),
        TAX_NUMBER,
    ),
    referrers_number=HPR,
    license=License(
        label=_("Authorization"),
        plural=_("Authorizations"),
        add=_("Add authorization"),
        issuer=_("Authority"),
    ),
    taxes=Taxes(
        choices=(Tax(name="mva-25", parts=(("MVA", Decimal(25)),)),),
        source="Merverdiavgiftsloven § 5-1",
    ),
    asked=tuple(
        Asked(what=what, source=_BOOKKEEPING)
        for what in ("description", "client address", "tax ID")
    ),
)
