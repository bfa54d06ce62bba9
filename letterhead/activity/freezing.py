"""Frozen rows, enforced by the database itself: triggers refuse update, delete and truncate.

SQLite drops a table's triggers silently when a migration rebuilds the table, so they are created
again after every migration, from `settings.FROZEN_TABLES`.
"""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import UniqueConstraint

_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change_of_frozen() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is frozen: what was issued stays as it is', TG_TABLE_NAME; END $$
"""


def freeze_after_migration(using: str = "default", **_: Any) -> None:
    """Create the triggers once the tables exist (Django calls this after each migration)."""
    put_back(connections[using])


def put_back(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers of every frozen table that exists, for its present columns."""
    lift(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL_FUNCTION)
        for table, columns in _present(connection).items():
            for statement in _statements(connection, table, columns):
                cursor.execute(statement)


def lift(connection: BaseDatabaseWrapper) -> None:
    """Remove the triggers (for tests that flush their database, and for data migrations)."""
    with connection.cursor() as cursor:
        for table in _present(connection):
            on = f' ON "{table}"' if connection.vendor == "postgresql" else ""
            for name in _names(connection, table):
                cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"{on}')


def missing_triggers(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of triggers that should exist but don't."""
    there = triggers_in(connection)
    wanted = [name for table in settings.FROZEN_TABLES for name in _names(connection, table)]
    return [name for name in wanted if name not in there]


def triggers_in(connection: BaseDatabaseWrapper) -> set[str]:
    """Return the names of all triggers that exist."""
    question = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(question)
        return {name for (name,) in cursor.fetchall()}


def _present(connection: BaseDatabaseWrapper) -> dict[str, list[str]]:
    """Frozen tables that exist, each with the columns that can never change."""
    models = {model._meta.db_table: model for model in apps.get_models()}
    existing = set(connection.introspection.table_names())
    there = {
        table: _columns(connection, table) for table in settings.FROZEN_TABLES if table in existing
    }
    return {
        table: [
            str(field.column)
            for field in models[table]._meta.concrete_fields
            if field.column in columns.difference(settings.FROZEN_TABLES[table])
        ]
        for table, columns in there.items()
    }


def _columns(connection: BaseDatabaseWrapper, table: str) -> set[str]:
    """The columns that exist now: a database that is being updated doesn't have all of them."""
    with connection.cursor() as cursor:
        found = connection.introspection.get_table_description(cursor, table)
    return {column.name for column in found}


def _names(connection: BaseDatabaseWrapper, table: str) -> list[str]:
    names = [f"{table}_refuses_update", f"{table}_refuses_delete"]
    third = "truncate" if connection.vendor == "postgresql" else "replace"
    return [*names, f"{table}_refuses_{third}"]


def _statements(connection: BaseDatabaseWrapper, table: str, columns: list[str]) -> list[str]:
    events = [
        "UPDATE OF " + ", ".join(f'"{column}"' for column in columns),
        "DELETE",
        "TRUNCATE",
    ]
    if connection.vendor == "postgresql":
        levels = ["ROW", "ROW", "STATEMENT"]
        return [
            f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table}" '
            f"FOR EACH {level} EXECUTE FUNCTION refuse_change_of_frozen()"
            for name, event, level in zip(_names(connection, table), events, levels, strict=True)
        ]
    # INSERT OR REPLACE deletes without firing the delete trigger, on a match in any unique column.
    there = _columns(connection, table)
    met = " OR ".join(_equal(each) for each in _unique(table) if there.issuperset(each))
    same = f'SELECT 1 FROM "{table}" WHERE {met}'  # noqa: S608 (names of our own)
    replacing = f'INSERT ON "{table}" WHEN EXISTS ({same})'
    ons = [f'{event} ON "{table}"' for event in events[:2]] + [replacing]
    return [
        f'CREATE TRIGGER "{name}" BEFORE {on} BEGIN '
        f"SELECT RAISE(ABORT, '{table} is frozen: what was issued stays as it is'); END"
        for name, on in zip(_names(connection, table), ons, strict=True)
    ]


def _unique(table: str) -> list[list[str]]:
    """Every set of columns that is unique in a table."""
    model = next(model for model in apps.get_models() if model._meta.db_table == table)
    alone = [[str(field.column)] for field in model._meta.concrete_fields if field.unique]
    column = {field.name: str(field.column) for field in model._meta.concrete_fields}
    together = [
        [column[name] for name in constraint.fields]
        for constraint in model._meta.constraints
        if isinstance(constraint, UniqueConstraint)
    ]
    return alone + together


def _equal(columns: list[str]) -> str:
    return "(" + " AND ".join(f'"{column}" = NEW."{column}"' for column in columns) + ")"
