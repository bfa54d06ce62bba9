"""Amounts of money, read and written the way a country does.

Babel's strict `parse_decimal` was measured instead: it knows languages rather than countries (in
Canada 1,200 is two numbers), accepts the digits of any script and refuses the spaces of a keyboard.
"""

import re
from decimal import Decimal

from django.utils.translation import get_language

from letterhead.countries.country import Tax
from letterhead.countries.ways import Way, ways_of

_SPACES = (
    " \N{NO-BREAK SPACE}\N{THIN SPACE}\N{NARROW NO-BREAK SPACE}'\N{RIGHT SINGLE QUOTATION MARK}"
)
_EVERYWHERE = ("$", "€", "£", "kr.", "kr", "Fr.")


class NotAnAmount(Exception):
    """What was typed isn't a number as the country writes it."""


class TwoReadings(NotAnAmount):
    """What was typed is one number here and another one there, and both are usual."""


def read_amount(typed: str, *, country: str, currency: str = "") -> Decimal:
    """Return an amount typed in `country` (ISO 3166-1 alpha-2), with all its decimals.

    A currency sign, or the code `currency`, before or after it is skipped. Groups must be groups
    of three (in India two before the last), all with the same sign between them. Where prices have
    no decimals, a sign that could be theirs groups. Raises NotAnAmount.
    """
    ways = ways_of(country)
    signs = {way.sign for way in ways.ways.values()} | {ways.currency}
    number = _without_sign(typed.strip(), [*_EVERYWHERE, *signs, currency])
    lakhs = any(way.lakhs for way in ways.ways.values())
    found = {
        reading
        for decimal, group in ways.reads
        if (reading := _read(number, decimal, group, lakhs=lakhs)) is not None
    }
    if len(found) > 1 and ways.decimals == 0 and currency in {"", ways.currency}:
        found = {max(found, key=abs)}  # ₲ 1.200
    if len(found) > 1:
        raise TwoReadings
    if not found:
        raise NotAnAmount
    return found.pop()


def show_amount(amount: Decimal, *, country: str) -> str:
    """Return an amount as a field shows it, ungrouped: 1200.50, or 1200,50 in Norway."""
    return f"{amount:f}".replace(".", ways_of(country).reads[0][0])


def plain(amount: Decimal) -> Decimal:
    """Return a number without zeros at the end of its decimals: 1.50 is 1.5, 20.00 is 20."""
    return Decimal(f"{amount.normalize():f}")


def tax_in_words(tax: Tax, *, country: str) -> str:
    """Return a tax with its percentages: GST 5% + QST 9.975%."""
    parts = [f"{label} {show_amount(plain(rate), country=country)}%" for label, rate in tax.parts]
    return " + ".join(parts)


def money(amount: Decimal, currency: str, *, country: str) -> str:
    """Return an amount as bills and pages of a country have it: $1,234.50, kr 1 234,50.

    In the language that is spoken now, if the country has it: 1 234,50 $ in French, in Canada. A
    currency of elsewhere has its code: EUR 1,234.50.
    """
    ways = ways_of(country)
    way = ways.way(get_language() or "")
    at_home = currency == ways.currency
    decimals = ways.decimals if at_home and amount == amount.to_integral_value() else 2
    digits = _digits(abs(amount), decimals, way)
    minus = "-" if amount < 0 else ""
    if not at_home:
        return f"{currency}\N{NO-BREAK SPACE}{minus}{digits}"
    return f"{minus}{way.before}{digits}{way.after}"


def _digits(amount: Decimal, decimals: int, way: Way) -> str:
    whole, _point, fraction = f"{amount:.{decimals}f}".partition(".")
    rest, last = whole[:-3], whole[-3:]
    size = 2 if way.lakhs else 3
    groups = [rest[max(0, end - size) : end] for end in range(len(rest), 0, -size)][::-1]
    return way.group.join([*groups, last]) + (way.decimal + fraction if fraction else "")


def _without_sign(typed: str, signs: list[str]) -> str:
    if typed.startswith("-"):  # -$5, as `money` writes it
        return "-" + _without_sign(typed[1:], signs)
    for sign in sorted(filter(None, set(signs)), key=len, reverse=True):
        if typed.startswith(sign):
            return typed.removeprefix(sign).strip()
        if typed.endswith(sign):
            return typed.removesuffix(sign).strip()
    return typed


def _read(number: str, decimal: str, group: str, *, lakhs: bool) -> Decimal | None:
    signs, point = re.escape(_SPACES + group), re.escape(decimal)
    size = "{2,3}" if lakhs else "{3}"
    grouped = rf"[0-9]{{1,3}}(?:([{signs}])[0-9]{size}(?:\3[0-9]{size}){{0,6}})"
    found = re.fullmatch(rf"(-?)([0-9]{{1,15}}|{grouped})(?:{point}([0-9]{{0,15}}))?", number)
    if not found or not _is_grouped(found[2], lakhs=lakhs):
        return None
    digits = re.sub(r"[^0-9]", "", found[2])
    return Decimal(".".join(filter(None, [found[1] + digits, found[4]])))


def _is_grouped(whole: str, *, lakhs: bool) -> bool:
    """Whether the digits between signs are groups as the country has them."""
    first, *groups = re.split(r"[^0-9]", whole)
    if not groups:
        return True
    thousands = all(len(each) == 3 for each in groups)
    by_two = len(first) <= 2 and len(groups[-1]) == 3 and all(len(e) == 2 for e in groups[:-1])
    return thousands or (lakhs and by_two)
