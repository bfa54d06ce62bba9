"""A superbill or receipt in words: everything on it, written the way it prints. Pure.

The words are in the language frozen with the bill, so that it prints the same for good.
"""

from typing import TypedDict

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from letterhead.billing.contents import Contents, PolicyPicture
from letterhead.billing.superbill import charges
from letterhead.billing.superbill.charges import Line, balance
from letterhead.billing.superbill.days import long_date, short_date
from letterhead.billing.superbill.numbers_of import Fact, clinician_numbers, practice_numbers
from letterhead.billing.superbill.row import has_us_numbers, is_by_row, paper_of, row_of
from letterhead.billing.superbill.second import in_second_language
from letterhead.details.letterhead import BillingPractice, Clinician, PlaceOfCare
from letterhead.details.names import full_name, signed_on_paper, with_credentials
from letterhead.places.addresses import address_lines
from letterhead.places.choices import HOME, TELEHEALTH
from letterhead.ui.languages import speaking

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


class Words(TypedDict):
    """All that is printed, in the order in which it is read. `columns` are of `lines`."""

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
    layout: str
    columns: list[str]
    lines: list[Line]
    tax_note: str
    totals: list[Fact]
    settled: str
    signed: str
    signer: str
    receipt: str


def words(contents: Contents) -> Words:
    """All that a superbill says, in its own language whatever the reader's is."""
    is_american = paper_of(contents) == "us-letter"
    language = contents.language or ("en-US" if is_american else "en-GB")
    with speaking(language):
        return _words(contents, language)


def all_words(contents: Contents) -> list[Words]:
    """The words of each part of the paper: a second language repeats everything."""
    second = in_second_language(contents)
    return [words(contents), *([words(second)] if second else [])]


def _words(contents: Contents, language: str) -> Words:
    draft = not contents.number
    clinician, document = contents.letterhead.clinician, row_of(contents).document
    return Words(
        language=language,
        labels=_labels(contents),
        title=str(document.draft)
        if draft
        else _("%(title)s %(number)s") % {"title": document.title, "number": contents.number},
        number=contents.number,
        date=long_date(contents.issued_on, contents),
        paper=paper_of(contents),
        practice=_practice(contents),
        pay_to=_pay_to(contents),
        clinician=_clinician(contents),
        client=_client(contents),
        visit=_visit(contents),
        diagnoses=_diagnoses(contents),
        layout="by row" if is_by_row(contents) else "us form",
        columns=charges.columns(contents),
        lines=charges.rows(contents),
        tax_note=charges.tax_note(contents),
        totals=charges.totals(contents),
        settled=_settled(contents),
        signed=signed_on_paper(clinician),
        signer=_("Signature of provider, once issued") if draft else _signer(clinician),
        receipt=str(document.promise),
    )


def _labels(contents: Contents) -> dict[str, str]:
    """The words that every superbill has, by their names in superbill.typ, and the columns'."""
    row = row_of(contents)
    return {
        **charges.headings(contents),
        "superbill": str(row.document.title),
        "draft": _("Draft"),
        "logo": _("Logo"),
        "provider": _("Provider"),
        "client": _("Client"),
        "diagnoses": str(row.diagnoses),
        "visit": _("Visit"),
        "services": _("Services"),
        "pay_to": _("Pay to"),
        "page": _("Page {number} of {count}"),
    }


def _practice(contents: Contents) -> Party:
    practice = contents.letterhead.practice
    country = practice.address.country
    lines = address_lines(practice.address, at_home=country)
    if practice.legal_name and practice.legal_name != practice.name and is_by_row(contents):
        lines.insert(0, practice.legal_name)
    if practice.phone:
        lines.append(practice.phone.formatted)
    return Party(name=practice.name, lines=lines, facts=_filled(practice_numbers(contents)))


def _pay_to(contents: Contents) -> list[str]:
    """Where to send money; nothing where none is owed."""
    practice, is_owed = contents.letterhead.practice, balance(contents) > 0
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
    facts = clinician_numbers(contents)
    facts += [(phone.label, phone.formatted) for phone in clinician.phones if phone.print_on_bills]
    facts.append((_("Email"), clinician.contact_email))
    return Party(name=_and_credentials(name, clinician.credentials), lines=[], facts=_filled(facts))


def _client(contents: Contents) -> Party:
    client, payer = contents.client, contents.payer
    country = contents.letterhead.practice.address.country
    born = short_date(client.birth_date, contents) if client.birth_date else ""
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
    return short_date(insured.birth_date, contents)


def _diagnoses(contents: Contents) -> list[Fact]:
    """The diagnoses; with letters where services point to them, and on all US forms."""
    pointed = "pointers" in charges.columns(contents)
    letters = "ABCDEFGHIJKL" if pointed else [""] * 12
    return list(zip(letters, contents.visit.diagnoses, strict=False))


def _visit(contents: Contents) -> list[Fact]:
    location = contents.letterhead.location
    facts: list[Fact] = []
    if location:
        where = _away(contents) or _place(location, contents.letterhead.practice)
        facts.append((_("Location"), where))
        is_other = location.npi != contents.letterhead.practice.group_npi
        if location.npi and is_other and has_us_numbers(contents):
            facts.append((_("Location NPI"), location.npi))
    facts += _referrer(contents)
    facts.append((_("Authorization"), contents.visit.prior_authorization))
    return _filled(facts)


def _referrer(contents: Contents) -> list[Fact]:
    referrer, day = contents.visit.referrer, contents.visit.referred_on
    if not referrer:
        return []
    name = _and_credentials(full_name(referrer.name), referrer.credentials)
    label, number = _("Their NPI"), referrer.npi
    if is_by_row(contents):
        kind = row_of(contents).referrers_number
        label, number = str(kind.label), kind.written(referrer.npi)
    referred = short_date(day, contents) if day else ""
    return [
        (str(_REFERRED[referrer.qualifier]), name),
        (label, number),
        (_("Date of referral"), referred),
    ]


def _away(contents: Contents) -> str:
    """Return where the client was instead of at the location, if all lines say so."""
    location = contents.letterhead.location
    usual = location.place_of_service if location and is_by_row(contents) else ""
    places = {line.place_of_service.strip() or usual for line in contents.visit.lines}
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


def _settled(contents: Contents) -> str:
    """Whether, when and how it was paid, as far as that is known."""
    visit = contents.visit
    how = str(_PAID_BY.get(visit.payment_method or "", ""))
    when = short_date(visit.paid_on, contents) if visit.paid_on else ""
    if balance(contents) <= 0:
        said = _("Paid in full on %(date)s") % {"date": when} if when else _("Paid in full")
    elif when or how:
        said = _("Paid on %(date)s") % {"date": when} if when else _("Paid")
    else:
        return ""
    return _("%(paid)s, %(how)s") % {"paid": said, "how": how} if how else said


def _and_credentials(name: str, credentials: str) -> str:
    return _joined(", ", name, credentials)


def _joined(between: str, *parts: str) -> str:
    return between.join(part for part in parts if part)


def _filled(facts: list[Fact]) -> list[Fact]:
    return [fact for fact in facts if fact[1]]
