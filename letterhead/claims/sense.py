"""What stands on a claim and can't be right, or may not be."""

import re
from collections.abc import Iterator
from decimal import Decimal

from letterhead.billing.contents import Contents, DateRange, Referrer
from letterhead.billing.problems import Place, Problem
from letterhead.claims.cms1500 import billing_npi, has_service_facility, other_id_in_24j
from letterhead.claims.form_texts import code, is_whole_cents, phone_parts, street
from letterhead.claims.line_sense import line_problems
from letterhead.details.claim_name import fold
from letterhead.details.letterhead import Address
from letterhead.practices.numbers import (
    is_unknown_ein_prefix,
    npi_error,
    tax_id_error,
    taxonomy_error,
)

_STATES = frozenset(
    "AA AE AK AL AP AR AS AZ CA CO CT DC DE FL FM GA GU HI IA ID IL IN KS KY LA MA MD ME MH MI "
    "MN MO MP MS MT NC ND NE NH NJ NM NV NY OH OK OR PA PR PW RI SC SD TN TX UT VA VI VT WA WI "
    "WV WY".split()
)
_PO_BOX = re.compile(r"\b(P ?O ?BOX|POST OFFICE BOX|POB \d)")
_ICD_10 = re.compile(r"[A-Z][0-9][0-9A-Z][0-9A-Z]{0,4}")
_QUALIFIERS_OF_14 = {"431", "484"}
_QUALIFIERS_OF_15 = {"090", "091", "304", "439", "444", "453", "454", "455", "471"}
_QUALIFIERS_OF_17A = {"0B", "1G", "G2", "LU"}
_QUALIFIERS_OF_24I = {"0B", "1G", "G2", "LU", "ZZ"}


def doubts(contents: Contents) -> Iterator[Problem]:
    """Say what is written on a claim and is wrong, or may be."""
    yield from _npis(contents)
    yield from _practice_numbers(contents)
    yield from _addresses(contents)
    yield from _policy(contents)
    yield from _visit(contents)
    yield from _amounts(contents)
    yield from _dates(contents)
    yield from _referrer(contents)
    yield from _other_id(contents)
    yield from _licenses(contents)
    yield from line_problems(contents)


def _error(item: str, message: str, place: Place, field: str) -> Problem:
    return Problem("error", item, f"Item {item}: {message}", place, field)


def _warning(item: str, message: str, place: Place, field: str) -> Problem:
    return Problem("warning", item, f"Item {item}: {message}", place, field)


def _npis(contents: Contents) -> Iterator[Problem]:
    number, field = billing_npi(contents)
    numbers = [
        ("24J", contents.letterhead.clinician.npi, Place.MY_DETAILS, "npi"),
        ("33a", number, Place.BILLING, field),
    ]
    location, referrer = contents.letterhead.location, contents.visit.referrer
    if location and has_service_facility(contents):
        numbers.append(("32a", location.npi, Place.LOCATION, "npi"))
    if referrer:
        numbers.append(("17b", referrer.npi, Place.VISIT, "referrer_npi"))
    for item, npi, place, field in numbers:
        if npi and (wrong := npi_error(npi)):
            yield _error(item, f"{wrong} Check the NPI “{npi}”.", place, field)


def _practice_numbers(contents: Contents) -> Iterator[Problem]:
    practice, at = contents.letterhead.practice, Place.BILLING
    if tax_id := practice.tax_id:
        if tax_id.kind not in {"EIN", "SSN", "ITIN"}:
            yield _error("25", "say whether the tax ID is an EIN or an SSN.", at, "tax_id_kind")
        elif tax_id.number and (wrong := tax_id_error(tax_id.number, tax_id.kind)):
            yield _error("25", wrong, at, "tax_id")
        elif tax_id.kind == "EIN" and is_unknown_ein_prefix(tax_id.number):
            yield _warning("25", "no EIN is known to begin so. Check it.", at, "tax_id")
    asked = contents.payer and contents.payer.other_id_in_24j == "taxonomy"
    if asked and practice.taxonomy and (wrong := taxonomy_error(practice.taxonomy)):
        yield _error("24J", wrong, at, "taxonomy")


