"""The United States."""

from django.utils.translation import gettext_lazy as _

from letterhead.countries.country import Asked, Country, License, Services
from letterhead.countries.documents import SUPERBILL
from letterhead.countries.numbers import NumberKind
from letterhead.numbers.ids import npi_error, show_tax_id, tax_id_error

_MEMBER_FORMS = "Insurers' claim forms for members"


class _Npi(NumberKind):
    """With its own words for each thing that can be wrong."""

    def error(self, number: str) -> str:
        return npi_error(number)


class _TaxId(NumberKind):
    """With its own words, too."""

    def error(self, number: str) -> str:
        return tax_id_error(number, self.name)

    def written(self, number: str) -> str:
        return show_tax_id(number, self.name)


NPI = _Npi(name="npi", label=_("NPI"), shape="[0-9]{10}", source="45 CFR 162.406")
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
        _TaxId(name="SSN", label=_("SSN"), of=frozenset({"clinician"}), is_private=True),
        _TaxId(name="EIN", label=_("EIN")),
        _TaxId(name="ITIN", label=_("ITIN"), of=frozenset({"clinician"}), is_private=True),
        _TaxId(name="SSN", label=_("SSN"), of=frozenset({"practice"}), is_private=True),
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
