"""The CMS-1500 (02/12): from a claim's contents to the text of each box. Pure.

What prints is data that payers' machines read, the same in every language: it isn't translated.

Source: NUCC 1500 reference instruction manual, version 02/12; item numbers are the form's.
"""

from decimal import Decimal

from msgspec.structs import replace

from letterhead.billing.contents import (
    Contents,
    DateRange,
    InsuredPicture,
    PayerPicture,
    PolicyPicture,
    Referrer,
)
from letterhead.billing.problems import Place
from letterhead.claims.asked import (
    SAME,
    billing_named,
    billing_npi,
    billing_other_id,
    facility_of,
    follows_chapter_26,
    insured_named,
    insured_of,
    is_for_medicare,
    is_medicare_first,
    member_id,
    other_id_in_24j,
    other_plan_of,
    patient_named,
)
from letterhead.claims.grid import BOXES, LETTERS, LINES_PER_FORM, Key
from letterhead.claims.texts import (
    Printed,
    Writer,
    city_state_zip,
    code,
    date_in_gaps,
    phone_parts,
    same_address,
    street,
)
from letterhead.details.names import signature
from letterhead.texts.claim_letters import fold

SIGNATURE_ON_FILE = "SIGNATURE ON FILE"

_BOX_OF_ITEM_1 = {
    "medicare": "Medicare X",
    "medicaid": "Medicaid X",
    "tricare": "TRICARE X",
    "champva": "CHAMPVA X",
    "group": "Group health plan X",
    "feca": "FECA or black lung X",
    "other": "Other X",
}


class DoesNotFit(Exception):
    """A value is longer than its box or has odd characters: nothing is ever cut."""

    def __init__(self, printed: Printed) -> None:
        super().__init__(f"Item {printed.item}, {printed.field_of_form}: “{printed.text}”")
        self.printed = printed


def fill(contents: Contents) -> tuple[dict[Key, str], ...]:
    """The text of every box, one dict for each form: six service lines each, more forms for more.

    Keys are (item, field) as in grid.csv; empty boxes are left out. Raises DoesNotFit
    rather than cut a value; it can't if `readiness.refused` finds nothing.
    """
    return tuple({v.key: v.text for v in map(_fitting, form)} for form in forms(contents))


def forms(contents: Contents) -> tuple[tuple[Printed, ...], ...]:
    """All values of each form, with where they were entered, whether they fit or not."""
    lines, paid = contents.visit.lines, contents.visit.amount_paid
    written = []
    for first in range(0, max(len(lines), 1), LINES_PER_FORM):
        last = first + LINES_PER_FORM
        total = sum((line.charge for line in lines[first:last]), Decimal(0))
        paid_here = paid if last >= len(lines) else min(paid, total)
        paid -= paid_here
        written.append(_form(contents, first, total, paid_here))
    return tuple(written)


def _fitting(printed: Printed) -> Printed:
    if not printed.fits:
        raise DoesNotFit(printed)
    return printed


def _form(contents: Contents, first: int, total: Decimal, paid: Decimal) -> tuple[Printed, ...]:
    write = Writer()
    if contents.payer:
        _payer(write, contents.payer)
    _client(write, contents)
    if contents.policy:
        _policy(write, contents, contents.policy)
    _visit(write, contents)
    if contents.visit.referrer:
        _referrer(write, contents.visit.referrer, contents.payer)
    _service_lines(write, contents, first)
    _claim(write, contents, total, paid)
    _rendering_provider(write, contents)
    _service_facility(write, contents)
    _billing_provider(write, contents)
    return tuple(write.values)


def _payer(write: Writer, payer: PayerPicture) -> None:
    write.at = Place.PAYER
    write("carrier", "payer name", fold(payer.name), "name")
    write("carrier", "payer address line 1", fold(payer.address.line1), "line1")
    write("carrier", "payer address line 2", fold(payer.address.line2), "line2")
    write("carrier", "payer city state zip", city_state_zip(payer.address), "city")
    write("1", _BOX_OF_ITEM_1[payer.kind], "X", "kind")


def _client(write: Writer, contents: Contents) -> None:
    name, write.at, name_field = patient_named(contents)
    write("2", "patient name", name, name_field)
    client, write.at = contents.client, Place.CLIENT
    write.date("3", "birth", client.birth_date, "birth_date")
    write.sex("3", "", client.sex, "sex")
    write.address("5", "patient", client.address, client.phone, "")
    write.at = Place.POLICY
    if contents.policy and contents.policy.client_signature_on_file:
        write("12", "patient signature", SIGNATURE_ON_FILE, "client_signature_on_file")
    elif contents.policy and contents.policy.client_signed_on:
        signed_on = " ".join(date_in_gaps(contents.policy.client_signed_on))
        write("12", "patient signature date", signed_on, "client_signed_on")


