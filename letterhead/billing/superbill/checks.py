"""What keeps a superbill from being issued, or the client from being paid back. Pure."""

from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _

from letterhead.billing.contents import Contents
from letterhead.billing.problems import Place, Problem
from letterhead.billing.superbill.charges import tax_note
from letterhead.billing.superbill.missing import missing, sourced
from letterhead.billing.superbill.numbers_of import (
    has_expired,
    has_main_number,
    is_of_state,
    license_for,
    main_label,
    other_ids_of,
    rows_for,
)
from letterhead.billing.superbill.row import country_now, has_us_numbers, is_by_row
from letterhead.details.letterhead import Address, BillingPractice, Clinician, PersonName
from letterhead.files.glyphs import unprintable
from letterhead.ui.dates import short_day

_NAME_PARTS = {
    "first": "first_name",
    "middle": "middle_name",
    "last": "last_name",
    "suffix": "suffix",
}


class Typed(NamedTuple):
    """A value as people typed it, where it prints and where it's fixed."""

    text: str
    item: str
    place: Place
    field: str


def superbill_problems(contents: Contents) -> tuple[Problem, ...]:
    """What is wrong with a superbill, errors first."""
    return (*_errors(contents), *_warnings(contents), *missing(contents))


def typed_values(contents: Contents) -> Iterator[Typed]:
    """Every printed value that people typed as free text."""
    yield from _of_practice(contents)
    yield from _of_clinician(contents)
    yield from _of_client(contents)
    yield from _of_visit(contents)


def _errors(contents: Contents) -> Iterator[Problem]:
    name = contents.client.name
    if not (name.first.strip() or name.last.strip()):
        message = _("The client has no name. Enter it.")
        yield Problem("error", _("Client"), message, Place.CLIENT, "last_name")
    if not contents.visit.lines:
        message = _("Nothing is charged. Add at least one service to the visit.")
        yield Problem("error", _("Services"), message, Place.VISIT, "lines-0-code")
    for typed in typed_values(contents):
        odd = unprintable(typed.text)
        if odd:
            words = _("%(item)s: Our fonts can't print %(characters)s. Replace it.")
            message = words % {"item": typed.item, "characters": _shown(odd)}
            yield Problem("error", typed.item, message, typed.place, typed.field)


def _shown(characters: str) -> str:
    """Characters with blanks between; invisible ones by their number."""
    return " ".join(c if c.isprintable() else f"U+{ord(c):04X}" for c in characters)


def _warnings(contents: Contents) -> Iterator[Problem]:
    country = country_now(contents)

    def warn(what: str, item: str, message: str, place: Place, field: str) -> Iterator[Problem]:
        if country.asks_for(what):
            yield Problem("warning", item, sourced(message, what, country), place, field)

    if not has_main_number(contents):
        label = main_label(contents)
        words = _(
            "The clinician's %(npi)s is missing. Most insurers don't pay clients back without it."
        )
        message = words % {"npi": label}
        yield from warn("provider number", label, message, Place.MY_DETAILS, "npi")
    yield from _license_warnings(contents)
    if not _has_tax_number(contents):
        message = _("No tax ID prints. Enter the practice's.")
        yield from warn("tax ID", _("Tax ID"), message, Place.BILLING, "tax_id")
    if not contents.visit.diagnoses:
        message = _("There is no diagnosis. Insurers ask for at least one.")
        yield from warn("diagnosis", _("Diagnoses"), message, Place.VISIT, "diagnoses-0-code")


def _has_tax_number(contents: Contents) -> bool:
    clinician, practice = contents.letterhead.clinician, contents.letterhead.practice
    if practice.tax_id or (clinician.tax_id_on_bills and clinician.tax_id):
        return True
    both = (*rows_for(clinician.numbers, contents), *rows_for(practice.numbers, contents))
    return any(number.is_tax for number in both)


