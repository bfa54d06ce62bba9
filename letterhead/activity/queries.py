"""Reading the record: a practice's rows, and whether the chains are intact."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Count, Max, QuerySet

from letterhead.activity.chain import breaks_in, name_of
from letterhead.activity.models import Activity, ChainHead

AT_ONCE = 2_000


@dataclass(frozen=True, kw_only=True)
class Sought:
    """What to look for in the record; None or "" means any."""

    person: int | None = None
    kind: str = ""
    since: dt.datetime | None = None
    until: dt.datetime | None = None  # exclusive


@dataclass(frozen=True)
class Standing:
    """How many rows there are, in how many chains, and when the newest was written."""

    rows: int
    chains: int
    newest: dt.datetime | None


def activity_in(
    practice: int, sought: Sought = Sought(), *, before: int | None = None
) -> QuerySet[Activity]:
    """Return what was done in a practice, newest first; with `before`, only before that place."""
    rows = Activity.objects.filter(chain=practice).order_by("-at", "-place")
    newer = rows.filter(place=before).values_list("at", flat=True).first() if before else None
    if newer:
        rows = rows.filter(at__lte=newer).exclude(at=newer, place__gte=before)
    if sought.person is not None:
        rows = rows.filter(person=sought.person)
    if sought.kind:
        rows = rows.filter(kind=sought.kind)
    if sought.since:
        rows = rows.filter(at__gte=sought.since)
    if sought.until:
        rows = rows.filter(at__lt=sought.until)
    return rows


def one_by_one(rows: QuerySet[Activity]) -> Iterator[Activity]:
    """Yield rows without holding them all in memory."""
    return rows.iterator(AT_ONCE)


def broken_links(practices: Iterable[int] = ()) -> Iterator[str]:
    """Yield a sentence for each break in any chain of the installation, in the chains' order.

    Each of `practices` must have a chain, and so must what belongs to no practice.
    """
    rows = Activity.objects.order_by("chain", "place", "pk")
    yield from breaks_in(one_by_one(rows), ChainHead.objects.all())
    known = rows.order_by().values_list("chain").union(ChainHead.objects.values_list("chain"))
    for gone in sorted({0, *practices}.difference(chain for (chain,) in known)):
        yield f"{name_of(gone)}: its whole chain is missing"


def standing() -> Standing:
    """Count the rows and chains of the record."""
    found = Activity.objects.aggregate(
        rows=Count("pk"), chains=Count("chain", distinct=True), newest=Max("at")
    )
    return Standing(**found)
