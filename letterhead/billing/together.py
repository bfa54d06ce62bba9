"""Several visits of a client on one bill: when they can be, and what it says then."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from msgspec import UNSET
from msgspec.structs import replace

from letterhead.billing.contents import VisitPicture
from letterhead.billing.models import Bill, Visit
from letterhead.billing.problems import Place, Problem

LETTERS = "ABCDEFGHIJKL"  # of item 21
_REFERRER = "referrer_"
# What each visit has of its own. All else is there once on a claim: items 10 to 23, 27, 31 to 33.
_OWN = {"id", "practice", "client", "visited_on", "account_number", "version"}
_OWN |= {"attendee", "carried_over_from"}  # how it came about: no bill says that
_OWN |= {"referred_on"}  # no claim says it
_PAYMENT = "paid_on", "payment_method"
_OWN |= {"amount_paid", *_PAYMENT}
_ONCE_ON_A_SUPERBILL = {"practitioner", "location", "policy", "prior_authorization"}
_ONCE_ON_A_SUPERBILL |= {"referred_on"}


def apart(visits: Sequence[Visit], *, kind: str) -> tuple[Problem, ...]:
    """Return why visits can't be on one bill; nothing where they can. All are errors."""
    found = [(name, label) for name, label in _shared(kind) if len({*_values(visits, name)}) > 1]
    problems = []
    if found:
        names = ", ".join(dict.fromkeys(label for _name, label in found))
        words = _(
            "These visits can’t be on one bill, because they differ in: %(names)s. Make a bill for "
            "each."
        )
        problems.append(_error("24", words % {"names": names}, found[0][0]))
    if (count := len(_codes(visits))) > len(LETTERS):
        words = _("These visits have %(count)s diagnoses together. A bill has room for 12.")
        problems.append(_error("21", words % {"count": count}, "diagnoses-0-code"))
    return tuple(problems)


def _error(item: str, message: str, field: str) -> Problem:
    return Problem("error", item, message, Place.VISIT, field)


def _shared(kind: str) -> Iterator[tuple[str, str]]:
    """The columns that visits on one bill have in common, with their labels."""
    for column in Visit._meta.concrete_fields:
        is_of_referrer = column.name.startswith(_REFERRER)
        on_superbill = column.name in _ONCE_ON_A_SUPERBILL or is_of_referrer
        if on_superbill if kind == Bill.Kind.SUPERBILL else column.name not in _OWN:
            label = _("Referring provider") if is_of_referrer else str(column.verbose_name)
            yield column.name, label


def _values(visits: Sequence[Visit], name: str) -> Iterator[object]:
    column = Visit._meta.get_field(name)
    return (getattr(visit, column.attname) for visit in visits)  # type: ignore[union-attr]


def _codes(visits: Sequence[Visit]) -> dict[str, None]:
    return dict.fromkeys(code for visit in visits for code in _codes_of(visit))


def _codes_of(visit: Visit) -> list[str]:
    rows = sorted(visit.diagnoses.all(), key=lambda diagnosis: diagnosis.position)
    return [diagnosis.code for diagnosis in rows]


def merged(visits: Sequence[VisitPicture]) -> VisitPicture:
    """Return visits as one: all services, each diagnosis once, pointers to where it is now.

    What they share, and the account number, is the first one's. When and how they were paid is
    said where that is the same for all.
    """
    all_codes = tuple(dict.fromkeys(code for visit in visits for code in visit.diagnoses))
    codes = all_codes[: len(LETTERS)]
    letters = dict(zip(codes, LETTERS, strict=False))
    lines = tuple(
        replace(line, pointers=_relettered(line.pointers, visit.diagnoses, letters))
        for visit in visits
        for line in visit.lines
    )
    paid = [visit for visit in visits if visit.amount_paid]
    days, methods = ({getattr(each, name) for each in paid} for name in _PAYMENT)
    return replace(
        visits[0],
        diagnoses=codes,
        lines=lines,
        amount_paid=sum((visit.amount_paid for visit in paid), Decimal(0)),
        paid_on=days.pop() if len(days) == 1 else UNSET,
        payment_method=methods.pop() if len(methods) == 1 else UNSET,
    )


def _relettered(pointers: str, codes: Sequence[str], letters: dict[str, str]) -> str:
    known = dict(zip(LETTERS, codes, strict=False))
    return "".join(letters.get(known[each], "") if each in known else each for each in pointers)


def found_on(visits: Sequence[Visit], field: str) -> tuple[Visit, str]:
    """Return the visit on whose page a field of the whole bill is, and its name there.

    `field` is such as `lines-7-charge` or `diagnoses-3-code`; others are on the first visit.
    """
    rows, _dash, rest = field.partition("-")
    number, _dash, name = rest.partition("-")
    if rows == "diagnoses" and number.isdecimal():
        code = [*_codes(visits), ""][int(number) : int(number) + 1]
        for visit in visits:
            if code and code[0] in (codes := _codes_of(visit)):
                return visit, f"diagnoses-{codes.index(code[0])}-{name}"
    if rows == "lines" and number.isdecimal():
        row = int(number)
        for visit in visits:
            if row < (count := len(visit.lines.all())):
                return visit, f"lines-{row}-{name}"
            row -= count
    return visits[0], field