def _policy(write: Writer, contents: Contents, policy: PolicyPicture) -> None:
    write.at = Place.POLICY
    write("1a", "insured ID number", member_id(contents), "member_id")
    insured = insured_of(contents)
    if insured:
        name, write.at, name_field = insured_named(contents)
        write("4", "insured name", name, name_field)
        write.at = Place.POLICY if policy.insured else Place.CLIENT
        _insured(write, contents, insured, "insured_" if policy.insured else "")
        write.at = Place.POLICY
        write("6", f"relationship {policy.relationship} X", "X", "relationship")
    group = code(policy.group_number) or ("NONE" if is_for_medicare(contents) else "")
    write("11", "insured policy group or FECA number", group, "group_number")
    if not is_medicare_first(contents) or contents.version == 1:
        claim_id = fold(policy.other_claim_id)
        qualifier = fold(policy.other_claim_qualifier)
        write("11b", "other claim ID qualifier", qualifier, "other_claim_id")
        write("11b", "other claim ID", claim_id, "other_claim_id")
        write("11c", "insurance plan name", fold(policy.plan_name), "plan_name")
        if not follows_chapter_26(contents):
            write.yes_or_no("11d", "another plan", policy.another_plan, "another_plan")
    if other := other_plan_of(contents):
        write("9", "other insured name", other.insured, "other_insured_last_name")
        write("9a", "other insured policy or group", other.number, "other_policy_number")
        write("9d", "other insurance plan name", other.plan, other.plan_field)
    if policy.benefits_assigned:
        write("13", "insured signature", SIGNATURE_ON_FILE, "benefits_assigned")


def _insured(write: Writer, contents: Contents, insured: InsuredPicture, prefix: str) -> None:
    """Items 7 and 11a; for Medicare SAME or nothing where they would repeat 5 and 3."""
    client, can_be_same = contents.client, follows_chapter_26(contents)
    if can_be_same and same_address(insured.address, client.address):
        write("7", "insured street", SAME, f"{prefix}line1")
    else:
        write.address("7", "insured", insured.address, insured.phone, prefix)
    if prefix or not can_be_same:
        write.date("11a", "insured birth", insured.birth_date, f"{prefix}birth_date")
        write.sex("11a", "insured ", insured.sex, f"{prefix}sex")


def _visit(write: Writer, contents: Contents) -> None:
    write.at = Place.VISIT
    visit = contents.visit
    write.yes_or_no("10a", "employment", visit.employment_related, "employment_related")
    write.yes_or_no("10b", "auto accident", visit.auto_accident, "auto_accident")
    if visit.auto_accident:
        state = fold(visit.auto_accident_state)
        write("10b", "accident state", state, "auto_accident_state")
    write.yes_or_no("10c", "other accident", visit.other_accident, "other_accident")
    claim_codes = fold(visit.claim_codes, keep_blanks=True)
    write("10d", "claim codes", claim_codes, "claim_codes")
    write.short_date("14", "onset", visit.onset_on, "onset_on")
    if not is_for_medicare(contents):  # takes the date alone, and nothing in item 15
        write("14", "onset qualifier", fold(visit.onset_qualifier), "onset_qualifier")
        qualifier = fold(visit.other_date_qualifier)
        write("15", "other date qualifier", qualifier, "other_date_qualifier")
        write.short_date("15", "other date", visit.other_date, "other_date")
    _range(write, "16", "unable to work", visit.unable_to_work, "unable_to_work")
    _range(write, "18", "hospital", visit.hospitalized, "hospitalized")
    _additional_information(write, visit.additional_information)
    write.yes_or_no("20", "outside lab", visit.outside_lab_charge is not None, "outside_lab_charge")
    if visit.outside_lab_charge is not None:
        write.money("20", "outside lab", visit.outside_lab_charge, "outside_lab_charge")
    write("21", "ICD indicator", "0" if visit.diagnoses else "", "diagnoses-0-code")
    for n, diagnosis in enumerate(visit.diagnoses):
        letter = LETTERS[n] if n < len(LETTERS) else str(n + 1)
        write("21", f"diagnosis {letter}", code(diagnosis), f"diagnoses-{n}-code")


def _range(write: Writer, item: str, what: str, dates: DateRange, field: str) -> None:
    write.short_date(item, f"{what} from", dates.since, f"{field}_since")
    write.short_date(item, f"{what} to", dates.until, f"{field}_until")


def _additional_information(write: Writer, typed: str) -> None:
    """Item 19: its full-width second line first; beside the title only what is too long for it."""
    text = fold(typed, keep_blanks=True)
    first, second = "", text
    if len(text) > BOXES["19", "additional claim information second line"].width:
        width = BOXES["19", "additional claim information first line"].width
        blank = text.rfind(" ", 0, width + 1)
        whole_words = blank > 0 and len(text[blank:].strip()) <= len(text) - width
        end = blank if whole_words else width
        first, second = text[:end].rstrip(), text[end:].lstrip()
    write("19", "additional claim information first line", first, "additional_information")
    write("19", "additional claim information second line", second, "additional_information")


