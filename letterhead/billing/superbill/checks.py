"""What keeps a superbill from being issued, or from being paid back to the client. Pure."""

from collections.abc import Iterator
from typing import NamedTuple

from letterhead.billing.contents import Contents
from letterhead.billing.problems import Place, Problem
from letterhead.billing.superbill.words import is_for_payer, is_of_state, license_for, repeats
from letterhead.details.letterhead import Address, PersonName
from letterhead.files.glyphs import unprintable

_NAME_PARTS = {
    "first": "first_name",
    "middle": "middle_name",
    "last": "last_name",
    "suffix": "suffix",
}


class Typed(NamedTuple):
    """A value as people typed it, where it prints and where it is mended."""

    text: str
    item: str
    place: Place
    field: str


def superbill_problems(contents: Contents) -> tuple[Problem, ...]:
    """Say what is wrong with a superbill, errors first. Errors keep it from being issued."""
    return (*_errors(contents), *_warnings(contents))


def typed_values(contents: Contents) -> Iterator[Typed]:
    """Give every printed value that people typed as free text."""
    yield from _of_practice(contents)
    yield from _of_clinician(contents)
    yield from _of_client(contents)
    yield from _of_visit(contents)


def _errors(contents: Contents) -> Iterator[Problem]:
    name = contents.client.name
    if not (name.first.strip() or name.last.strip()):
        message = "The client has no name: enter it."
        yield Problem("error", "Client", message, Place.CLIENT, "last_name")
    if not contents.visit.lines:
        message = "Nothing is charged: add at least one service to the visit."
        yield Problem("error", "Services", message, Place.VISIT, "lines-0-code")
    for typed in typed_values(contents):
        odd = unprintable(typed.text)
        if odd:
            message = f"{typed.item} holds what our fonts can't print ({_shown(odd)}): replace it."
            yield Problem("error", typed.item, message, typed.place, typed.field)


def _shown(characters: str) -> str:
    """Name invisible characters by their number, show the others."""
    return " ".join(c if c.isprintable() else f"U+{ord(c):04X}" for c in characters)


def _warnings(contents: Contents) -> Iterator[Problem]:
    clinician, practice = contents.letterhead.clinician, contents.letterhead.practice
    if not clinician.npi:
        label = clinician.npi_label or "NPI"
        message = f"The clinician's {label} is missing: most insurers pay back nothing without it."
        yield Problem("warning", label, message, Place.MY_DETAILS, "npi")
    yield from _license_warnings(contents)
    if not practice.tax_id and not (clinician.tax_id_on_bills and clinician.tax_id):
        message = "No tax ID is printed: enter the practice's."
        yield Problem("warning", "Tax ID", message, Place.BILLING, "tax_id")
    if not contents.visit.diagnoses:
        message = "No diagnosis is listed: insurers ask for at least one."
        yield Problem("warning", "Diagnoses", message, Place.VISIT, "diagnoses-0-code")


def _license_warnings(contents: Contents) -> Iterator[Problem]:
    printed, state = license_for(contents), contents.client.address.state.strip()
    if printed is None:
        message = "No license is printed: add one, or tick “Print on superbill” beside one."
        yield Problem("warning", "License", message, Place.MY_DETAILS, "licenses")
        return
    field = f"licenses-{contents.letterhead.clinician.licenses.index(printed)}"
    if state and not is_of_state(printed, state):
        message = f"No license for {state}, where the client lives: {printed.number} is printed."
        yield Problem("warning", "License", message, Place.MY_DETAILS, f"{field}-state")
    if printed.expires and printed.expires < contents.issued_on:
        message = f"License {printed.number} expired on {printed.expires.isoformat()}: renew it."
        yield Problem("warning", "License", message, Place.MY_DETAILS, f"{field}-expires")


def _of_practice(contents: Contents) -> Iterator[Typed]:
    practice = contents.letterhead.practice
    yield Typed(practice.name, "Practice", Place.PRACTICE, "name")
    yield from _address(practice.address, "Practice address", Place.PRACTICE)
    if practice.phone:
        yield Typed(practice.phone.formatted, "Practice phone", Place.PRACTICE, "phone")
    if practice.npi_type == "individual":
        yield from _name(practice.holder, "NPI holder", Place.BILLING, "holder_")
        yield Typed(practice.holder_npi, "NPI holder", Place.BILLING, "holder_npi")
    else:
        yield Typed(practice.group_npi, "Group NPI", Place.BILLING, "group_npi")
    yield Typed(practice.taxonomy, "Taxonomy", Place.BILLING, "taxonomy")
    if practice.tax_id:
        yield Typed(practice.tax_id.number, "Tax ID", Place.BILLING, "tax_id")
    if practice.remit_to:
        yield from _address(practice.remit_to, "Pay to", Place.BILLING, "remit_")


