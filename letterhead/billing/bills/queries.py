"""The list of bills: sought, in order, a page at a time, added up; as quick for any number.

If few bills match, one index finds them all, and they are put in order. If many match, walking the
index of the order soon meets a page of them. Which it is, is tried with a limit. A database can't
tell: it would put many in order, or walk far for few. So a condition is written in a way that no
index can serve (`_unindexed`) where another index is meant.
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import (
    BigIntegerField,
    BooleanField,
    Count,
    Exists,
    F,
    Func,
    OuterRef,
    QuerySet,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce

from letterhead.billing.kinds import kind_of
from letterhead.billing.models import Bill, IssuedBill, Numbering
from letterhead.clients.models import Client
from letterhead.clients.queries import clients_in_parts, clients_listed
from letterhead.countries.table import FIRST
from letterhead.details.queries import practitioners_in
from letterhead.practices.models import Membership, Practice
from letterhead.practices.roles import Act, may

A_PAGE = 50
FEW = 1000
KEYS = {
    "visit": ("visited_on", "pk"),
    "total": ("total", "pk"),
    "client": ("client__folded", "client_id", "pk"),
}
_NUMBER = re.compile(r"(?:([A-Z]{2})[- ]?)?(?:([0-9]{4})[- ])?0{0,9}([0-9]{1,9})", re.IGNORECASE)
_SHORT_NUMBER = re.compile(r"([^\W\d]\S{0,2}[0-9]{2})-0{0,9}([0-9]{1,9})")


@dataclass(frozen=True, kw_only=True)
class Sought:
    """What to list; "" and None mean any. `called` is a client's name or a bill's number.

    `order` is one of KEYS, with "-" from the last to the first. The page is what comes `after` a
    bill or `before` it, else the first page. `add_up`: many bills, too.
    """

    called: str = ""
    state: str = ""
    kind: str = ""
    clinician: int | None = None
    first: dt.date | None = None
    last: dt.date | None = None
    order: str = "-visit"
    after: int | None = None
    before: int | None = None
    add_up: bool = False


@dataclass(frozen=True, kw_only=True)
class Found:
    """A page of bills; how many were found, and what they come to by currency, if added up.

    `lost`: the bill that the page was to come after is gone, so this is the first page.
    """

    bills: list[Bill]
    has_previous: bool
    has_next: bool
    count: int | None
    totals: Mapping[str, Decimal]
    lost: bool


def clinicians_with_bills(practice: Practice) -> list[tuple[int, str]]:
    """Return id and name of each clinician, also of former ones, that a bill is for."""
    billed = Exists(Bill.objects.filter(practitioner=OuterRef("pk")))
    rows = practitioners_in(practice).filter(billed).values_list("pk", "first_name", "last_name")
    return [(pk, f"{first} {last}") for pk, first, last in rows]


def find_bills(membership: Membership, sought: Sought, *, clinicians: Iterable[int]) -> Found:
    """Return a page of the bills that a member can see.

    `clinicians` are all of the practice that have bills; `sought.clinician` is one of them.
    """
    whose = _whose(membership, sought.called)
    few = _few(whose, sought, clinicians)
    after = _place(whose, sought)
    ids = few
    if ids is None:
        walk = _unindexed(whose.narrow(_in_order(whose, sought)), sought)
        ids = list(_page(walk, sought, after).values_list("pk", flat=True))
    rows = list(_shown(_page(whose.narrow(Bill.objects.filter(pk__in=ids)), sought, after)))
    count, totals = _added_up(whose, sought, few, clinicians)
    backwards = bool(after and sought.before)
    more = len(rows) > A_PAGE
    return Found(
        bills=rows[:A_PAGE][::-1] if backwards else rows[:A_PAGE],
        has_previous=more if backwards else bool(after),
        has_next=True if backwards else more,
        count=count,
        totals=totals,
        lost=bool(sought.after or sought.before) and not after,
    )


@dataclass(frozen=True, kw_only=True)
class _Whose:
    """Whose bills: everyone's (`clients` is None), of some clients, `few` of them, or by number."""

    practice: Practice
    clients: QuerySet[Client] | None = None
    few: list[int] | None = None
    numbered: list[int] | None = None

    def narrow(self, bills: QuerySet[Bill]) -> QuerySet[Bill]:
        """Keep the bills of these clients, looking each up."""
        if self.clients is None:
            return bills
        return bills.filter(Exists(self.clients.filter(pk=OuterRef("client"))))


