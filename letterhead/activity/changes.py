"""Optimistic locking: a row is changed only by someone who read its present version."""

from typing import Any

from django.db import models
from django.db.models import F
from django.utils import timezone

from letterhead.encryption.fields import bound
from letterhead.texts.folded import refolded


class Stale(Exception):
    """Someone saved this row after the form was opened; `now` is what they saved."""

    def __init__(self, now: models.Model) -> None:
        super().__init__("saved by someone else")
        self.now = now


def change_row(
    row: models.Model, *, columns: dict[str, Any], read_at_version: int, and_rows: bool = False
) -> dict[str, list[Any]]:
    """Write the columns that differ, in the caller's transaction; return {name: [before, after]}.

    If nothing differs, nothing is written, unless the caller changes rows that belong to it
    (`and_rows`). Raises Stale if the row is no longer at
    `read_at_version`: one conditional update locks and checks, on SQLite and PostgreSQL alike.
    """
    changed = {k: v for k, v in columns.items() if getattr(row, k) != v}
    rows = type(row)._default_manager.filter(pk=row.pk, version=read_at_version)
    moved = {**bound(row, changed), **refolded(row, changed), **_now_for(row)}
    writes = bool(changed) or and_rows
    moved_on = not (rows.update(**moved, version=F("version") + 1) if writes else rows.exists())
    if moved_on:
        raise Stale(type(row)._default_manager.get(pk=row.pk))
    return {k: [_plain(getattr(row, k)), _plain(v)] for k, v in changed.items()}


def _now_for(row: models.Model) -> dict[str, Any]:
    """Return when it changed, for rows that say so."""
    return {"changed_at": timezone.now()} if hasattr(row, "changed_at") else {}


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | bool | None) else str(value)