def _addresses(contents: Contents) -> Iterator[Problem]:
    practice, location = contents.letterhead.practice, contents.letterhead.location
    policy, payer = contents.policy, contents.payer
    yield from _address("33", practice.address, Place.PRACTICE)
    if _PO_BOX.search(street(practice.address)):
        message = "a P.O. box can't stand here. Enter the street; the box belongs to the remit-to."
        yield _error("33", message, Place.PRACTICE, "line1")
    if not (practice.phone and phone_parts(practice.phone.number)[0]):
        message = "the practice has no phone of ten digits, so its box stays empty."
        yield _warning("33", message, Place.PRACTICE, "phone")
    if location and has_service_facility(contents):
        yield from _address("32", location.address, Place.LOCATION)
    yield from _address("5", contents.client.address, Place.CLIENT)
    yield from _phone("5", contents.client.phone, Place.CLIENT, "phone")
    if policy and policy.insured:
        yield from _address("7", policy.insured.address, Place.POLICY, "insured_")
        yield from _phone("7", policy.insured.phone, Place.POLICY, "insured_phone")
    if payer and not payer.address.line1:
        message = (
            "The payer has no address, so the block at the top of the form shows its name only."
        )
        yield Problem("warning", "carrier", message, Place.PAYER, "line1")


def _address(item: str, address: Address, place: Place, prefix: str = "") -> Iterator[Problem]:
    if address.country != "US":
        return
    state, digits = fold(address.state), code(address.postal_code)
    if state and state not in _STATES:
        message = f"“{address.state}” is no state's two letters. Write it like NY."
        yield _error(item, message, place, f"{prefix}state")
    if digits and not re.fullmatch(r"[0-9]{5}([0-9]{4})?", digits):
        message = f"“{address.postal_code}” is no ZIP code. It has nine digits, or five."
        yield _error(item, message, place, f"{prefix}postal_code")
    elif len(digits) == 5:
        message = "the ZIP code has five digits; payers ask for nine."
        yield _warning(item, message, place, f"{prefix}postal_code")


def _phone(item: str, phone: str, place: Place, field: str) -> Iterator[Problem]:
    if phone and not phone_parts(phone)[0]:
        message = f"“{phone}” is no North American number, so its box stays empty."
        yield _warning(item, message, place, field)


def _policy(contents: Contents) -> Iterator[Problem]:
    policy, at = contents.policy, Place.POLICY
    if policy is None:
        return
    if bool(fold(policy.other_claim_qualifier)) != bool(fold(policy.other_claim_id)):
        message = "a claim number and its qualifier need each other. Enter both, or neither."
        yield _error("11b", message, at, "other_claim_id")
    if insured := policy.insured:
        if not insured.address.line1:
            yield _warning("7", "the insured has no address.", at, "insured_line1")
        if not insured.birth_date:
            yield _warning("11a", "the insured has no birth date.", at, "insured_birth_date")


def _visit(contents: Contents) -> Iterator[Problem]:
    visit, at = contents.visit, Place.VISIT
    for n, diagnosis in enumerate(visit.diagnoses):
        if not _ICD_10.fullmatch(code(diagnosis)):
            message = f"“{diagnosis}” is no ICD-10-CM code. Write it like Z71.3."
            yield _error("21", message, at, f"diagnoses-{n}-code")
    if visit.auto_accident and fold(visit.auto_accident_state) not in {"", *_STATES}:
        message = f"“{visit.auto_accident_state}” is no state's two letters. Write it like NY."
        yield _error("10b", message, at, "auto_accident_state")
    if visit.resubmission_code and visit.resubmission_code not in {"7", "8"}:
        message = "the code is 7 for a replacement or 8 for a void claim."
        yield _error("22", message, at, "resubmission_code")
    if bool(visit.resubmission_code) != bool(fold(visit.original_reference)):
        message = "the code and the payer's claim number need each other."
        yield _error("22", message, at, "original_reference")


