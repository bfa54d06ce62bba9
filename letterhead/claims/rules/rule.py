"""What a rule of claim readiness is, and the kinds that most rules are of.

Messages are in the reader's language, whole sentences each; `asks` is for people who read the code.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from letterhead.billing.contents import Contents
from letterhead.billing.problems import Place, Problem
from letterhead.claims.listing import listed
from letterhead.claims.texts import Printed, as_claims_see_it, code
from letterhead.claims.texts import state as printed_state
from letterhead.countries.table import country_of
from letterhead.details.letterhead import Address, PersonName
from letterhead.numbers.ids import npi_error
from letterhead.places.address_forms import address_form_of, read_postal_code
from letterhead.places.countries import US_STATES, country_name
from letterhead.texts.claim_letters import cannot_print, fold

# Sources. The rule's item is the place in the manual.
NUCC = "NUCC 1500 manual, version 02/12"
NPI_STANDARD = "45 CFR 162.406"
GUIDE = "837P, implementation guide 005010X222A1"
HABIT = "Payers' habit"
CHAPTER_26 = "Medicare Claims Processing Manual, chapter 26"

_PROBLEM = _("%(problem)s See item %(item)s.")
_MISSING = _("%(problem)s Item %(item)s is missing or incomplete.")
_PAYERS_BLOCK = _("%(problem)s The payer's block at the top is incomplete.")
_LATIN = _("Enter the name in Latin letters.")
WHOLE = "%(problem)s"  # a sentence that names its item itself, or needs none

Row: TypeAlias = int | str | Printed  # what replaces "#" in a rule's field
Rows: TypeAlias = Iterator[tuple[Row, str]]
Wrong: TypeAlias = str | Iterable[tuple[Row, str]]  # "" where nothing is


@dataclass(frozen=True)
class Rule:
    """One thing that a claim must satisfy. An error is refused, a warning may be sent back.

    `wrong` returns what is wrong with a claim's contents, "" for nothing: one text, or one for each
    row or part, which then replaces "#" in `field`. `sentence` puts it together for the reader.
    """

    id: str
    item: str
    place: Place | None  # None, with a field "#": wherever the value was entered
    field: str
    asks: str
    wrong: Callable[[Contents], Wrong]
    source: str = NUCC
    severity: Literal["error", "warning"] = "error"
    sentence: str | Promise = _PROBLEM

    def problems(self, contents: Contents) -> Iterator[Problem]:
        """What this rule finds."""
        found = self.wrong(contents)
        for row, wrong in [("", found)] if isinstance(found, str) else found:
            if wrong:
                yield self._problem(row, wrong)

    def _problem(self, row: Row, wrong: str) -> Problem:
        if isinstance(row, Printed):
            return Problem(self.severity, row.item, wrong, row.place, row.field)
        line = row + 1 if isinstance(row, int) else ""
        message = str(self.sentence) % {"item": self.item, "line": line, "problem": wrong}
        place = self.place or Place.VISIT
        return Problem(self.severity, self.item, message, place, self.field.replace("#", str(row)))


def needs(
    item: str, place: Place, field: str, fix: Promise, value: Callable[[Contents], str | None]
) -> Rule:
    """A value that the form requires; `value` returns None where this claim doesn't need it."""

    def wrong(contents: Contents) -> str:
        found = value(contents)
        return "" if found is None or any(map(str.isalnum, fold(found))) else str(fix)

    sentence = _PAYERS_BLOCK if item == "carrier" else _MISSING
    name = f"{item}-{field}-missing"
    asks = f"Item {item} has its {field.replace('_', ' ')}"
    return Rule(name, item, place, field, asks, wrong, sentence=sentence)


def prints(
    item: str,
    place: Place,
    prefix: str,
    whose: str,
    name: Callable[[Contents], PersonName | None],
    fix: Promise = _LATIN,
) -> Rule:
    """A name each of whose parts can be written in the form's letters."""

    def wrong(contents: Contents) -> Rows:
        found = name(contents) or PersonName()
        for part in ("first", "middle", "last", "suffix"):
            typed = getattr(found, part)
            field = part if part == "suffix" else f"{part}_name"
            if odd := cannot_print(typed):
                words = gettext("%(fix)s Item %(item)s can't print “%(odd)s” in “%(typed)s”.")
                yield field, words % {"item": item, "odd": odd, "typed": typed, "fix": fix}

    asks = f"{whose} can be written in plain capital letters"
    field = f"{prefix}#"
    return Rule(f"{item}-{prefix}name-letters", item, place, field, asks, wrong, sentence=WHOLE)


def npi_is_right(
    item: str, place: Place, field: str, whose: str, number: Callable[[Contents], str | None]
) -> Rule:
    """An NPI, where there is one, in the form of one."""

    def wrong(contents: Contents) -> str:
        npi = number(contents)
        fault = npi_error(npi) if npi else ""
        check = gettext("%(fault)s Check the NPI “%(npi)s”.")
        return check % {"fault": fault, "npi": npi} if fault else ""

    asks = f"{whose} has ten digits, the last of which matches the others"
    return Rule(f"{item}-{field}-form", item, place, field, asks, wrong, NPI_STANDARD)