def _license_warnings(contents: Contents) -> Iterator[Problem]:
    printed, country = license_for(contents), country_now(contents)
    item, state = str(country.license.label), contents.client.address.state.strip()
    if printed is None:
        yield from _no_license(contents)
        return
    field = f"licenses-{contents.letterhead.clinician.licenses.index(printed)}"
    regional = country.license.is_regional
    if regional and state and not is_of_state(printed, contents.client.address):
        words = _("Nothing for %(state)s, where the client lives, prints here: %(license)s.")
        if country.bills_us_payers:
            words = _(
                "There is no license for %(state)s, where the client lives. License %(number)s "
                "prints."
            )
        message = words % {"state": state, "number": printed.number, "license": item}
        yield Problem("warning", item, message, Place.MY_DETAILS, f"{field}-state")
    if printed.expires and has_expired(printed, contents):
        words = (
            _("License %(number)s expired on %(date)s. Enter the renewed license.")
            if country.bills_us_payers
            else _("Number %(number)s expired on %(date)s. Enter the renewed one.")
        )
        message = words % {"number": printed.number, "date": short_day(printed.expires)}
        yield Problem("warning", item, message, Place.MY_DETAILS, f"{field}-expires")


def _no_license(contents: Contents) -> Iterator[Problem]:
    """Outside the US a registration can also be in a row of numbers."""
    country, item = country_now(contents), str(country_now(contents).license.label)
    rows = rows_for(contents.letterhead.clinician.numbers, contents)
    if not country.asks_for("license"):
        return
    if country.bills_us_payers:
        message = _("No license prints. Add one, or select “Print on superbill” for one you have.")
    elif any(not number.is_tax for number in rows):
        return
    else:
        message = _("This doesn't print: %(license)s. Add it in My Details.") % {"license": item}
    message = sourced(message, "license", country)
    yield Problem("warning", item, message, Place.MY_DETAILS, "licenses")


def _of_practice(contents: Contents) -> Iterator[Typed]:
    practice = contents.letterhead.practice
    yield Typed(practice.name, _("Practice"), Place.PRACTICE, "name")
    if is_by_row(contents):
        yield Typed(practice.legal_name or "", _("Legal name"), Place.BILLING, "legal_name")
    yield from _address(practice.address, _("Practice address"), Place.PRACTICE)
    if practice.phone:
        yield Typed(practice.phone.formatted, _("Practice phone"), Place.PRACTICE, "phone")
    if has_us_numbers(contents):
        yield from _us_numbers(practice)
    yield from _numbers(practice, contents, Place.BILLING)
    yield Typed(
        tax_note(contents), _("Sentence where no tax is charged"), Place.BILLING, "tax_note"
    )
    if practice.tax_id:
        yield Typed(practice.tax_id.number, _("Tax ID"), Place.BILLING, "tax_id")
    if practice.remit_to:
        yield from _address(practice.remit_to, _("Pay to"), Place.BILLING, "remit_")


def _us_numbers(practice: BillingPractice) -> Iterator[Typed]:
    if practice.npi_type == "individual":
        yield from _name(practice.holder, _("NPI holder"), Place.BILLING, "holder_")
        yield Typed(practice.holder_npi, _("NPI holder"), Place.BILLING, "holder_npi")
    else:
        yield Typed(practice.group_npi, _("Group NPI"), Place.BILLING, "group_npi")
    yield Typed(practice.taxonomy, _("Taxonomy"), Place.BILLING, "taxonomy")


def _numbers(
    whose: BillingPractice | Clinician, contents: Contents, place: Place
) -> Iterator[Typed]:
    for number in rows_for(whose.numbers, contents):
        yield Typed(number.label, _("Number"), place, "numbers")
        yield Typed(number.number, number.label, place, "numbers")