def _amounts(contents: Contents) -> Iterator[Problem]:
    visit = contents.visit
    for item, amount, field in (
        ("20", visit.outside_lab_charge or Decimal(0), "outside_lab_charge"),
        ("29", visit.amount_paid, "amount_paid"),
    ):
        if amount < 0 or not is_whole_cents(amount):
            message = "an amount is whole cents and not negative."
            yield _error(item, message, Place.VISIT, field)
    if visit.amount_paid > contents.total:
        yield _warning("29", "more is paid than charged.", Place.VISIT, "amount_paid")


def _dates(contents: Contents) -> Iterator[Problem]:
    visit, at = contents.visit, Place.VISIT
    for item, date, qualifier, known, field in (
        ("14", visit.onset_on, visit.onset_qualifier, _QUALIFIERS_OF_14, "onset"),
        ("15", visit.other_date, visit.other_date_qualifier, _QUALIFIERS_OF_15, "other_date"),
    ):
        if (date or qualifier) and (date is None or fold(qualifier) not in known):
            message = f"needs a date and one of {', '.join(sorted(known))}."
            yield _error(item, message, at, f"{field}_qualifier")
    yield from _range("16", visit.unable_to_work, "unable_to_work")
    yield from _range("18", visit.hospitalized, "hospitalized")
    born = contents.client.birth_date
    if born and born > visit.visited_on:
        message = "the client is born after the visit. Check the birth date."
        yield _error("3", message, Place.CLIENT, "birth_date")


def _range(item: str, dates: DateRange, field: str) -> Iterator[Problem]:
    if dates.since and dates.until and dates.until < dates.since:
        yield _error(item, "it ends before it began.", Place.VISIT, f"{field}_until")


def _referrer(contents: Contents) -> Iterator[Problem]:
    referrer = contents.visit.referrer
    if referrer is None:
        return
    if not referrer.npi:
        message = "the referrer has no NPI; most payers ask for it."
        yield _warning("17b", message, Place.VISIT, "referrer_npi")
    if referrer.other_id or referrer.other_id_qualifier:
        yield from _referrers_other_id(referrer)


def _referrers_other_id(referrer: Referrer) -> Iterator[Problem]:
    qualifier, field = fold(referrer.other_id_qualifier), "referrer_other_id_qualifier"
    if not (qualifier and fold(referrer.other_id)):
        message = "a number and its qualifier need each other. Enter both, or neither."
        yield _error("17a", message, Place.VISIT, field)
    elif qualifier not in _QUALIFIERS_OF_17A or (qualifier == "LU" and referrer.qualifier != "DQ"):
        message = f"{qualifier} can't stand here: 0B, 1G or G2 can, LU for a supervisor."
        yield _error("17a", message, Place.VISIT, field)


def _other_id(contents: Contents) -> Iterator[Problem]:
    qualifier, number, place, field = other_id_in_24j(contents)
    if place is not Place.MY_DETAILS or not field:
        return
    if not (qualifier and number):
        message = "a number and its qualifier need each other. Enter both, or neither."
        yield _error("24I", message, place, field)
    elif qualifier not in _QUALIFIERS_OF_24I:
        message = f"{qualifier} was retired with form 02/12. Choose G2 for a payer's number."
        yield _error("24I", message, place, field.replace("-number", "-qualifier"))


def _licenses(contents: Contents) -> Iterator[Problem]:
    for n, license in enumerate(contents.letterhead.clinician.licenses):
        if license.expires and license.expires < contents.visit.visited_on:
            message = f"License {license.number} had expired on the day of the visit."
            yield Problem("warning", "31", message, Place.MY_DETAILS, f"licenses-{n}-expires")