def _whose(membership: Membership, called: str) -> _Whose:
    practice = membership.practice
    numbers = _numbers(practice, called)
    sees_all = may(membership, Act.SEE_ALL_CLIENTS)
    if numbers is not None:
        issued = IssuedBill.objects.filter(practice=practice, number__in=numbers)
        clients = None if sees_all else clients_listed(membership).order_by()
        return _Whose(
            practice=practice, clients=clients, numbered=list(issued.values_list("bill", flat=True))
        )
    if sees_all and not called.strip():
        return _Whose(practice=practice)
    clients = clients_listed(membership, called=called).order_by()
    parts = clients_in_parts(membership, called=called)
    few = [pk for part in parts for pk in part.values_list("pk", flat=True)[: FEW + 1]]
    return _Whose(practice=practice, clients=clients, few=few if len(few) <= FEW else None)


def _numbers(practice: Practice, typed: str) -> list[str] | None:
    """The numbers that may be meant by SB-2026-0036, 2026-0036, R26-0036 or 36; None if a name."""
    short = _SHORT_NUMBER.fullmatch(typed.strip())
    if short:
        return [f"{short[1]}-{int(short[2]):04d}", f"{short[1].upper()}-{int(short[2]):04d}"]
    read = _NUMBER.fullmatch(typed.strip())
    if not read:
        return None
    prefix, year, count = read.groups()
    kinds = [
        (kind_of(Bill(kind=kind)), used)
        for kind, used in Numbering.objects.filter(practice=practice).values_list("kind", "year")
        if not year or used == int(year)
    ]
    found = [
        (
            kind.number(used, int(count), country=FIRST),
            kind.number(used, int(count), country=practice.place, prefix=practice.bill_prefix),
        )
        for kind, used in kinds
        if not prefix or kind.prefix == prefix.upper()
    ]
    return [number for both in found for number in both]


def _few(whose: _Whose, sought: Sought, clinicians: Iterable[int]) -> list[int] | None:
    """The ids of all bills that can match, or None if there are more than a few."""
    if whose.numbered is not None:
        found = _unindexed(Bill.objects.filter(pk__in=whose.numbered), sought)
    elif whose.few is not None:
        found = _unindexed(Bill.objects.filter(client__in=whose.few), sought)
    else:
        found = _indexed(whose.practice, sought, clinicians)
    ids = list(found.values_list("pk", flat=True)[: FEW + 1])
    return ids if len(ids) <= FEW else None


def _indexed(practice: Practice, sought: Sought, clinicians: Iterable[int]) -> QuerySet[Bill]:
    """The bills that match, by the index bills_sought: each of its columns has its values."""
    bills = Bill.objects.filter(
        practice=practice,
        kind__in=[sought.kind] if sought.kind else Bill.Kind.values,
        state__in=[sought.state] if sought.state else Bill.State.values,
        practitioner__in=[sought.clinician] if sought.clinician else list(clinicians),
    )
    return bills.filter(**_days(sought, "visited_on"))


def _in_order(whose: _Whose, sought: Sought) -> QuerySet[Bill]:
    """All bills, by what begins the index of their order."""
    order = sought.order.lstrip("-")
    if order == "visit" and sought.clinician:
        return Bill.objects.filter(practitioner=sought.clinician)
    # Clients are in order in their own table.
    practice = "client__practice" if order == "client" else "practice"
    return Bill.objects.filter(**{practice: whose.practice})


