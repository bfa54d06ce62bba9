"""The numbers of the clinician and the practice, as a superbill or receipt prints them. Pure."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from msgspec import UNSET

from letterhead.billing.contents import Contents
from letterhead.billing.superbill.row import has_us_numbers, is_by_row, row_of
from letterhead.countries.numbers import NumberKind
from letterhead.countries.table import US_PAYERS
from letterhead.details.letterhead import Address, License, Number, OtherIdNumber, TaxId
from letterhead.details.names import full_name
from letterhead.numbers.ids import show_tax_id
from letterhead.places.address_forms import read_state
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
_UNTRANSLATED = "en-US"


class _Entry(NamedTuple):
    """A number with its label; `number` is what is compared, `written` what prints."""

    label: str
    number: str
    written: str
    is_row: bool = False


def practice_numbers(contents: Contents) -> list[Fact]:
    """The practice's numbers, each once: its own, those of US claims, tax ID, tax numbers."""
    return _once(contents)[0]


def clinician_numbers(contents: Contents) -> list[Fact]:
    """The clinician's: the main one, the license, further ones, tax ID; none of the practice's."""
    return _once(contents)[1]


def _once(contents: Contents) -> tuple[list[Fact], list[Fact]]:
    """Give the practice's and the clinician's facts, each number once, where it is read first.

    In the US, and on what was issued before, only numbers in rows give way to others.
    """
    sides = [*_of_practice(contents)], [*_of_clinician(contents)]
    stay = set() if is_by_row(contents) else {_key(e) for s in sides for e in s if not e.is_row}
    seen: set[str] = set()
    return _first_of(sides[0], stay, seen), _first_of(sides[1], stay, seen)


def _first_of(entries: Iterable[_Entry], stay: set[str], seen: set[str]) -> list[Fact]:
    facts = []
    for entry in filter(_key, entries):
        stays = bool(stay) and not entry.is_row
        if stays or _key(entry) not in seen | stay:
            facts.append((entry.label, entry.written))
        seen.add(_key(entry))
    return facts


def _key(entry: _Entry) -> str:
    return re.sub(r"[\W_]+", "", entry.number).upper()


def _of_practice(contents: Contents) -> Iterator[_Entry]:
    practice, clinician = contents.letterhead.practice, contents.letterhead.clinician
    us = has_us_numbers(contents)
    if us and practice.npi_type == "organization":
        yield _entry(_("Group NPI"), practice.group_npi)
    elif us and practice.holder_npi != clinician.npi:
        label = _("NPI of %(name)s") % {"name": full_name(practice.holder)}
        yield _entry(label, practice.holder_npi)
    rows = rows_for(practice.numbers, contents)
    yield from (_row(each) for each in rows if not each.is_tax)
    yield from _tax_id(practice.tax_id, contents)
    yield from (_row(each) for each in rows if each.is_tax)
    if us and practice.taxonomy not in _taxonomies(contents):
        yield _entry(_("Taxonomy"), practice.taxonomy)


def _of_clinician(contents: Contents) -> Iterator[_Entry]:
    clinician = contents.letterhead.clinician
    rows = rows_for(clinician.numbers, contents)
    if not any(_replaces_main(each, contents) for each in rows):
        yield _entry(main_label(contents), clinician.npi, written=_main_number(contents))
    printed = license_for(contents)
    if printed:
        number = _joined(" ", printed.state, printed.number)
        label = _("License") if not is_by_row(contents) else str(row_of(contents).license.label)
        yield _Entry(label, printed.number, _joined(", ", printed.type, number))
    yield from (_row(each) for each in rows if not each.is_tax)
    for _n, other in other_ids_of(contents):
        yield _entry(str(_OTHER_IDS.get(other.qualifier, other.qualifier)), other.number)
    if clinician.tax_id_on_bills:
        yield from _tax_id(clinician.tax_id, contents)
    yield from (_row(each) for each in rows if each.is_tax)


