"""A superbill in words: everything on it, written the way it prints. Pure.

The words are in the language frozen with the bill, so that it prints the same for good.
"""

import datetime as dt
from decimal import Decimal
from typing import TypedDict

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from letterhead.billing.contents import Contents, PolicyPicture, ServiceLinePicture, VisitPicture
from letterhead.countries.money import money
from letterhead.details.letterhead import (
    Address,
    BillingPractice,
    Clinician,
    License,
    OtherIdNumber,
    PlaceOfCare,
    TaxId,
)
from letterhead.details.names import full_name, signed_on_paper, with_credentials
from letterhead.numbers.ids import show_tax_id
from letterhead.places.address_forms import read_state
from letterhead.places.addresses import address_lines
from letterhead.places.choices import HOME, TELEHEALTH
from letterhead.places.countries import state_letters
from letterhead.ui.languages import speaking

Fact = tuple[str, str]

_OTHER_IDS = {
    "0B": gettext_lazy("State license"),
    "1G": gettext_lazy("UPIN"),
    "G2": gettext_lazy("Provider number"),
    "LU": gettext_lazy("Location number"),
    "ZZ": gettext_lazy("Taxonomy"),
}
_TAXONOMY = "ZZ"
_REFERRED = {
    "DN": gettext_lazy("Referred by"),
    "DK": gettext_lazy("Ordered by"),
    "DQ": gettext_lazy("Supervised by"),
}
_RELATIONS = {
    "self": "",
    "spouse": gettext_lazy("client is spouse"),
    "child": gettext_lazy("client is child"),
    "other": gettext_lazy("other relation"),
}


_PAID_BY = {
    "cash": gettext_lazy("in cash"),
    "check": gettext_lazy("by check"),
    "card": gettext_lazy("by card"),
    "transfer": gettext_lazy("by bank transfer"),
    "other": gettext_lazy("by other means"),
}


class Party(TypedDict):
    """The name at the head of a block, and the facts below it."""

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

    language: str
    labels: dict[str, str]
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
    """All that a superbill says, in its own language whatever the reader's is."""
    letter_size = contents.letterhead.practice.address.country in {"US", "CA"}
    paper = "us-letter" if letter_size else "a4"
    language = contents.language or ("en-US" if letter_size else "en-GB")
    with speaking(language):
        return _words(contents, language, paper)


def _words(contents: Contents, language: str, paper: str) -> Words:
    at_home = contents.letterhead.practice.address.country
    draft = not contents.number
    clinician = contents.letterhead.clinician
    return Words(
        language=language,
        labels=_labels(),
        title=_("Superbill, draft")
        if draft
        else _("Superbill %(number)s") % {"number": contents.number},
        number=contents.number,
        date=long_date(contents.issued_on, at_home),
        paper=paper,
        practice=_practice(contents),
        pay_to=_pay_to(contents),
        clinician=_clinician(contents),
        client=_client(contents),
        visit=_visit(contents),
        diagnoses=list(zip("ABCDEFGHIJKL", contents.visit.diagnoses, strict=False)),
        lines=[_line(line, contents) for line in contents.visit.lines],
        totals=_totals(contents),
        settled=_settled(contents),
        signed=signed_on_paper(clinician),
        signer=_("Signature of provider, once issued") if draft else _signer(clinician),
        receipt=_(
            "This is a receipt for services, not a claim. It promises no payment by any insurer."
        ),
    )


def _labels() -> dict[str, str]:
    """The words that every superbill has, by their names in superbill.typ."""
    return {
        "superbill": _("Superbill"),
        "draft": _("Draft"),
        "logo": _("Logo"),
        "provider": _("Provider"),
        "client": _("Client"),
        "diagnoses": _("Diagnoses (ICD-10-CM)"),
        "visit": _("Visit"),
        "services": _("Services"),
        "date": _("Date"),
        "place": _("Place"),
        "code": _("CPT/HCPCS"),
        "modifiers": _("Modifiers"),
        "service": _("Service"),
        "diagnosis": _("Diagnosis"),
        "units": _("Units"),
        "charge": _("Charge"),
        "pay_to": _("Pay to"),
        "page": _("Page {number} of {count}"),
    }


def long_date(day: dt.date, country: str) -> str:
    """Write the date of a document: November 26, 2026 in the US, 26 November 2026 elsewhere."""
    return date_format(day, "F j, Y" if country == "US" else "j F Y")


