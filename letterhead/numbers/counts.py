"""Counts that stop: a page that says "1,000+" needn't walk a table of any size."""

from typing import Any

from django.db.models import IntegerField, QuerySet, Subquery
from django.utils.formats import number_format

MOST = 1_000  # what pages count up to


class CountUpTo(Subquery):
    """The number of rows of a query, or `most` + 1 if there are more than `most`."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()

    def __init__(self, rows: QuerySet, *, most: int = MOST, **extra: Any) -> None:
        super().__init__(rows.order_by().values("pk")[: most + 1], **extra)


def count_up_to(rows: QuerySet, most: int = MOST) -> int:
    """Return the number of rows, or `most` + 1 if there are more than `most`."""
    return rows.order_by()[: most + 1].count()


def in_words(counted: int, most: int = MOST) -> str:
    """Return a count as pages show it: 12, 1,000+."""
    shown = number_format(min(counted, most), force_grouping=True)
    return f"{shown}+" if counted > most else shown