def _of_clinician(contents: Contents) -> Iterator[Typed]:
    clinician, mine = contents.letterhead.clinician, Place.MY_DETAILS
    yield Typed(clinician.title, _("Title"), mine, "title")
    yield from _name(clinician.name, _("Provider"), mine)
    yield Typed(clinician.credentials, _("Credentials"), mine, "credentials")
    if clinician.npi:
        yield Typed(clinician.npi_label, _("Name of the NPI"), mine, "npi_label")
    yield Typed(clinician.npi, _("NPI"), mine, "npi")
    yield Typed(clinician.contact_email, _("Email"), mine, "contact_email")
    if clinician.paper_signature:
        yield Typed(
            clinician.paper_signature.text, _("Signature"), Place.SIGNATURE, "typed_signature"
        )
    if clinician.tax_id and clinician.tax_id_on_bills:
        yield Typed(clinician.tax_id.number, _("Tax ID"), mine, "tax_id")
    yield from _of_clinician_rows(contents)


def _of_clinician_rows(contents: Contents) -> Iterator[Typed]:
    clinician, mine = contents.letterhead.clinician, Place.MY_DETAILS
    printed = license_for(contents)
    if printed:
        row = f"licenses-{clinician.licenses.index(printed)}"
        for part in ("type", "state", "number"):
            yield Typed(getattr(printed, part), _("License"), mine, f"{row}-{part}")
    yield from _numbers(clinician, contents, mine)
    for n, other in other_ids_of(contents):
        yield Typed(other.number, _("Other ID"), mine, f"other_ids-{n}-number")
    for n, phone in enumerate(clinician.phones):
        if phone.print_on_bills:
            yield Typed(phone.label, _("Phone"), mine, f"phones-{n}-own_label")
            yield Typed(phone.formatted, _("Phone"), mine, f"phones-{n}-number")


def _of_client(contents: Contents) -> Iterator[Typed]:
    yield from _name(contents.client.name, _("Client"), Place.CLIENT)
    yield from _address(contents.client.address, _("Client address"), Place.CLIENT)
    if contents.payer:
        yield Typed(contents.payer.name, _("Payer"), Place.PAYER, "name")
    if contents.policy:
        policy = contents.policy
        yield Typed(policy.member_id, _("Member ID"), Place.POLICY, "member_id")
        yield Typed(policy.group_number, _("Policy group"), Place.POLICY, "group_number")
        yield Typed(policy.plan_name, _("Plan"), Place.POLICY, "plan_name")
        if policy.insured:
            yield from _name(policy.insured.name, _("Insured"), Place.POLICY, "insured_")
            employer = policy.insured.organization or ""
            yield Typed(employer, _("Insured"), Place.POLICY, "insured_organization")


def _of_visit(contents: Contents) -> Iterator[Typed]:
    visit, location = contents.visit, contents.letterhead.location
    if location:
        yield Typed(location.name, _("Location"), Place.LOCATION, "name")
        yield from _address(location.address, _("Location"), Place.LOCATION)
        if has_us_numbers(contents):
            yield Typed(location.npi, _("Location NPI"), Place.LOCATION, "npi")
    if visit.referrer:
        who = visit.referrer
        yield from _name(who.name, _("Referring provider"), Place.VISIT, "referrer_")
        yield Typed(who.credentials, _("Referring provider"), Place.VISIT, "referrer_credentials")
        yield Typed(who.npi, _("Referring provider"), Place.VISIT, "referrer_npi")
    yield Typed(visit.prior_authorization, _("Authorization"), Place.VISIT, "prior_authorization")
    for n, code in enumerate(visit.diagnoses):
        yield Typed(code, _("Diagnoses"), Place.VISIT, f"diagnoses-{n}-code")
    for n, line in enumerate(visit.lines):
        for part in ("place_of_service", "code", "description", "pointers"):
            yield Typed(getattr(line, part), _("Services"), Place.VISIT, f"lines-{n}-{part}")
        yield Typed(" ".join(line.modifiers), _("Services"), Place.VISIT, f"lines-{n}-modifiers")


def _name(name: PersonName, item: str, place: Place, prefix: str = "") -> Iterator[Typed]:
    for part, field in _NAME_PARTS.items():
        yield Typed(getattr(name, part), item, place, prefix + field)


def _address(address: Address, item: str, place: Place, prefix: str = "") -> Iterator[Typed]:
    for part in ("line1", "line2", "city", "state", "postal_code"):
        yield Typed(getattr(address, part), item, place, prefix + part)
