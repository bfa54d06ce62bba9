"""All that a bill or claim prints, frozen when it is issued.

Composed again each time someone opens a draft; stored once at issue and read back for good. Tax IDs
aren't in the frozen text that SQL can read: they are stored encrypted, next to it.
"""

import datetime as dt
from decimal import Decimal
from typing import Literal, TypeAlias

import msgspec

from letterhead.details.letterhead import Address, Frozen, Letterhead, PersonName, TaxId
from letterhead.encryption.fields import is_unreadable

PaymentMethod: TypeAlias = Literal["cash", "check", "card", "transfer", "other"]


class ClientPicture(Frozen, kw_only=True):
    """The client (the form's patient); `sex` is M, F or empty for unknown."""

    id: int
    name: PersonName
    birth_date: dt.date | None = None
    sex: Literal["M", "F", ""] = ""
    address: Address = Address()
    phone: str = ""  # E.164
    email: str = ""


class InsuredPicture(Frozen, kw_only=True):
    """The insured, if that isn't the client: a person, or their employer as `organization`."""

    name: PersonName = PersonName()
    organization: str | msgspec.UnsetType = msgspec.UNSET
    birth_date: dt.date | None = None
    sex: Literal["M", "F", ""] = ""
    address: Address = Address()
    phone: str = ""  # E.164


class PayerPicture(Frozen, kw_only=True):
    """A payer, with what it wants in items 24I and 24J.

    `kind` is the box of item 1. `npi_in_24j`: always, or only where it differs from 33a (NUCC).
    `other_id_in_24j`: the other ID of My Details, the clinician's taxonomy (and the practice's in
    33b), or nothing. `bare_member_id`: 1a without blanks and hyphens. `facility_always`: item 32
    even where it equals 33.
    """

    id: int
    name: str
    address: Address = Address()
    kind: Literal["medicare", "medicaid", "tricare", "champva", "group", "feca", "other"] = "other"
    npi_in_24j: Literal["always", "unless same as 33a"] = "always"
    other_id_in_24j: Literal["pair", "taxonomy", "none"] = "pair"
    bare_member_id: bool | msgspec.UnsetType = msgspec.UNSET  # not on the first bills
    facility_always: bool | msgspec.UnsetType = msgspec.UNSET
    billing_other_id_qualifier: str | msgspec.UnsetType = msgspec.UNSET  # 33b, if not taxonomy
    billing_other_id: str | msgspec.UnsetType = msgspec.UNSET


class PolicyPicture(Frozen, kw_only=True):
    """The policy of a claim. `insured` is None if the client is the insured."""

    member_id: str  # 1a
    client_name: PersonName | msgspec.UnsetType = msgspec.UNSET  # 2, if the card has another
    relationship: Literal["self", "spouse", "child", "other"] = "self"  # 6
    insured: InsuredPicture | None = None  # 4, 7, 11a
    group_number: str = ""  # 11
    plan_name: str = ""  # 11c
    other_claim_qualifier: str = ""  # 11b
    other_claim_id: str = ""
    another_plan: bool = False  # 11d
    other_insured_name: PersonName | None = None  # 9
    other_policy_number: str = ""  # 9a
    other_plan_name: str = ""  # 9d
    other_coba_id: str | msgspec.UnsetType = msgspec.UNSET  # 9d of Medigap; not on the first bills
    client_signature_on_file: bool = True  # 12
    client_signed_on: dt.date | None = None  # 12, where the client signs the form by hand
    benefits_assigned: bool = True  # 13


class Referrer(Frozen, kw_only=True):
    """Item 17: who referred (DN), ordered (DK) or supervises (DQ)."""

    qualifier: Literal["DN", "DK", "DQ"] = "DN"
    name: PersonName
    credentials: str = ""
    npi: str = ""
    other_id_qualifier: str = ""
    other_id: str = ""


class DateRange(Frozen, kw_only=True):
    """From one date to another, either of which may be unknown."""

    since: dt.date | None = None
    until: dt.date | None = None


class TaxPicture(Frozen, kw_only=True):
    """A tax that is part of a charge, such as GST with 10 percent.

    `name` is the stored name of the choice that it is a part of.
    """

    name: str
    label: str
    percent: Decimal


class ServiceLinePicture(Frozen, kw_only=True):
    """One line of item 24. `charge` is for the whole line, `pointers` letters of item 21."""

    service_on: dt.date
    until: dt.date | None = None  # None: one day
    place_of_service: str
    code: str
    modifiers: tuple[str, ...] = ()
    description: str = ""  # in the practice's own words; not on claims
    pointers: str = ""
    charge: Decimal
    units: Decimal = Decimal(1)
    factor: Decimal | msgspec.UnsetType = msgspec.UNSET  # of a scale of charges
    minutes: int | msgspec.UnsetType = msgspec.UNSET
    taxes: tuple[TaxPicture, ...] | msgspec.UnsetType = msgspec.UNSET  # part of the charge
    emergency: bool = False  # 24C
    epsdt_reason: str = ""  # 24H shaded
    family_plan: bool = False  # 24H
    supplemental: str = ""  # 24 shaded