def needs_address(
    item: str, place: Place, fix: Promise, address: Callable[[Contents], Address | None]
) -> Rule:
    """The parts of an address that the form requires: one problem for all that are missing.

    State and postal code only where the country has them. `fix` lists them as %(parts)s.
    """

    def wrong(contents: Contents) -> Rows:
        found = address(contents)
        if found is None:
            return
        found = as_claims_see_it(found)
        form = address_form_of(found.country)
        needed = ["line1", "city", *filter(form.needs, ("state", "postal_code"))]
        missing = [part for part in needed if not fold(getattr(found, part))]
        if missing:
            names = listed(str(form.names(part)[1]) for part in missing)
            yield missing[0], str(fix) % {"parts": names}

    asks = "The address has street and city, and what its country needs of state and postal code"
    return Rule(f"{item}-address-missing", item, place, "#", asks, wrong, sentence=_MISSING)


def address_is_right(
    item: str,
    place: Place,
    whose: str,
    address: Callable[[Contents], Address | None],
    prefix: str = "",
) -> tuple[Rule, ...]:
    """State and postal code of an address, as claims write them."""

    def at_home(contents: Contents) -> Address:
        found = as_claims_see_it(address(contents) or Address())
        return found if country_of(found.country).has_us_addresses else Address()

    def state(contents: Contents) -> str:
        return no_state(at_home(contents).state)

    def zip_form(contents: Contents) -> str:
        typed = at_home(contents).postal_code
        if not code(typed) or re.fullmatch(r"[0-9]{5}([0-9]{4})?", code(typed)):
            return ""
        return gettext("“%(typed)s” isn't a ZIP code. Enter five or nine digits.") % {
            "typed": typed
        }

    def rule(name: str, part: str, asks: str, wrong: Callable[[Contents], str]) -> Rule:
        return Rule(f"{item}-{name}", item, place, prefix + part, f"{whose}: {asks}", wrong)

    return (
        rule("state-form", "state", "the state is written with its two letters", state),
        rule("zip-form", "postal_code", "the ZIP code has five or nine digits", zip_form),
        *_address_abroad(rule, lambda contents: abroad(address(contents))),
    )


def abroad(address: Address | None) -> Address | None:
    """An address outside the United States; None for others, and where nothing was entered."""
    if address is None or not (address.line1 or address.city):
        return None
    is_at_home = country_of(as_claims_see_it(address).country).has_us_addresses
    return None if is_at_home else address


def _address_abroad(
    rule: Callable[..., Rule], address: Callable[[Contents], Address | None]
) -> tuple[Rule, ...]:
    """What can't be printed of an address outside the United States, or may be a slip there."""

    def country(contents: Contents) -> str:
        found = address(contents)
        words = gettext(
            "The form has no room for the country, %(country)s. Ask the payer how it wants "
            "addresses outside the United States."
        )
        return words % {"country": country_name(found.country)} if found else ""

    def state(contents: Contents) -> str:
        found = address(contents)
        if not found or not found.state or printed_state(found):
            return ""
        words = gettext("Only letters print as a state, and “%(typed)s” has none that we know.")
        return words % {"typed": found.state}

    def postal_code(contents: Contents) -> str:
        found = address(contents)
        typed = found.postal_code if found else ""
        if not found or read_postal_code(typed, country=found.country) is not None:
            return ""
        form = address_form_of(found.country)
        words = gettext("Check the %(part)s “%(typed)s”. It should look like %(example)s.")
        part = form.names("postal_code")[1]
        return words % {"part": part, "typed": typed, "example": form.example}

    asks = "the payer knows how to take a country, for which the form has no room"
    return (
        warns(rule("country", "country", asks, country)),
        warns(rule("state-letters", "state", "a state abroad has letters", state), GUIDE),
        warns(
            rule("code-form", "postal_code", "a postal code abroad has its shape", postal_code),
            GUIDE,
        ),
    )


def no_state(typed: str) -> str:
    """What is wrong with a state that isn't a state's two letters; "" where it is, or is empty."""
    if fold(typed) in {"", *US_STATES}:
        return ""
    return gettext("“%(typed)s” isn't a state's two letters. Enter it like NY.") % {"typed": typed}


def zip_has_nine(
    item: str, place: Place, whose: str, address: Callable[[Contents], Address | None]
) -> Rule:
    """A ZIP code of nine digits, of where care is given or paid for.

    837P wants them there, in 2010AA and 2310C. Of clients and insured five are enough (NUCC: items
    5 and 7 take five or nine).
    """

    def wrong(contents: Contents) -> str:
        found = as_claims_see_it(address(contents) or Address())
        is_at_home = country_of(found.country).has_us_addresses
        if not is_at_home or not re.fullmatch(r"[0-9]{5}", code(found.postal_code)):
            return ""
        return gettext("The ZIP code has five digits. Payers ask for nine.")

    asks = f"{whose}: the ZIP code has nine digits"
    return warns(Rule(f"{item}-zip-nine", item, place, "postal_code", asks, wrong), GUIDE)


def warns(rule: Rule, source: str = NUCC) -> Rule:
    """The same rule, which only warns."""
    return replace(rule, severity="warning", source=source)
