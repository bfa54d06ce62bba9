"""All that the pop-up "Edit General Details" saves, cleaned and typed."""

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class NewPhone:
    """A phone number to keep: E.164 and extension."""

    kind: str
    own_label: str = ""
    number: str
    extension: str = ""
    print_on_bills: bool = False
    use_in_messages: bool = False


@dataclass(frozen=True, kw_only=True)
class NewOtherId:
    """An other ID to keep; `payer_id` of the practice's payers, or None for any payer."""

    qualifier: str
    number: str
    payer_id: int | None = None
    is_default: bool = False


@dataclass(frozen=True, kw_only=True)
class NewLicense:
    """A license to keep."""

    type: str = ""
    state: str = ""
    number: str
    since: dt.date | None = None
    expires: dt.date | None = None
    board_url: str = ""
    print_on_superbill: bool = True


@dataclass(frozen=True, kw_only=True)
class GeneralDetails:
    """All that the pop-up "Edit General Details" saves, cleaned."""

    title: str = ""
    first_name: str
    middle_name: str = ""
    last_name: str
    suffix: str = ""
    pronouns: str = ""
    claim_first_name: str = ""
    claim_middle_name: str = ""
    claim_last_name: str = ""
    claim_suffix: str = ""
    credentials: str = ""
    signature: str = "name"
    short_signature: str = ""
    contact_email: str
    npi_label: str = "NPI"
    npi: str = ""
    tax_id: str = ""
    tax_id_kind: str = ""
    tax_id_on_bills: bool = False
    phones: tuple[NewPhone, ...] = ()
    other_ids: tuple[NewOtherId, ...] = ()
    licenses: tuple[NewLicense, ...] = ()


def plain_rows(rows: tuple[Any, ...]) -> list[dict[str, Any]]:
    """Give phones, other IDs or licenses as the database lists them: dates as ISO text."""
    return [
        {k: v.isoformat() if isinstance(v, dt.date) else v for k, v in asdict(row).items()}
        for row in rows
    ]
