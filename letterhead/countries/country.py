"""What a country is to a practice: one value, with all that differs between countries. Pure."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from letterhead.countries.documents import RECEIPT, Document
from letterhead.countries.numbers import NumberKind
from letterhead.countries.ways import Ways, ways_of
from letterhead.numbers.ids import masked

Text = str | Promise
Paper = Literal["us-letter", "a4"]

TAX_NUMBER = NumberKind(name="TIN", label=_("Tax number"), is_tax=True)
PROVIDER_NUMBER = NumberKind(
    name="provider", label=_("Provider number"), of=frozenset({"clinician"})
)


@dataclass(frozen=True, kw_only=True)
class Tax:
    """A tax, or several together, that a service can be charged with, included in the charge.

    `name` is stored, with its percent, so that no other rate is ever taken for it; `parts` are
    (label, percent).
    """

    name: str
    parts: tuple[tuple[Text, Decimal], ...]


@dataclass(frozen=True, kw_only=True)
class Taxes:
    """The taxes on services: those to choose from, and what prints where a service has none.

    `exempt` is the sentence that a new practice’s paper has for an exempt supply, in the language
    of the law that is its `source`; "" where there is none.
    """

    choices: tuple[Tax, ...] = ()
    exempt: str = ""
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class License:
    """What a license to practice is called there; `is_regional` where it holds in one state only.

    `label` is a heading of pages and what prints before it, `issuer` asks where it is from.
    """

    label: Text = _("Registration")
    plural: Text = _("Registrations")
    add: Text = _("Add registration")
    issuer: Text = _("Register or body")
    is_regional: bool = False


@dataclass(frozen=True, kw_only=True)
class Services:
    """How services are coded there. Without `code_needed` a line can have words only.

    `code_label` heads its column on paper, `code_help` explains it beside its field; `units` says
    what is counted. With `has_factor` a charge can be a multiple of a scale's (GOÄ § 5).
    """

    code_label: Text = _("Code")
    code_help: Text = _("As your country or payer writes it, if it has one")
    code_needed: bool = False
    units: Text = _("Number")
    has_factor: bool = False
    has_minutes: bool = False
    has_modifiers: bool = False
    has_place_of_service: bool = False


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One thing that insurers there ask of the paper, by its name in `billing/superbill/missing`.

    `source` is the rule or the form that asks.
    """

    what: str
    source: str


@dataclass(frozen=True, kw_only=True)
class Country:
    """A country. Every field but the code has the value that serves where we know no better."""

    code: str = ""
    # claims on the CMS-1500, with its numbers, codes and words
    bills_us_payers: bool = False
    has_us_addresses: bool = False  # states by two letters, ZIP codes of five or nine digits
    # pages
    language: str = "en-GB"
    month_first: bool = False  # in dates
    state_of_accident: bool = False
    # paper
    paper: Paper = "a4"
    document: Document = RECEIPT
    paper_languages: tuple[str, ...] = ("en-GB", "fr", "de")
    # numbers: the main one of a clinician, further ones in rows, tax IDs
    provider_number: NumberKind = PROVIDER_NUMBER
    numbers: tuple[NumberKind, ...] = ()
    tax_ids: tuple[NumberKind, ...] = (TAX_NUMBER,)
    referrers_number: NumberKind = PROVIDER_NUMBER
    license: License = License()
    # visits
    services: Services = Services()
    diagnoses: Text = _("Diagnoses")
    has_icd_10_cm: bool = False  # diagnoses are of this list
    taxes: Taxes = Taxes()
    asked: tuple[Asked, ...] = field(default=())

    @property
    def ways(self) -> Ways:
        """How money and times are written there."""
        return ways_of(self.code)

    @property
    def currency(self) -> str:
        """Its currency, by ISO 4217."""
        return self.ways.currency

    @property
    def language_of_new_paper(self) -> str:
        """What a new practice's paper is in; "" where that is the language of its pages."""
        first = self.paper_languages[0]
        return "" if first == self.language else first

    def asks_for(self, what: str) -> str:
        """Return the source of what insurers there ask for; "" if they don't."""
        return next((each.source for each in self.asked if each.what == what), "")

    def number_kind(self, name: str) -> NumberKind | None:
        """Return a kind of number by its stored name; None if the country has no such."""
        known = (self.provider_number, *self.numbers, *self.tax_ids)
        return next((kind for kind in known if kind.name == name), None)

    def label_of_number(self, name: str) -> str:
        """Return what a kind of number is called; kinds of elsewhere by their stored name."""
        kind = self.number_kind(name)
        return str(kind.label) if kind else name

    def written(self, name: str, number: str) -> str:
        """Return a stored number of this kind as it is written; kinds of elsewhere as stored."""
        kind = self.number_kind(name)
        return kind.written(number) if kind else number

    def masked(self, name: str, number: str) -> str:
        """Return the same with all but its last four characters hidden."""
        return masked(self.written(name, number))

    def tax(self, name: str) -> Tax | None:
        """Return a tax by its stored name; None if there is no such."""
        return next((each for each in self.taxes.choices if each.name == name), None)
