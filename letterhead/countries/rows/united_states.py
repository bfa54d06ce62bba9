"""The United States."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from letterhead.countries.country import Asked, Country, License, Services
from letterhead.countries.documents import SUPERBILL
from letterhead.countries.numbers import CLINICIAN, PRACTICE, NumberKind, Text
from letterhead.numbers.ids import npi_error, show_tax_id, tax_id_error

_MEMBER_FORMS = "Insurers' claim forms for members"


def _tax_id(name: str, label: Text, of: frozenset[str], *, is_private: bool = True) -> NumberKind:
    return NumberKind(
        name=name,
        label=label,
        of=of,
        is_tax=True,
        is_private=is_private,
        shape="[0-9]{9}",
        wrong=partial(tax_id_error, kind=name),
        show=partial(show_tax_id, kind=name),
    )


NPI = NumberKind(
    name="npi", label=_("NPI"), shape="[0-9]{10}", wrong=npi_error, source="45 CFR 162.406"
)
UNITED_STATES = Country(
    code="US",
    bills_us_payers=True,
    has_us_addresses=True,
    language="en-US",
    month_first=True,
    state_of_accident=True,
    paper="us-letter",
    document=SUPERBILL,
    paper_languages=("en-US",),
    provider_number=NPI,
    tax_ids=(  # in the order of each form
        _tax_id("SSN", _("SSN"), CLINICIAN),
        _tax_id("EIN", _("EIN"), CLINICIAN | PRACTICE, is_private=False),
        _tax_id("ITIN", _("ITIN"), CLINICIAN),
        _tax_id("SSN", _("SSN"), PRACTICE),
    ),
    referrers_number=NPI,
    license=License(
        label=_("License"),
        plural=_("Licenses"),
        add=_("Add license"),
        issuer=_("License state"),
        is_regional=True,
    ),
    services=Services(
        code_label=_("CPT/HCPCS"),
        code_help=_("CPT or HCPCS"),
        code_needed=True,
        units=_("Units"),
        has_modifiers=True,
        has_place_of_service=True,
    ),
    diagnoses=_("Diagnoses (ICD-10-CM)"),
    has_icd_10_cm=True,
    asked=tuple(
        Asked(what=what, source=_MEMBER_FORMS)
        for what in (
            *("birth date", "client address", "description", "pointers", "referrer number"),
            *("provider number", "license", "tax ID", "diagnosis"),
        )
    ),
)
