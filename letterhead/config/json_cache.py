"""Caches that hold only JSON: a row that someone else wrote there can't run code.

Django's own pickle their values, in the database and in Redis.
"""

import datetime as dt
import json
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.db import connection, transaction
from django.utils import timezone


class JsonSerializer:
    """For Django's Redis cache."""

    def dumps(self, value: Any) -> str:
        """Return JSON; Redis counts with numbers as they are."""
        return json.dumps(value)

    def loads(self, stored: bytes) -> Any:
        """Return the value; None for anything but JSON."""
        return _value(stored)


class JsonDatabaseCache(DatabaseCache):
    """Django's cache in the database, with JSON, and one statement to write a row."""

    def get_many(self, keys: Any, version: int | None = None) -> dict[str, Any]:
        """Return the values that have not expired, by key."""
        wanted = {self.make_and_validate_key(key, version=version): key for key in keys}
        if not wanted:
            return {}
        marks = ", ".join(["%s"] * len(wanted))
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT cache_key, value FROM {self._quoted} "  # noqa: S608 (our own name)
                f"WHERE cache_key IN ({marks}) AND expires > %s",
                [*wanted, _stored(timezone.now())],
            )
            found = {wanted[key]: _value(text) for key, text in cursor.fetchall()}
        return {key: value for key, value in found.items() if value is not None}

    def _base_set(self, mode: str, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT) -> bool:
        """Write a row; return whether it was written: "add" leaves one that has not expired."""
        until = self.get_backend_timeout(timeout)
        expires = dt.datetime.max if until is None else dt.datetime.fromtimestamp(until, dt.UTC)
        now = timezone.now()
        with transaction.atomic(), connection.cursor() as cursor:
            if mode == "touch":
                statement = f"UPDATE {self._quoted} SET expires = %s WHERE cache_key = %s"  # noqa: S608
                cursor.execute(statement, [_stored(expires), key])
                return bool(cursor.rowcount)
            self._make_room(cursor, now)
            only_expired = f"WHERE {self._quoted}.expires <= %s" if mode == "add" else ""
            cursor.execute(
                f"INSERT INTO {self._quoted} (cache_key, value, expires) VALUES (%s, %s, %s) "  # noqa: S608
                "ON CONFLICT (cache_key) DO UPDATE "
                f"SET value = excluded.value, expires = excluded.expires {only_expired}",
                [
                    key,
                    json.dumps(value),
                    _stored(expires),
                    *([_stored(now)] if only_expired else []),
                ],
            )
            return bool(cursor.rowcount)

    def _make_room(self, cursor: Any, now: dt.datetime) -> None:
        cursor.execute(f"SELECT COUNT(*) FROM {self._quoted}")  # noqa: S608
        (rows,) = cursor.fetchone()
        if rows > self._max_entries:
            self._cull("default", cursor, now.replace(microsecond=0), rows)  # type: ignore[attr-defined]

    @property
    def _quoted(self) -> str:
        return connection.ops.quote_name(self._table)  # type: ignore[attr-defined]  # Django's


def _value(stored: str | bytes) -> Any:
    try:
        return json.loads(stored)
    except (ValueError, RecursionError):  # not written by us, or by an older version
        return None


def _stored(at: dt.datetime) -> Any:
    """Return an instant as the column holds it, in whole seconds."""
    return connection.ops.adapt_datetimefield_value(at.replace(microsecond=0))
