"""A superbill in words: everything that stands on it, written the way it is printed. Pure."""

import datetime as dt
from decimal import Decimal
from typing import TypedDict

from letterhead.billing.contents import Contents, PolicyPicture, ServiceLinePicture
from letterhead.details.letterhead import (
    BillingPractice,
    Clinician,
    License,
    TaxId,
)
from letterhead.details.names import full_name, signed_on_paper, with_credentials
from letterhead.numbers.ids import show_tax_id
from letterhead.places.addresses import address_lines
from letterhead.places.countries import state_letters

Fact = tuple[str, str]

RECEIPT = "This is a receipt for services, not a claim. It promises no payment by any insurer."
OTHER_IDS = {
    "0B": "State license",
    "1G": "UPIN",
    "G2": "Provider number",
    "LU": "Location number",
    "ZZ": "Taxonomy",
}
_REFERRED = {"DN": "Referred by", "DK": "Ordered by", "DQ": "Supervised by"}


class Party(TypedDict):
    """Whose name stands at the head of a block, and what is told about them."""

    name: str
    lines: list[str]
    facts: list[Fact]


class Line(TypedDict):
    """One row of the table of services."""

    date: str
    place: str
    code: str
    modifiers: str
    pointers: str
    description: str
    units: str
    charge: str


class Words(TypedDict):
    """All that is printed, in the order in which it is read."""

    title: str
    number: str
    date: str
    paper: str
    practice: Party
    pay_to: list[str]
    clinician: Party
    client: Party
    visit: list[Fact]
    diagnoses: list[Fact]
    lines: list[Line]
    totals: list[Fact]
    settled: str
    signed: str
    signer: str
    receipt: str


def words(contents: Contents) -> Words:
    """Write all that a superbill says."""
    at_home = contents.letterhead.practice.address.country
    draft = not contents.number
    clinician = contents.letterhead.clinician
    return Words(
        title="Superbill, draft" if draft else f"Superbill {contents.number}",
        number=contents.number,
        date=long_date(contents.issued_on, at_home),
        paper="us-letter" if at_home in {"US", "CA"} else "a4",
        practice=_practice(contents),
        pay_to=_pay_to(contents.letterhead.practice),
        clinician=_clinician(contents),
        client=_client(contents),
        visit=_visit(contents),
        diagnoses=list(zip("ABCDEFGHIJKL", contents.visit.diagnoses, strict=False)),
        lines=[_line(line, contents) for line in contents.visit.lines],
        totals=_totals(contents),
        settled="Paid in full" if contents.visit.amount_paid >= contents.total else "",
        signed="" if draft else signed_on_paper(clinician),
        signer="Signature of provider" if draft else _signer(clinician),
        receipt=RECEIPT,
    )


def long_date(day: dt.date, country: str) -> str:
    """Write the date of a document: November 26, 2026 in the US, 26 November 2026 elsewhere."""
    return (
        f"{day:%B} {day.day}, {day.year}" if country == "US" else f"{day.day} {day:%B} {day.year}"
    )


def short_date(day: dt.date, country: str) -> str:
    """Write a date among others: 11/26/2026 in the US, 26 Nov 2026 elsewhere."""
    us = f"{day.month:02}/{day.day:02}/{day.year:04}"
    return us if country == "US" else f"{day.day} {day:%b} {day.year}"


def money(amount: Decimal, currency: str) -> str:
    """Write an amount with its currency: $1,234.50, EUR 1,234.50."""
    return f"${amount:,.2f}" if currency == "USD" else f"{currency} {amount:,.2f}"


def license_for(contents: Contents) -> License | None:
    """Give the license that prints: the client's state's, else the first that is to be printed.

    Of several for that state one that still holds goes before one that has expired.
    """
    printable = [one for one in contents.letterhead.clinician.licenses if one.print_on_superbill]
    here = [one for one in printable if is_of_state(one, contents.client.address.state)]
    valid = [one for one in here if not (one.expires and one.expires < contents.issued_on)]
    return next(iter(valid or here or printable), None)


def is_of_state(license: License, state: str) -> bool:
    """Say whether a license is of a state, by its letters or its name; none is of no state."""
    return bool(state.strip()) and state_letters(license.state) == state_letters(state)


def _practice(contents: Contents) -> Party:
    practice = contents.letterhead.practice
    country = practice.address.country
    lines = address_lines(practice.address, at_home=country)
    if practice.phone:
        lines.append(practice.phone.formatted)
    return Party(name=practice.name, lines=lines, facts=_practice_numbers(contents))


def _practice_numbers(contents: Contents) -> list[Fact]:
    practice, clinician = contents.letterhead.practice, contents.letterhead.clinician
    facts: list[Fact] = []
    if practice.npi_type == "organization":
        facts.append(("Group NPI", practice.group_npi))
    elif practice.holder_npi != clinician.npi:
        facts.append((f"NPI of {full_name(practice.holder)}", practice.holder_npi))
    facts.append(_tax_fact(practice.tax_id))
    if practice.taxonomy not in _taxonomies(contents):
        facts.append(("Taxonomy", practice.taxonomy))
    return _told(facts)