class VisitPicture(Frozen, kw_only=True):
    """A visit: diagnoses, services, and what a claim asks about them."""

    id: int
    visited_on: dt.date
    diagnoses: tuple[str, ...] = ()  # ICD-10-CM with its point, A first
    lines: tuple[ServiceLinePicture, ...] = ()
    amount_paid: Decimal = Decimal(0)  # 29
    paid_on: dt.date | msgspec.UnsetType = msgspec.UNSET  # not on the first bills
    payment_method: PaymentMethod | msgspec.UnsetType = msgspec.UNSET
    employment_related: bool = False  # 10a
    auto_accident: bool = False  # 10b
    auto_accident_state: str = ""
    other_accident: bool = False  # 10c
    claim_codes: str = ""  # 10d
    onset_on: dt.date | None = None  # 14
    onset_qualifier: str = ""
    other_date: dt.date | None = None  # 15
    other_date_qualifier: str = ""
    unable_to_work: DateRange = DateRange()  # 16
    referrer: Referrer | None = None  # 17
    referred_on: dt.date | msgspec.UnsetType = msgspec.UNSET
    hospitalized: DateRange = DateRange()  # 18
    additional_information: str = ""  # 19
    outside_lab_charge: Decimal | None = None  # 20; None: no outside lab
    resubmission_code: str = ""  # 22
    original_reference: str = ""
    prior_authorization: str = ""  # 23
    account_number: str = ""  # 26
    accept_assignment: bool = True  # 27


class Contents(Frozen, kw_only=True):
    """Everything printed on one superbill or claim.

    Version 2 prints by the rules of `claims/asked.py`; version 1 is what was issued before them.
    """

    version: Literal[1, 2] = 2
    language: str | msgspec.UnsetType = msgspec.UNSET  # not on the first bills: English
    second_language: str | msgspec.UnsetType = msgspec.UNSET  # the same again, after the first
    kind: Literal["superbill", "cms1500"]
    number: str = ""  # empty on a draft
    issued_on: dt.date  # in the practice's time zone; today on a draft
    letterhead: Letterhead
    client: ClientPicture
    policy: PolicyPicture | None = None
    payer: PayerPicture | None = None
    visit: VisitPicture

    @property
    def total(self) -> Decimal:
        """The sum of the lines' charges."""
        return sum((line.charge for line in self.visit.lines), Decimal(0))


def to_json(contents: Contents) -> str:
    """JSON that `from_json` reads back equal; the same value makes the same text."""
    return msgspec.json.encode(contents, order="sorted").decode()


def from_json(text: str | bytes) -> Contents:
    """Read contents of any version ever stored. Raises msgspec.ValidationError otherwise."""
    return msgspec.json.decode(text, type=Contents)


class Sealed(msgspec.Struct, frozen=True):
    """The numbers taken out of the contents."""

    clinician: str = ""
    practice: str = ""


def seal(contents: Contents) -> tuple[str, str]:
    """The contents' JSON without tax IDs, and the tax IDs for an encrypted column."""
    letterhead = contents.letterhead
    numbers = Sealed(
        clinician=letterhead.clinician.tax_id.number if letterhead.clinician.tax_id else "",
        practice=letterhead.practice.tax_id.number if letterhead.practice.tax_id else "",
    )
    text = to_json(_with_numbers(contents, Sealed()))
    return text, msgspec.json.encode(numbers).decode()


def unseal(text: str, sealed: str) -> Contents:
    """The contents that `seal` took, equal in everything; without tax IDs that can't be read."""
    if is_unreadable(sealed):
        return _with_numbers(from_json(text), Sealed())
    return _with_numbers(from_json(text), msgspec.json.decode(sealed, type=Sealed))


def _with_numbers(contents: Contents, numbers: Sealed) -> Contents:
    replace, letterhead = msgspec.structs.replace, contents.letterhead
    clinician, practice = letterhead.clinician, letterhead.practice
    changed = replace(
        letterhead,
        clinician=replace(clinician, tax_id=_numbered(clinician.tax_id, numbers.clinician)),
        practice=replace(practice, tax_id=_numbered(practice.tax_id, numbers.practice)),
    )
    return replace(contents, letterhead=changed)


def _numbered(tax_id: TaxId | None, number: str) -> TaxId | None:
    return tax_id and TaxId(kind=tax_id.kind, number=number)
