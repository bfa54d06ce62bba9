"""The rows of My Details: read with their practitioner, and numbers as the letterhead has them."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.db import models
from django.db.models.expressions import RawSQL
from django.db.models.functions import JSONObject

from letterhead.countries.country import Country
from letterhead.details.letterhead import Number
from letterhead.details.models import License as LicenseRow
from letterhead.details.models import OtherId, PhoneNumber, ProviderNumber
from letterhead.practices.columns import NewNumber
from letterhead.practices.models import PracticeNumber
from letterhead.practices.queries import label_of, written

_BOOLEANS = {"print_on_bills", "use_in_messages", "is_default", "print_on_superbill"}
_NUMBER = tuple(NewNumber.__dataclass_fields__)
_GATHERED = {
    "sqlite": "(SELECT json_group_array(json(item)) FROM ({}) AS listed)",
    "postgresql": "(SELECT coalesce(jsonb_agg(item), '[]') FROM ({}) AS listed)",
}


class _RowsField(models.JSONField):
    """The listed rows as Python values: SQLite's JSON has 0 and 1 for booleans."""

    def from_db_value(self, *args: Any) -> list[dict[str, Any]]:
        rows = super().from_db_value(*args)
        return [{k: bool(v) if k in _BOOLEANS else v for k, v in row.items()} for row in rows]


@cache
def child_rows(vendor: str) -> dict[str, RawSQL]:
    """Return the child lists, and the practice's, as columns: they need no further statement.

    Each is compiled once: compiling them at every read took a fifth of the page's time.
    """
    return {
        "phone_rows": _rows_of(
            PhoneNumber,
            vendor,
            *("kind", "own_label", "number", "extension", "print_on_bills", "use_in_messages"),
        ),
        "other_id_rows": _rows_of(
            OtherId,
            vendor,
            *("qualifier", "number", "payer_id", "is_default"),
            payer_name="payer__name",
        ),
        "license_rows": _rows_of(
            LicenseRow,
            vendor,
            *("type", "state", "number", "since", "expires", "board_url", "print_on_superbill"),
        ),
        "number_rows": _numbers_of(ProviderNumber, vendor),
        "practice_number_rows": _numbers_of(PracticeNumber, vendor, of={"practice": "practice_id"}),
    }


def _numbers_of(model: type[models.Model], vendor: str, of: dict[str, str] | None = None) -> RawSQL:
    return _rows_of(
        model,
        vendor,
        *_NUMBER,
        of=of,
        payer_name="payer__name",
        location_name="location__name",
    )


def _rows_of(
    model: type[models.Model],
    vendor: str,
    *names: str,
    of: dict[str, str] | None = None,
    **others: str,
) -> RawSQL:
    ((owner, column),) = (of or {"practitioner": "id"}).items()
    mine = RawSQL(f'"details_practitioner"."{column}"', ())  # noqa: S611 (written above)
    rows = model._default_manager.filter(**{owner: mine}).order_by("position")
    items = rows.values(item=JSONObject(**{name: name for name in names}, **others))
    sql, params = items.query.sql_with_params()
    gathered = _GATHERED[vendor].format(sql)
    return RawSQL(gathered, params, output_field=_RowsField())  # noqa: S611 (made above)


def numbers_for(
    rows: Iterable[dict[str, Any]], *, location: int | None, country: Country
) -> tuple[Number, ...]:
    """Return the numbers that print for a location (its id), those that are for it first.

    Of a kind that has one for this location, those for any location are left out.
    """
    here = [row for row in rows if row["location_id"] in {None, location}]
    here.sort(key=lambda row: row["location_id"] is None)
    of_location = {_what(row) for row in here if row["location_id"]}
    return tuple(
        _number(row, country) for row in here if row["location_id"] or _what(row) not in of_location
    )


def _what(row: dict[str, Any]) -> tuple[str, str]:
    return row["kind"], row["own_label"]


def _number(row: dict[str, Any], country: Country) -> Number:
    kind = country.number_kind(row["kind"])
    return Number(
        kind=row["kind"],
        label=label_of(row, country),
        number=written(row, country),
        is_tax=bool(kind and kind.is_tax),
        payer=row["payer_id"],
        of_location=row["location_id"] is not None,
    )
