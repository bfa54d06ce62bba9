"""The table of services on paper and what its lines come to: columns, charges, taxes. Pure."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from letterhead.billing.contents import Contents, ServiceLinePicture
from letterhead.billing.superbill.days import short_date
from letterhead.billing.superbill.row import has_us_numbers, is_by_row, row_of
from letterhead.countries.money import money, plain

Fact = tuple[str, str]
Line = dict[str, str]  # the cells of one row of the table, by column

_ALWAYS = ("date", "description", "charge")
_SINCE_FIRST = ("date", "place", "code", "modifiers", "description", "pointers", "units", "charge")
_ONE = Decimal(1)


def headings(contents: Contents) -> dict[str, str]:
    """Return the words above each column that prints, from the left."""
    words = _headings(contents)
    return {name: words[name] for name in columns(contents)}


def _headings(contents: Contents) -> dict[str, str]:
    row = row_of(contents)
    return {
        "date": _("Date"),
        "place": _("Place"),
        "code": str(row.services.code_label),
        "modifiers": _("Modifiers"),
        "description": _("Service"),
        "pointers": _("Diagnosis"),
        "minutes": _("Minutes"),
        "factor": _("Factor"),
        "units": str(row.services.units),
        "tax": _("Tax"),
        "charge": _("Charge"),
    }


def columns(contents: Contents) -> list[str]:
    """Return the columns that print: all that the US form has, elsewhere those with something."""
    lines = [_cells(line, contents) for line in contents.visit.lines]
    used = {name for line in lines for name, said in line.items() if said}
    if all(line.units == _ONE for line in contents.visit.lines):
        used.discard("units")
    used |= {*_ALWAYS} if is_by_row(contents) else {*_SINCE_FIRST}
    return [name for name in _headings(contents) if name in used]


def rows(contents: Contents) -> list[Line]:
    """Return the lines, with a cell for each column."""
    names = columns(contents)
    cells = [_cells(line, contents) for line in contents.visit.lines]
    return [{name: line[name] for name in names} for line in cells]


def _cells(line: ServiceLinePicture, contents: Contents) -> Line:
    number = _number if is_by_row(contents) else _in_digits
    days = [line.service_on, line.until or line.service_on]
    return Line(
        date=" – ".join(dict.fromkeys(short_date(day, contents) for day in days)),
        place=line.place_of_service if _has_place(contents) else "",
        code=line.code,
        modifiers=" ".join(line.modifiers),
        description=line.description,
        pointers=" ".join(line.pointers),
        minutes=str(line.minutes or ""),
        factor=_number(line.factor) if line.factor else "",
        units=number(line.units),
        tax=" + ".join(_percent(tax.percent) for tax in line.taxes or ()),
        charge=amount(line.charge, contents),
    )


def _has_place(contents: Contents) -> bool:
    """Codes of places of service mean something on US claims only, unless the country has some."""
    return has_us_numbers(contents) or row_of(contents).services.has_place_of_service


def _in_digits(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _number(number: Decimal) -> str:
    return number_format(plain(number))


def _percent(percent: Decimal) -> str:
    return f"{_number(percent)}\N{NO-BREAK SPACE}%"


def totals(contents: Contents) -> list[Fact]:
    """Return what the lines come to, the taxes in it, what was paid and what is left."""
    left = balance(contents)
    return [
        (_("Total"), amount(contents.total, contents)),
        *_taxes(contents),
        (_("Paid"), amount(contents.visit.amount_paid, contents)),
        (_("Credit") if left < 0 else _("Balance"), amount(abs(left), contents)),
    ]


def _taxes(contents: Contents) -> list[Fact]:
    words = _("%(tax)s %(percent)s included")
    return [
        (words % {"tax": label, "percent": _percent(percent)}, amount(tax, contents))
        for (label, percent), tax in taxes_in(contents).items()
    ]


def taxes_in(contents: Contents) -> Mapping[tuple[str, Decimal], Decimal]:
    """Return each tax that is part of the charges, by its label and percent.

    Taken out of the sum of the charges that have it, and rounded once, half up to the cent. Where
    a charge has two taxes, both are percents of the same net charge.
    """
    exact: dict[tuple[str, Decimal], Fraction] = {}
    for line in contents.visit.lines:
        taxes = line.taxes or ()
        gross = 100 + sum((Fraction(tax.percent) for tax in taxes), Fraction(0))
        for tax in taxes:
            part = Fraction(line.charge) * Fraction(tax.percent) / gross
            key = tax.label, tax.percent
            exact[key] = exact.get(key, Fraction(0)) + part
    return {key: _half_up(part) for key, part in exact.items()}


def _half_up(exact: Fraction) -> Decimal:
    return Decimal((exact * 100 + Fraction(1, 2)).__floor__()) / 100


def tax_note(contents: Contents) -> str:
    """Return the practice's sentence on what isn't taxed, where a line has no tax."""
    note = contents.letterhead.practice.tax_note or ""
    return note if any(not line.taxes for line in contents.visit.lines) else ""


def amount(value: Decimal, contents: Contents) -> str:
    """Write an amount in the practice's currency."""
    practice = contents.letterhead.practice
    return money(value, practice.currency, country=practice.address.country)


def balance(contents: Contents) -> Decimal:
    """Return what is left to pay; below zero if more was paid."""
    return contents.total - contents.visit.amount_paid