def _pay_to(practice: BillingPractice) -> list[str]:
    if practice.remit_to is None:
        return []
    return address_lines(practice.remit_to, at_home=practice.address.country)


def _signer(clinician: Clinician) -> str:
    """Name who signed, where the signature itself may not be readable."""
    if not clinician.paper_signature or clinician.paper_signature.kind == "typed":
        return "Signature of provider"
    return f"Signature of provider: {with_credentials(clinician)}"


def _clinician(contents: Contents) -> Party:
    clinician = contents.letterhead.clinician
    name = _joined(" ", clinician.title, full_name(clinician.name))
    facts = [(clinician.npi_label or "NPI", clinician.npi)]
    printed = license_for(contents)
    if printed:
        number = _joined(" ", printed.state, printed.number)
        facts.append(("License", _joined(", ", printed.type, number)))
    facts += [
        (OTHER_IDS.get(other.qualifier, other.qualifier), other.number)
        for other in clinician.other_ids
        if is_for_payer(other.payer, contents) and not repeats(other.number, printed)
    ]
    if clinician.tax_id_on_bills:
        facts.append(_tax_fact(clinician.tax_id))
    facts += [(phone.label, phone.formatted) for phone in clinician.phones if phone.print_on_bills]
    facts.append(("Email", clinician.contact_email))
    return Party(name=_and_credentials(name, clinician.credentials), lines=[], facts=_told(facts))


def _client(contents: Contents) -> Party:
    client, payer = contents.client, contents.payer
    country = contents.letterhead.practice.address.country
    facts = [("Birth date", short_date(client.birth_date, country) if client.birth_date else "")]
    if payer:
        facts.append(("Payer", payer.name))
    if contents.policy:
        facts += _policy(contents.policy)
    return Party(
        name=full_name(client.name),
        lines=address_lines(client.address, at_home=country),
        facts=_told(facts),
    )


def _policy(policy: PolicyPicture) -> list[Fact]:
    facts = [
        ("Member ID", policy.member_id),
        ("Policy group", policy.group_number),
        ("Plan", policy.plan_name),
    ]
    if policy.insured:
        of_client = {"self": "", "other": "other relation"}.get(
            policy.relationship, f"client is {policy.relationship}"
        )
        facts.append(("Insured", _joined(", ", full_name(policy.insured.name), of_client)))
    return facts


def _visit(contents: Contents) -> list[Fact]:
    location, referrer = contents.letterhead.location, contents.visit.referrer
    facts: list[Fact] = []
    if location:
        facts.append(("Location", location.name))
        if location.npi and location.npi != contents.letterhead.practice.group_npi:
            facts.append(("Location NPI", location.npi))
    if referrer:
        name = _and_credentials(full_name(referrer.name), referrer.credentials)
        facts += [(_REFERRED[referrer.qualifier], name), ("Their NPI", referrer.npi)]
    facts.append(("Authorization", contents.visit.prior_authorization))
    return _told(facts)


def _line(line: ServiceLinePicture, contents: Contents) -> Line:
    practice = contents.letterhead.practice
    country = practice.address.country
    days = [line.service_on, line.until or line.service_on]
    return Line(
        date=" – ".join(dict.fromkeys(short_date(day, country) for day in days)),
        place=line.place_of_service,
        code=line.code,
        modifiers=" ".join(line.modifiers),
        pointers=" ".join(line.pointers),
        description=line.description,
        units=f"{line.units.normalize():f}",
        charge=money(line.charge, practice.currency),
    )


def _totals(contents: Contents) -> list[Fact]:
    currency = contents.letterhead.practice.currency
    balance = contents.total - contents.visit.amount_paid
    return [
        ("Total", money(contents.total, currency)),
        ("Paid", money(contents.visit.amount_paid, currency)),
        ("Credit" if balance < 0 else "Balance", money(abs(balance), currency)),
    ]


def _tax_fact(tax_id: TaxId | None) -> Fact:
    if tax_id is None:
        return "", ""
    kind = "" if tax_id.kind == "TIN" else f" ({tax_id.kind})"
    return f"Tax ID{kind}", show_tax_id(tax_id.number, tax_id.kind)


def is_for_payer(payer: int | None, contents: Contents) -> bool:
    return payer is None or (contents.payer is not None and payer == contents.payer.id)


def repeats(number: str, printed: License | None) -> bool:
    return printed is not None and printed.number == number


def _taxonomies(contents: Contents) -> set[str]:
    others = contents.letterhead.clinician.other_ids
    return {o.number for o in others if o.qualifier == "ZZ" and is_for_payer(o.payer, contents)}


def _and_credentials(name: str, credentials: str) -> str:
    return _joined(", ", name, credentials)


def _joined(between: str, *parts: str) -> str:
    return between.join(part for part in parts if part)


def _told(facts: list[Fact]) -> list[Fact]:
    return [fact for fact in facts if fact[1]]
