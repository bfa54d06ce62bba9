"""General Details field by field: the form, the letterhead, the card and the preview follow this.

To add a field, add its line to `GeneralDetails`, a column of that name to `models.Practitioner`,
and an attribute of that name to `letterhead.Clinician` (bills and claims) or
`public_card.PublicCard` (clients), wherever it appears.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Annotated, Any, get_type_hints

from letterhead.practices.columns import NewNumber


@dataclass(frozen=True)
class Field:
    """Where a field is in the pop-up, and where its value goes unchanged.

    `width` is in twelfths of the pop-up. `places` names what its chips "Where it appears" are
    registered for; without it they are next to the group's heading, registered for the group.
    """

    group: str
    width: int
    places: str = ""
    on_letterhead: bool = False
    on_card: bool = False


@dataclass(frozen=True, kw_only=True)
class NewPhone:
    """A phone number to save: E.164 and extension."""

    kind: str
    own_label: str = ""
    number: str
    extension: str = ""
    print_on_bills: bool = False
    use_in_messages: bool = False


@dataclass(frozen=True, kw_only=True)
class NewOtherId:
    """An other ID to save; `payer_id` of the practice's payers, or None for any payer."""

    qualifier: str
    number: str
    payer_id: int | None = None
    is_default: bool = False


@dataclass(frozen=True, kw_only=True)
class NewLicense:
    """A license to save."""

    type: str = ""
    state: str = ""
    number: str
    since: dt.date | None = None
    expires: dt.date | None = None
    board_url: str = ""
    print_on_superbill: bool = True


_BOTH = {"on_letterhead": True, "on_card": True}


@dataclass(frozen=True, kw_only=True)
class GeneralDetails:
    """All values that the pop-up "Edit General Details" saves, cleaned, in the pop-up's order."""

    title: Annotated[str, Field("name", 2, **_BOTH)] = ""
    first_name: Annotated[str, Field("name", 3, on_card=True)]
    middle_name: Annotated[str, Field("name", 3, on_card=True)] = ""
    last_name: Annotated[str, Field("name", 4, on_card=True)]
    suffix: Annotated[str, Field("name", 3, on_card=True)] = ""
    pronouns: Annotated[str, Field("name", 4, "pronouns", **_BOTH)] = ""
    pronunciation: Annotated[str, Field("name", 5, "pronunciation", on_card=True)] = ""
    credentials: Annotated[str, Field("name", 12, "credentials", **_BOTH)] = ""
    claim_first_name: Annotated[str, Field("claim_name", 4)] = ""
    claim_middle_name: Annotated[str, Field("claim_name", 4)] = ""
    claim_last_name: Annotated[str, Field("claim_name", 4)] = ""
    claim_suffix: Annotated[str, Field("claim_name", 4)] = ""
    signature: Annotated[str, Field("claim_name", 4, "signature", on_letterhead=True)] = "name"
    short_signature: Annotated[str, Field("claim_name", 4, "signature", on_letterhead=True)] = ""
    contact_email: Annotated[str, Field("contact", 12, "contact_email", on_letterhead=True)]
    npi_label: Annotated[str, Field("numbers", 4, "npi_label", on_letterhead=True)] = "NPI"
    npi: Annotated[str, Field("numbers", 8, "npi", on_letterhead=True)] = ""
    tax_id: Annotated[str, Field("numbers", 8, "tax_id")] = ""
    tax_id_kind: Annotated[str, Field("numbers", 4)] = ""
    tax_id_on_bills: Annotated[bool, Field("numbers", 12, on_letterhead=True)] = False
    phones: tuple[NewPhone, ...] = ()
    other_ids: tuple[NewOtherId, ...] = ()
    licenses: tuple[NewLicense, ...] = ()
    numbers: tuple[NewNumber, ...] = ()


FIELDS: dict[str, Field] = {
    name: hint.__metadata__[0]
    for name, hint in get_type_hints(GeneralDetails, include_extras=True).items()
    if hasattr(hint, "__metadata__")
}
LETTERHEAD_FIELDS = tuple(name for name, field in FIELDS.items() if field.on_letterhead)
CARD_FIELDS = tuple(name for name, field in FIELDS.items() if field.on_card)
CARD_PLACES = tuple(
    dict.fromkeys(FIELDS[name].places or FIELDS[name].group for name in CARD_FIELDS)
)


def plain_rows(rows: tuple[Any, ...]) -> list[dict[str, Any]]:
    """Return rows, such as phones, as the database lists them: dates as ISO text."""
    return [
        {k: v.isoformat() if isinstance(v, dt.date) else v for k, v in vars(row).items()}
        for row in rows
    ]