def short_date(day: dt.date, country: str) -> str:
    """Write a date among others: 11/26/2026 in the US, 26 Nov 2026 elsewhere."""
    return date_format(day, "m/d/Y" if country == "US" else "j M Y")


def license_for(contents: Contents) -> License | None:
    """The license that prints: for the client's state, else the first with “Print on superbill”.

    Valid ones go before expired ones; on bills of version 1, only among those for that state.
    """
    printable = [one for one in contents.letterhead.clinician.licenses if one.print_on_superbill]
    here = [one for one in printable if is_of_state(one, contents.client.address)]
    if contents.version > 1:
        printable.sort(key=lambda one: has_expired(one, contents))
    here.sort(key=lambda one: has_expired(one, contents))
    return next(iter(here or printable), None)


def has_expired(license: License, contents: Contents) -> bool:
    """Whether a license had expired by the day a bill was issued."""
    return license.expires is not None and license.expires < contents.issued_on


def is_of_state(license: License, address: Address) -> bool:
    """Whether a license is for the state of an address, by its letters or its name."""
    state, country = address.state, address.country
    if not state.strip():
        return False
    if country == "US":
        return state_letters(license.state) == state_letters(state)
    known = (read_state(each, country=country) or each for each in (license.state, state))
    return len({each.strip().casefold() for each in known}) == 1


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
        facts.append((_("Group NPI"), practice.group_npi))
    elif practice.holder_npi != clinician.npi:
        label = _("NPI of %(name)s") % {"name": full_name(practice.holder)}
        facts.append((label, practice.holder_npi))
    facts.append(_tax_fact(practice.tax_id))
    if practice.taxonomy not in _taxonomies(contents):
        facts.append((_("Taxonomy"), practice.taxonomy))
    return _filled(facts)


def _pay_to(contents: Contents) -> list[str]:
    """Where to send money; nothing where none is owed."""
    practice, is_owed = contents.letterhead.practice, _balance(contents) > 0
    if practice.remit_to is None or not (is_owed or contents.version == 1):
        return []
    return address_lines(practice.remit_to, at_home=practice.address.country)


def _signer(clinician: Clinician) -> str:
    """Who signed, in case the signature itself isn't readable."""
    if not clinician.paper_signature or clinician.paper_signature.kind == "typed":
        return _("Signature of provider")
    return _("Signature of provider: %(name)s") % {"name": with_credentials(clinician)}


def _clinician(contents: Contents) -> Party:
    clinician = contents.letterhead.clinician
    name = _joined(" ", clinician.title, full_name(clinician.name))
    facts = [(clinician.npi_label or _("NPI"), clinician.npi)]
    printed = license_for(contents)
    if printed:
        number = _joined(" ", printed.state, printed.number)
        facts.append((_("License"), _joined(", ", printed.type, number)))
    facts += [
        (str(_OTHER_IDS.get(other.qualifier, other.qualifier)), other.number)
        for _n, other in other_ids_of(contents)
    ]
    if clinician.tax_id_on_bills:
        facts.append(_tax_fact(clinician.tax_id))
    facts += [(phone.label, phone.formatted) for phone in clinician.phones if phone.print_on_bills]
    facts.append((_("Email"), clinician.contact_email))
    return Party(name=_and_credentials(name, clinician.credentials), lines=[], facts=_filled(facts))


def _client(contents: Contents) -> Party:
    client, payer = contents.client, contents.payer
    country = contents.letterhead.practice.address.country
    born = short_date(client.birth_date, country) if client.birth_date else ""
    facts = [(_("Birth date"), born)]
    if payer:
        facts.append((_("Payer"), payer.name))
    if contents.policy:
        facts += _policy(contents.policy)
        facts.append((_("Their birth date"), _insureds_birth(contents)))
    return Party(
        name=full_name(client.name),
        lines=address_lines(client.address, at_home=country),
        facts=_filled(facts),
    )


def _policy(policy: PolicyPicture) -> list[Fact]:
    facts = [
        (_("Member ID"), policy.member_id),
        (_("Policy group"), policy.group_number),
        (_("Plan"), policy.plan_name),
    ]
    if policy.insured:
        relation = str(_RELATIONS[policy.relationship])
        name = policy.insured.organization or full_name(policy.insured.name)
        facts.append((_("Insured"), _joined(", ", name, relation)))
    return facts


def _insureds_birth(contents: Contents) -> str:
    insured = contents.policy and contents.policy.insured
    if not (insured and insured.birth_date) or contents.version == 1:
        return ""
    return short_date(insured.birth_date, contents.letterhead.practice.address.country)