def _entry(label: str, number: str, *, written: str = "") -> _Entry:
    return _Entry(label, number, written or number)


def _row(number: Number) -> _Entry:
    return _Entry(number.label, number.number, number.number, is_row=True)


def rows_for(rows: Iterable[Number] | object, contents: Contents) -> list[Number]:
    """Return the further numbers that print for this payer, or for any; of a kind the payer's own.

    They are the location's already (`details.rows.numbers_for`).
    """
    if rows is UNSET:
        return []
    payer = contents.payer.id if contents.payer else None
    here: list[Number] = [each for each in rows if each.payer in {None, payer}]  # type: ignore[attr-defined]
    own = {_what(each) for each in here if each.payer is not None}
    return [each for each in here if each.payer is not None or _what(each) not in own]


def _what(number: Number) -> tuple[str, str]:
    return (number.kind, "") if number.kind else ("", number.label)


def _replaces_main(number: Number, contents: Contents) -> bool:
    """Whether a row of the main number's kind is for this place or payer: it prints instead."""
    is_main = number.kind == _main_kind(contents).name
    return is_main and (number.of_location or number.payer is not None)


def has_main_number(contents: Contents) -> bool:
    """Whether the clinician's main number prints, or one of its kind instead."""
    clinician = contents.letterhead.clinician
    rows = rows_for(clinician.numbers, contents)
    return bool(clinician.npi) or any(each.kind == _main_kind(contents).name for each in rows)


def main_label(contents: Contents) -> str:
    """Return what the clinician calls the main number; the country's word where that is usual."""
    own = contents.letterhead.clinician.npi_label
    if not is_by_row(contents):
        return own or _("NPI")
    word, first = _main_kind(contents).label, "NPI"  # what every new row has had
    with speaking(_UNTRANSLATED):
        is_usual = own in {"", first, str(word)}
    return str(word) if is_usual else own


def _main_number(contents: Contents) -> str:
    number = contents.letterhead.clinician.npi
    return _main_kind(contents).written(number) if is_by_row(contents) else number


def _main_kind(contents: Contents) -> NumberKind:
    """The kind of the main number: the country's, or an NPI where US payers are billed too."""
    npi, number = US_PAYERS.provider_number, contents.letterhead.clinician.npi
    if contents.letterhead.practice.bills_us_payers is True and npi.is_shaped(npi.clean(number)):
        return npi
    return row_of(contents).provider_number


def _tax_id(tax_id: TaxId | None, contents: Contents) -> Iterator[_Entry]:
    """A tax ID under the name of its kind, in the shape of its kind."""
    if tax_id is None:
        return
    name = tax_id.kind
    if is_by_row(contents):
        label = row_of(contents).label_of_number(name)
    else:
        label = _("Tax ID") if name == "TIN" else _("Tax ID (%(kind)s)") % {"kind": name}
    yield _Entry(label, tax_id.number, written_tax_id(tax_id, contents))


def written_tax_id(tax_id: TaxId, contents: Contents) -> str:
    """Return a tax ID the way its kind is written; only those of the US as an SSN or EIN is."""
    if is_by_row(contents):
        return row_of(contents).written(tax_id.kind, tax_id.number)
    return show_tax_id(tax_id.number, tax_id.kind)


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
    states = license.state, address.state
    if not address.state.strip():
        return False
    known = [read_state(each, country=address.country) or each for each in states]
    return len({state_letters(each) for each in known}) == 1


def other_ids_of(contents: Contents) -> list[tuple[int, OtherIdNumber]]:
    """The clinician's other IDs that print, each with its place in My Details: taxonomy first.

    Of several taxonomies the one for this payer prints, else the first for any payer, as in 24J.
    None where the practice doesn't bill US payers: their qualifiers are those of US claims.
    """
    if not has_us_numbers(contents):
        return []
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


def _joined(between: str, *parts: str) -> str:
    return between.join(part for part in parts if part)
