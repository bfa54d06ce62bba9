"""The kinds of bills. Each is one value: its words, its check, its renderer and its sheet.

A kind is defined in a section of its own and registered from `AppConfig.ready`: claims stands
above this room and adds its kind the same way. A new kind also needs its stored word in `Bill.Kind`
and its files in `IssuedFile.Form`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from django.utils.functional import Promise
from django.utils.safestring import SafeString

from letterhead.billing.contents import Contents
from letterhead.billing.models import Bill, IssuedFile
from letterhead.billing.problems import Problem
from letterhead.billing.sample import sample_contents
from letterhead.countries.country import Country
from letterhead.countries.documents import Document
from letterhead.countries.table import country_of
from letterhead.details import appearances
from letterhead.details.appearances import Appearance, Details
from letterhead.practices.models import Practice


class Render(Protocol):
    """Returns the files of a bill by form.

    Data for pre-printed forms is moved as the default printer of `for_printer_of` needs it.
    """

    def __call__(
        self, contents: Contents, *, for_printer_of: Practice | None = None
    ) -> Mapping[str, bytes]: ...


class Sheet(Protocol):
    """Draws a bill as part of a page; what differs from `saved` is marked.

    `drawn_signature` is the address of a signature that isn't saved yet.
    """

    def __call__(
        self, contents: Contents, saved: Contents | None, *, drawn_signature: str
    ) -> SafeString: ...


@dataclass(frozen=True, kw_only=True)
class BillKind:
    """A kind of bill. Numbers look like `prefix`-2026-0001; `forms` are the files of an issued one.

    One that `follows_country` has its paper's languages, and outside the US a short number with the
    practice's prefix, else the document's: R26-0001.

    `words` are what it is called in a country, `is_for` says in which practices it is made. `check`
    returns problems, errors first; an error keeps a bill from being issued. `draw` returns
    its pages as they print, each an SVG, with masked tax IDs; errors don't stop it. `fields` are
    the fields of My Details that print on it, each with the words of its chip; %(document)s is the
    title.
    """

    stored_as: Bill.Kind
    words: Callable[[Country], Document]
    is_for: Callable[[Practice], bool]
    prefix: str
    forms: tuple[IssuedFile.Form, ...]
    check: Callable[[Contents], tuple[Problem, ...]]
    render: Render
    draw: Callable[[Contents], tuple[str, ...]]
    sheet: Sheet
    fields: Mapping[str, str | Promise]
    may_print_own_tax_id: bool  # of the clinician, where they chose to
    follows_country: bool = False

    def file_name(self, form: str, country: Country) -> str:
        """What a file of it is called, such as Superbill PDF."""
        in_words = self.words(country).pdf if form == self.forms[0] else IssuedFile.Form(form).label
        return str(in_words)

    def number(self, year: int, count: int, *, country: Country, prefix: str = "") -> str:
        """The number of a year's first, second … bill of this kind; `prefix` is the practice's.

        Nothing but the count tells two bills of a kind and year apart, so that no other prefix or
        country makes a number twice. The short form has no century and so never meets the long one.
        Some payers' portals take ten characters: enough for 99,999 bills a year.
        """
        if self.follows_country and not country.bills_us_payers:
            return f"{prefix or country.document.prefix}{year % 100:02d}-{count:04d}"
        return f"{self.prefix}-{year}-{count:04d}"


_registered: dict[str, BillKind] = {}


def register(kind: BillKind) -> None:
    """Add a kind, and show its sheet to clinicians wherever their details appear."""
    _registered[kind.stored_as] = kind
    appearances.register(lambda practice: _appearance(kind, practice))


def kind_of(bill: Bill) -> BillKind:
    """The only way from a bill to its words, check and renderer."""
    return _registered[bill.kind]


def words_of(bill: Bill, country: str) -> Document:
    """What a bill is called where it was issued, a draft where its practice is."""
    return kind_of(bill).words(country_of(country))


def is_made_in(practice: Practice, kind: str) -> bool:
    """Whether bills of a kind, as stored, are made in a practice; those issued stay."""
    return _registered[kind].is_for(practice)


def kinds_of(practice: Practice) -> tuple[BillKind, ...]:
    """The kinds of bills that are made in a practice."""
    return tuple(kind for kind in _registered.values() if kind.is_for(practice))


def _appearance(kind: BillKind, practice: Practice) -> Appearance | None:
    if not kind.is_for(practice):
        return None
    name = kind.words(practice.place).title
    return Appearance(
        slug=kind.forms[0].value,
        name=name,
        fields={field: str(words) % {"document": name} for field, words in kind.fields.items()},
        draw=lambda now, saved: kind.sheet(
            _sample(kind, now),
            _sample(kind, saved) if saved else None,
            drawn_signature=now.drawn_signature,
        ),
    )


def _sample(kind: BillKind, details: Details) -> Contents:
    country = country_of(details.letterhead.practice.address.country)
    number = kind.number(details.today.year, 0, country=country)
    return sample_contents(
        details.letterhead, today=details.today, kind=kind.stored_as.value, number=number
    )