def _unindexed(bills: QuerySet[Bill], sought: Sought) -> QuerySet[Bill]:
    """The bills that match, each looked at. Days are left to the index if they are the order."""
    facts = {"kind": sought.kind, "state": sought.state, "practitioner_id": sought.clinician}
    wanted = {f"{name}_seen": value for name, value in facts.items() if value}
    by_day = sought.order.lstrip("-") == "visit"
    seen = {f"{name}_seen": Coalesce(name, name) for name in (*facts, "visited_on")}
    days = _days(sought, "visited_on" if by_day else "visited_on_seen")
    return bills.alias(**seen).filter(**wanted, **days)


def _days(sought: Sought, column: str) -> dict[str, dt.date]:
    days = {f"{column}__gte": sought.first, f"{column}__lte": sought.last}
    return {lookup: day for lookup, day in days.items() if day}


def _place(whose: _Whose, sought: Sought) -> tuple[Any, ...] | None:
    """Where the page begins: the values of its neighbor in the order of the list."""
    neighbor = Bill.objects.filter(practice=whose.practice, pk=sought.after or sought.before or 0)
    return whose.narrow(neighbor).values_list(*KEYS[sought.order.lstrip("-")]).first()


def _page(bills: QuerySet[Bill], sought: Sought, after: tuple[Any, ...] | None) -> QuerySet[Bill]:
    """One page and one bill more, in the order of the list, or backwards from its end."""
    keys = KEYS[sought.order.lstrip("-")]
    down = sought.order.startswith("-") != bool(after and sought.before)
    if after:
        # The first key alone, too: an index can't serve a comparison of columns of two tables.
        reached = {f"{keys[0]}__{'lte' if down else 'gte'}": after[0]}
        bills = bills.filter(_beyond(keys, after, "<" if down else ">"), **reached)
    return bills.order_by(*(f"-{key}" if down else key for key in keys))[: A_PAGE + 1]


def _beyond(keys: Iterable[str], after: Iterable[Any], sign: str) -> Func:
    """Compare rows as a whole, (total, id) > (120, 7), which an index serves in one step."""
    columns, values = (
        Func(*each, template="(%(expressions)s)", output_field=BooleanField())
        for each in (map(F, keys), map(Value, after))
    )
    return Func(
        columns, values, template="%(expressions)s", arg_joiner=sign, output_field=BooleanField()
    )


def _shown(bills: QuerySet[Bill]) -> QuerySet[Bill]:
    return bills.select_related("client", "practitioner", "issued").only(
        *("kind", "state", "visited_on", "total", "currency", "issued__number"),
        *("client__first_name", "client__last_name"),
        *("practitioner__first_name", "practitioner__last_name"),
    )


def _added_up(
    whose: _Whose, sought: Sought, few: list[int] | None, clinicians: Iterable[int]
) -> tuple[int | None, dict[str, Decimal]]:
    """How many bills match, and their exact sums by currency; a draft's is the practice's."""
    if few is not None:
        bills = Bill.objects.filter(pk__in=few)
    elif sought.add_up:
        bills = _indexed(whose.practice, sought, clinicians)
    else:
        return None, {}
    hundredths = Func(  # SQLite adds up floating-point numbers, but integers exactly
        F("total"),
        template="CAST(ROUND(%(expressions)s * 100) AS BIGINT)",
        output_field=BigIntegerField(),
    )
    rows = list(
        whose.narrow(bills)
        .values_list("currency")
        .annotate(count=Count("pk"), sum=Sum(hundredths))
        .order_by("currency")
    )
    totals: dict[str, Decimal] = {}
    for currency, _, total in rows:
        of = currency or whose.practice.currency
        totals[of] = totals.get(of, Decimal(0)) + Decimal(total) / 100
    return sum(count for _, count, _ in rows), totals
