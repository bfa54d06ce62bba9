"""Pages of a list in the order of its folded column, found by the row they begin after.

A page costs the same wherever it is: the database walks an index from that row on, and counts
nothing. A link names the row by its id, so that no name stands in an address.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

_LONGEST_ID = 18  # digits of an id that every database can compare


@dataclass(frozen=True)
class Page:
    """Some rows of a list, and the ids of the rows that its neighbors end before and begin after.

    `before` is None on the first page, `after` on the last one.
    """

    object_list: list[Any]  # named as in Django's own pages
    before: int | None = None
    after: int | None = None

    @property
    def is_one_of_several(self) -> bool:
        """Whether there are rows before or after it."""
        return self.before is not None or self.after is not None


def read_id(typed: str) -> int | None:
    """Return the id of a row that an address or a form names; None for what can't be one."""
    is_one = typed.isascii() and typed.isdecimal() and len(typed) <= _LONGEST_ID
    return int(typed) if is_one else None


def page_of(
    queries: Sequence[QuerySet], asked: Mapping[str, str], *, whole: QuerySet, size: int
) -> Page:
    """Return the page that `asked` names by `after` or `before` (a row's id), or `page=last`.

    The rows of all `queries` together are the list; a row may be in several. `whole` has the
    rows whose ids are understood. What can't be understood, or is empty now, is the first page.
    """
    last, before = asked.get("page") == "last", asked.get("before")
    at = None if last else _place_of(before or asked.get("after", ""), whole)
    backwards = last or bool(at and before)
    rows = _next_rows(queries, at, backwards, size + 1)
    more, rows = len(rows) > size, rows[:size]
    if at is not None and (not rows or (backwards and not more)):
        return page_of(queries, {}, whole=whole, size=size)
    if backwards:
        rows.reverse()
    is_first = not more if backwards else at is None
    is_last = at is None if backwards else not more
    return Page(
        rows,
        before=None if is_first else rows[0].pk,
        after=None if is_last else rows[-1].pk,
    )


def _place_of(typed: str, whole: QuerySet) -> tuple[str, int] | None:
    """Return the place of a row in the order; None without such a row."""
    pk = read_id(typed)
    if pk is None:
        return None
    return whole.order_by().filter(pk=pk).values_list("folded", "pk").first()


def _next_rows(
    queries: Sequence[QuerySet], at: tuple[str, int] | None, backwards: bool, most: int
) -> list[Any]:
    """Return the first rows beyond a place, or of all, in this direction, each once."""
    found = {
        row.pk: row for query in queries for row in _beyond(query, at, backwards)[:most]
    }.values()
    return sorted(found, key=lambda row: (row.folded, row.pk), reverse=backwards)[:most]


def _beyond(query: QuerySet, at: tuple[str, int] | None, backwards: bool) -> QuerySet:
    order = ("-folded", "-pk") if backwards else ("folded", "pk")
    if at is None:
        return query.order_by(*order)
    folded, pk = at
    # The index is entered at `folded`; of its equals, only those on the other side are left out.
    if backwards:
        return query.filter(folded__lte=folded).exclude(folded=folded, pk__gte=pk).order_by(*order)
    return query.filter(folded__gte=folded).exclude(folded=folded, pk__lte=pk).order_by(*order)