def _of_clinician(contents: Contents) -> Iterator[Typed]:
    clinician, mine = contents.letterhead.clinician, Place.MY_DETAILS
    yield Typed(clinician.title, "Title", mine, "title")
    yield from _name(clinician.name, "Provider", mine)
    yield Typed(clinician.credentials, "Credentials", mine, "credentials")
    if clinician.npi:
        yield Typed(clinician.npi_label, "Name of the NPI", mine, "npi_label")
    yield Typed(clinician.npi, "NPI", mine, "npi")
    yield Typed(clinician.contact_email, "Email", mine, "contact_email")
    if clinician.paper_signature:
        yield Typed(clinician.paper_signature.text, "Signature", Place.SIGNATURE, "typed_signature")
    if clinician.tax_id and clinician.tax_id_on_bills:
        yield Typed(clinician.tax_id.number, "Tax ID", mine, "tax_id")
    yield from _of_clinician_rows(contents)


def _of_clinician_rows(contents: Contents) -> Iterator[Typed]:
    clinician, mine = contents.letterhead.clinician, Place.MY_DETAILS
    printed = license_for(contents)
    if printed:
        row = f"licenses-{clinician.licenses.index(printed)}"
        for part in ("type", "state", "number"):
            yield Typed(getattr(printed, part), "License", mine, f"{row}-{part}")
    for n, other in enumerate(clinician.other_ids):
        if is_for_payer(other.payer, contents) and not repeats(other.number, printed):
            yield Typed(other.number, "Other ID", mine, f"other_ids-{n}-number")
    for n, phone in enumerate(clinician.phones):
        if phone.print_on_bills:
            yield Typed(phone.label, "Phone", mine, f"phones-{n}-own_label")
            yield Typed(phone.formatted, "Phone", mine, f"phones-{n}-number")


def _of_client(contents: Contents) -> Iterator[Typed]:
    yield from _name(contents.client.name, "Client", Place.CLIENT)
    yield from _address(contents.client.address, "Client address", Place.CLIENT)
    if contents.payer:
        yield Typed(contents.payer.name, "Payer", Place.PAYER, "name")
    if contents.policy:
        policy = contents.policy
        yield Typed(policy.member_id, "Member ID", Place.POLICY, "member_id")
        yield Typed(policy.group_number, "Policy group", Place.POLICY, "group_number")
        yield Typed(policy.plan_name, "Plan", Place.POLICY, "plan_name")
        if policy.insured:
            yield from _name(policy.insured.name, "Insured", Place.POLICY, "insured_")


def _of_visit(contents: Contents) -> Iterator[Typed]:
    visit, location = contents.visit, contents.letterhead.location
    if location:
        yield Typed(location.name, "Location", Place.LOCATION, "name")
        yield Typed(location.npi, "Location NPI", Place.LOCATION, "npi")
    if visit.referrer:
        who = visit.referrer
        yield from _name(who.name, "Referrer", Place.VISIT, "referrer_")
        yield Typed(who.credentials, "Referrer", Place.VISIT, "referrer_credentials")
        yield Typed(who.npi, "Referrer", Place.VISIT, "referrer_npi")
    yield Typed(visit.prior_authorization, "Authorization", Place.VISIT, "prior_authorization")
    for n, code in enumerate(visit.diagnoses):
        yield Typed(code, "Diagnoses", Place.VISIT, f"diagnoses-{n}-code")
    for n, line in enumerate(visit.lines):
        for part in ("place_of_service", "code", "description", "pointers"):
            yield Typed(getattr(line, part), "Services", Place.VISIT, f"lines-{n}-{part}")
        yield Typed(" ".join(line.modifiers), "Services", Place.VISIT, f"lines-{n}-modifiers")


def _name(name: PersonName, item: str, place: Place, prefix: str = "") -> Iterator[Typed]:
    for part, field in _NAME_PARTS.items():
        yield Typed(getattr(name, part), item, place, prefix + field)


def _address(address: Address, item: str, place: Place, prefix: str = "") -> Iterator[Typed]:
    for part in ("line1", "line2", "city", "state", "postal_code"):
        yield Typed(getattr(address, part), item, place, prefix + part)