def _referrer(write: Writer, referrer: Referrer, payer: PayerPicture | None) -> None:
    name = referrer.name
    initial = fold(name.middle)[:1]
    whole = (name.first, initial, name.last, name.suffix, referrer.credentials)
    write("17", "referring qualifier", referrer.qualifier, "referrer_qualifier")
    write("17", "referring name", fold(" ".join(whole)), "referrer_last_name")
    write("17b", "referring NPI", code(referrer.npi), "referrer_npi")
    if payer is None or payer.kind != "medicare":
        qualifier = fold(referrer.other_id_qualifier)
        write("17a", "referring other ID qualifier", qualifier, "referrer_other_id_qualifier")
        write("17a", "referring other ID", code(referrer.other_id), "referrer_other_id")


def _service_lines(write: Writer, contents: Contents, first: int) -> None:
    clinician, payer = contents.letterhead.clinician, contents.payer
    qualifier, other_id, entered_at, other_id_field = other_id_in_24j(contents)
    only_if_other = payer is not None and payer.npi_in_24j == "unless same as 33a"
    npi = code(clinician.npi)
    if only_if_other and npi == code(billing_npi(contents)[0]):
        npi = ""
    shown = contents.visit.lines[first : first + LINES_PER_FORM]
    if is_for_medicare(contents):  # has nothing in 24H
        shown = tuple(replace(line, epsdt_reason="", family_plan=False) for line in shown)
    for row, line in enumerate(shown, start=1):
        write.at = Place.VISIT
        write.service_line(row, line, f"lines-{first + row - 1}-")
        write.at = entered_at
        write("24I", f"line {row} other ID qualifier shaded", qualifier, other_id_field)
        write("24J", f"line {row} other ID shaded", other_id, other_id_field)
        write.at = Place.MY_DETAILS
        write("24J", f"line {row} rendering NPI", npi, "npi")


def _claim(write: Writer, contents: Contents, total: Decimal, paid: Decimal) -> None:
    visit = contents.visit
    if not is_for_medicare(contents):  # corrects by reopening, and wants the item blank
        write.at = Place.CORRECTION
        resubmission, original = fold(visit.resubmission_code), fold(visit.original_reference)
        write("22", "resubmission code", resubmission, "resubmission_code")
        write("22", "original reference number", original, "original_reference")
        write.at = Place.VISIT
    authorization = code(visit.prior_authorization)
    write("23", "prior authorization number", authorization, "prior_authorization")
    write("26", "patient account number", code(visit.account_number), "account_number")
    write.yes_or_no("27", "accept assignment", visit.accept_assignment, "accept_assignment")
    write.money("28", "total charge", total, "lines-0-charge")
    write.money("29", "amount paid", paid, "amount_paid")


def _rendering_provider(write: Writer, contents: Contents) -> None:
    write.at = Place.MY_DETAILS
    clinician = contents.letterhead.clinician
    signed = signature(clinician)
    field = "short_signature" if clinician.signature == "short" else "signature"
    write("31", "signature with degrees or credentials", signed, field)
    signed_on = " ".join(date_in_gaps(contents.issued_on)) if signed else ""
    write("31", "signature date", signed_on, field)


def _service_facility(write: Writer, contents: Contents) -> None:
    if (facility := facility_of(contents)) is None:
        return
    location, write.at = facility
    write("32", "service facility name", fold(location.name), "name")
    write("32", "service facility street", street(location.address), "line1")
    write("32", "service facility city state zip", city_state_zip(location.address), "city")
    if code(location.npi) != code(billing_npi(contents)[0]):
        write("32a", "service facility NPI", code(location.npi), "npi")
    if location.other_id:
        other_id = f"{location.other_id_qualifier}{code(location.other_id)}"
        write("32b", "service facility other ID", other_id, "other_id")


def _billing_provider(write: Writer, contents: Contents) -> None:
    practice = contents.letterhead.practice
    write.at = Place.BILLING
    if practice.tax_id:
        write("25", "federal tax ID", code(practice.tax_id.number), "tax_id")
        kind = "EIN" if practice.tax_id.kind == "EIN" else "SSN"  # payers take an ITIN there
        write("25", f"{kind} X", "X", "tax_id_kind")
    npi, npi_field = billing_npi(contents)
    write("33a", "billing NPI", code(npi), npi_field)
    other_id, write.at, other_id_field = billing_other_id(contents)
    write("33b", "billing other ID", other_id, other_id_field)
    name, write.at, name_field = billing_named(contents)
    write("33", "billing name", name, name_field)
    write.at = Place.PRACTICE
    write("33", "billing street", street(practice.address), "line1")
    write("33", "billing city state zip", city_state_zip(practice.address), "city")
    area, number = phone_parts(practice.phone.number if practice.phone else "")
    write("33", "billing phone area", area, "phone")
    write("33", "billing phone number", number, "phone")
