"""Tax IDs aren't in the frozen text that SQL can read: they are stored encrypted, next to it."""

from typing import Any

import msgspec
from django.db.models import CharField, Func

from letterhead.billing.contents import Contents, from_json, to_json
from letterhead.details.letterhead import TaxId
from letterhead.encryption.fields import is_unreadable


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


class CountryOfIssue(Func):
    """The country (ISO 3166-1 alpha-2) of the practice in an issued bill's contents, or None.

    Lists show bills by what they were called when they were issued, without reading all of it.
    """

    output_field = CharField()
    function = "json_extract"
    template = "%(function)s(%(expressions)s, '$.letterhead.practice.address.country')"

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """PostgreSQL's way."""
        template = "((%(expressions)s)::json #>> '{letterhead,practice,address,country}')"
        return self.as_sql(compiler, connection, template=template, **context)
