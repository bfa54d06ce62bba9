"""A bill in its second language: the same contents, with their frozen labels in it. Pure."""

from collections.abc import Callable
from typing import Any

from msgspec import UNSET
from msgspec.structs import replace

from letterhead.billing.contents import Contents, ServiceLinePicture, TaxPicture
from letterhead.billing.superbill.row import row_of
from letterhead.countries.country import Country
from letterhead.details.letterhead import Number, Phone
from letterhead.details.queries import label_of_phone
from letterhead.ui.languages import speaking


def in_second_language(contents: Contents) -> Contents | None:
    """Return what the second part of the paper prints; None if it has one part.

    Labels were frozen in the first language; those of a kind are said anew, one's own stay.
    """
    language = contents.second_language
    if not language:
        return None
    row, letterhead = row_of(contents), contents.letterhead
    clinician, practice, visit = letterhead.clinician, letterhead.practice, contents.visit
    with speaking(language):
        clinician = replace(
            clinician,
            phones=tuple(map(_phone, clinician.phones)),
            numbers=_each(clinician.numbers, lambda number: _number(number, row)),
        )
        numbers = _each(practice.numbers, lambda number: _number(number, row))
        lines = tuple(_line(line, row) for line in visit.lines)
    return replace(
        contents,
        language=language,
        second_language=UNSET,
        letterhead=replace(
            letterhead, clinician=clinician, practice=replace(practice, numbers=numbers)
        ),
        visit=replace(visit, lines=lines),
    )


def _each(values: Any, change: Callable[[Any], Any]) -> Any:
    return tuple(map(change, values)) if values else values


def _phone(phone: Phone) -> Phone:
    return replace(phone, label=label_of_phone(phone.kind)) if phone.kind else phone


def _number(number: Number, row: Country) -> Number:
    kind = row.number_kind(number.kind)
    return replace(number, label=str(kind.label)) if kind else number


def _line(line: ServiceLinePicture, row: Country) -> ServiceLinePicture:
    return replace(line, taxes=_each(line.taxes, lambda tax: _tax(tax, row)))


def _tax(tax: TaxPicture, row: Country) -> TaxPicture:
    known = row.tax(tax.name)
    parts = known.parts if known else ()
    labels = [str(label) for label, percent in parts if percent == tax.percent]
    return replace(tax, label=labels[0]) if labels else tax