def _visit(contents: Contents) -> list[Fact]:
    location, referrer = contents.letterhead.location, contents.visit.referrer
    facts: list[Fact] = []
    if location:
        where = _away(contents) or _place(location, contents.letterhead.practice)
        facts.append((_("Location"), where))
        if location.npi and location.npi != contents.letterhead.practice.group_npi:
            facts.append((_("Location NPI"), location.npi))
    if referrer:
        name = _and_credentials(full_name(referrer.name), referrer.credentials)
        facts += [(str(_REFERRED[referrer.qualifier]), name), (_("Their NPI"), referrer.npi)]
    facts.append((_("Authorization"), contents.visit.prior_authorization))
    return _filled(facts)


def _away(contents: Contents) -> str:
    """Return where the client was instead of at the location, if all lines say so."""
    places = {line.place_of_service.strip() for line in contents.visit.lines}
    if contents.version == 1 or not places:  # issued before: as it was
        return ""
    if places <= TELEHEALTH:
        return _("Telehealth")
    return _("The client’s home") if places <= {HOME} else ""


def _place(location: PlaceOfCare, practice: BillingPractice) -> str:
    """Return the location's name, with its address where that isn't the practice's."""
    lines = address_lines(location.address, at_home=practice.address.country)
    elsewhere = lines if location.address != practice.address else []
    return _joined(", ", location.name, *elsewhere)


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
        charge=_money(line.charge, contents),
    )


def _totals(contents: Contents) -> list[Fact]:
    balance = _balance(contents)
    return [
        (_("Total"), _money(contents.total, contents)),
        (_("Paid"), _money(contents.visit.amount_paid, contents)),
        (_("Credit") if balance < 0 else _("Balance"), _money(abs(balance), contents)),
    ]


def _money(amount: Decimal, contents: Contents) -> str:
    practice = contents.letterhead.practice
    return money(amount, practice.currency, country=practice.address.country)


def _balance(contents: Contents) -> Decimal:
    return contents.total - contents.visit.amount_paid


def _settled(contents: Contents) -> str:
    """Whether, when and how it was paid, as far as that is known."""
    visit = contents.visit
    how = str(_PAID_BY.get(visit.payment_method or "", ""))
    when = _paid_on(visit, contents.letterhead.practice.address.country)
    if _balance(contents) <= 0:
        said = _("Paid in full on %(date)s") % {"date": when} if when else _("Paid in full")
    elif when or how:
        said = _("Paid on %(date)s") % {"date": when} if when else _("Paid")
    else:
        return ""
    return _("%(paid)s, %(how)s") % {"paid": said, "how": how} if how else said


def _paid_on(visit: VisitPicture, country: str) -> str:
    return short_date(visit.paid_on, country) if visit.paid_on else ""


def _tax_fact(tax_id: TaxId | None) -> Fact:
    if tax_id is None:
        return "", ""
    kind = tax_id.kind
    label = _("Tax ID") if kind == "TIN" else _("Tax ID (%(kind)s)") % {"kind": kind}
    return label, show_tax_id(tax_id.number, kind)


def other_ids_of(contents: Contents) -> list[tuple[int, OtherIdNumber]]:
    """The clinician's other IDs that print, each with its place in My Details: taxonomy first.

    Of several taxonomies the one for this payer prints, else the first for any payer, as in 24J.
    """
    payer, printed = contents.payer, license_for(contents)
    for_whom = {None, payer.id if payer else None}
    here = [
        (n, other)
        for n, other in enumerate(contents.letterhead.clinician.other_ids)
        if other.payer in for_whom and not (printed and printed.number == other.number)
    ]
    if contents.version == 1:
        return here
    taxonomies = [(n, other) for n, other in here if other.qualifier == _TAXONOMY]
    taxonomies.sort(key=lambda found: found[1].payer is None)
    return taxonomies[:1] + [(n, other) for n, other in here if other.qualifier != _TAXONOMY]


def _taxonomies(contents: Contents) -> set[str]:
    return {other.number for _n, other in other_ids_of(contents) if other.qualifier == _TAXONOMY}


def _and_credentials(name: str, credentials: str) -> str:
    return _joined(", ", name, credentials)


def _joined(between: str, *parts: str) -> str:
    return between.join(part for part in parts if part)


def _filled(facts: list[Fact]) -> list[Fact]:
    return [fact for fact in facts if fact[1]]
