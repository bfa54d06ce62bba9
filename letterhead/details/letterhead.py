"""The letterhead: a frozen value with the details of a clinician and a practice.

Every consumer takes one; none reads the details' tables. Every version that was ever stored can be
read: a change of shape adds a version, and older ones are still read.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Literal, Protocol

import msgspec

from letterhead.places.countries import state_letters


class Frozen(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A frozen value that can be written as JSON and read back equal."""


class PersonName(Frozen, kw_only=True):
    """A person's name in its parts; any part but the last may be empty."""

    first: str = ""
    middle: str = ""
    last: str = ""
    suffix: str = ""


class Address(Frozen, kw_only=True):
    """A postal address; `country` is ISO 3166-1 alpha-2, `postal_code` as typed."""

    line1: str = ""
    line2: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""
    country: str = "US"


class Phone(Frozen, kw_only=True):
    """A phone number in E.164, and formatted for the practice's country with its extension.

    `kind` is what `label` says, if that isn't a label of one's own: for papers in two languages.
    """

    label: str
    kind: str | msgspec.UnsetType = msgspec.UNSET
    number: str
    extension: str = ""
    formatted: str = msgspec.field(name="shown")
    print_on_bills: bool = False
    use_in_messages: bool = False


class OtherIdNumber(Frozen, kw_only=True):
    """A non-NPI number with the form's qualifier (0B, 1G, G2, LU or ZZ).

    `payer` is the id of the only payer it is for, None for any payer.
    """

    qualifier: str
    number: str
    payer: int | None = None
    is_default: bool = False


class License(Frozen, kw_only=True):
    """A license to practice; `state` is the state's letters or the board's name."""

    type: str = ""
    state: str = ""
    number: str
    since: dt.date | None = None
    expires: dt.date | None = None
    board_url: str = ""
    print_on_superbill: bool = True


class TaxId(Frozen, kw_only=True):
    """A tax ID: digits only, with its kind (SSN, EIN or ITIN, or another country's)."""

    kind: str
    number: str


class Number(Frozen, kw_only=True):
    """A number besides the main one, as it prints: its label and the number, written its way.

    `payer` is the id of the only payer it is for, None for any payer.
    """

    kind: str = ""  # of its country; "" with a label of its own
    label: str
    number: str
    is_tax: bool = False
    payer: int | None = None
    of_location: bool = False  # the visit's


class PaperSignature(Frozen, kw_only=True):
    """How superbills and documents are signed: by text, or by an image stored under its SHA-256.

    `text` is the typed signature, or "" for name and credentials.
    """

    kind: Literal["typed", "drawn", "picture"] = "typed"
    text: str = ""
    sha256: str = ""


class Clinician(Frozen, kw_only=True):
    """My Details, as every consumer sees them."""

    id: int
    title: str = ""
    name: PersonName
    pronouns: str = ""
    claim_name: PersonName  # as in NPPES: the name on claims if given, otherwise `name`
    credentials: str = ""
    signature: Literal["name", "short", "on file"] = "name"
    short_signature: str = ""
    paper_signature: PaperSignature | msgspec.UnsetType = msgspec.UNSET  # unknown to version 1
    contact_email: str = ""
    phones: tuple[Phone, ...] = ()
    npi_label: str = "NPI"
    npi: str = ""
    tax_id: TaxId | None = None
    tax_id_on_bills: bool = False
    other_ids: tuple[OtherIdNumber, ...] = ()
    licenses: tuple[License, ...] = ()
    numbers: tuple[Number, ...] | msgspec.UnsetType = msgspec.UNSET  # those for the location


class BillingPractice(Frozen, kw_only=True):
    """Account Settings: the practice as billing provider.

    `legal_name` is an organization's name on claims, where it isn't `name`.
    """

    name: str
    legal_name: str | msgspec.UnsetType = msgspec.UNSET
    address: Address = Address()
    phone: Phone | None = None
    website: str = ""
    time_zone: str = "America/New_York"
    currency: str = "USD"
    logo_sha256: str = ""
    npi_type: Literal["organization", "individual"] = "organization"
    group_npi: str = ""  # of an organization
    holder: PersonName = PersonName()  # the person who bills, if npi_type is "individual"
    holder_npi: str = ""
    tax_id: TaxId | None = None
    taxonomy: str = ""
    remit_to: Address | None = None  # None: pay to the practice's address
    numbers: tuple[Number, ...] | msgspec.UnsetType = msgspec.UNSET  # those for the location
    tax_note: str | msgspec.UnsetType = msgspec.UNSET  # where no tax is charged
    paper_language: str | msgspec.UnsetType = msgspec.UNSET  # "fr", "fr+en-GB": the practice's
    paper: Literal["us-letter", "a4"] | msgspec.UnsetType = msgspec.UNSET  # its country's
    # unset in the US, and on what was issued before other countries had words of their own
    bills_us_payers: bool | msgspec.UnsetType = msgspec.UNSET


class PlaceOfCare(Frozen, kw_only=True):
    """The location of a visit, with its place of service code."""

    name: str
    place_of_service: str
    address: Address = Address()
    npi: str = ""
    other_id_qualifier: str = ""  # 0B, G2 or LU
    other_id: str = ""


class Letterhead(Frozen, kw_only=True):
    """Whose details a bill, claim or document carries."""

    version: Literal[1, 2] = 2
    clinician: Clinician
    practice: BillingPractice
    location: PlaceOfCare | None = None


class LicenseLike(Protocol):
    """What is asked of a license here and of its row."""

    @property
    def type(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def since(self) -> dt.date | None: ...
    @property
    def expires(self) -> dt.date | None: ...


def is_renewed(
    license: LicenseLike, licenses: Iterable[LicenseLike], day: dt.date, *, is_regional: bool = True
) -> bool:
    """Whether another license of the same state and kind is valid on a day.

    A state is needed, or where licenses hold in the whole country (not `is_regional`), a kind.
    """
    is_named = license.state.strip() or (not is_regional and license.type.strip())
    return bool(is_named) and any(
        (other.expires is None or other.expires >= day)
        and (other.since is None or other.since <= day)
        and _kind_of(other) == _kind_of(license)
        for other in licenses
        if other != license
    )


def _kind_of(license: LicenseLike) -> tuple[str, str]:
    return state_letters(license.state), license.type.strip().casefold()


def to_json(letterhead: Letterhead) -> str:
    """Return the JSON that `from_json` reads back equal; equal values give the same text."""
    return msgspec.json.encode(letterhead, order="sorted").decode()


def from_json(text: str) -> Letterhead:
    """Return a letterhead of any version ever stored. Raises msgspec.ValidationError."""
    return msgspec.json.decode(text, type=Letterhead)
