"""The words that clients are found by, kept by the database itself.

Triggers see every way of saving: one row, many at once, an update, SQL by hand. SQLite drops a
table's triggers silently when a migration rebuilds the table, so they are created again after
every migration, and where one was missing all words are made anew.
"""

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from letterhead.activity.freezing import triggers_in

_TABLE, _WORDS = "clients_client", "clients_clientword"
_NAMES = tuple(f"{_TABLE}_words_{event}" for event in ("added", "changed", "deleted"))
# All words of a row but the first, each once; {row} is NEW, or the table in a whole query.
_SQLITE_WORDS = """
SELECT DISTINCT {row}.practice_id, value, {row}.id FROM {tables}json_each(
    '["' || replace(replace({row}.folded, char(9), '","'), ' ', '","') || '"]'
) WHERE key > 0 AND value <> ''"""
_POSTGRESQL_WORDS = """
SELECT DISTINCT {row}.practice_id, word, {row}.id
FROM {tables}regexp_split_to_table({row}.folded, '[ \t]') WITH ORDINALITY AS split(word, place)
WHERE place > 1 AND word <> ''"""
_INSERT = f"INSERT INTO {_WORDS} (practice_id, word, client_id)"
_FORGET = f"DELETE FROM {_WORDS} WHERE client_id = OLD.id"  # noqa: S608 (names of our own)
_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {_TABLE}_words() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
IF TG_OP <> 'INSERT' THEN
    IF TG_OP = 'UPDATE' AND (OLD.folded, OLD.practice_id) = (NEW.folded, NEW.practice_id) THEN
        RETURN NULL;
    END IF;
    {_FORGET};
END IF;
IF TG_OP <> 'DELETE' THEN
    {_INSERT} {_POSTGRESQL_WORDS.format(row="NEW", tables="")};
END IF;
RETURN NULL;
END $$"""


def keep_words_after_migration(using: str = "default", **_: object) -> None:
    """Create the triggers once the tables exist (Django calls this after each migration)."""
    connection = connections[using]
    if {_TABLE, _WORDS} <= set(connection.introspection.table_names()):
        was_complete = not missing_triggers(connection)
        put_back(connection)
        if not was_complete:
            find_words_again(connection)


def put_back(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers, as this version has them."""
    remove(connection)
    statements = _on_postgresql() if connection.vendor == "postgresql" else _on_sqlite()
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Remove the triggers, for a migration that removes the words."""
    on = f" ON {_TABLE}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in _NAMES:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def missing_triggers(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of triggers that should exist but don't."""
    there = triggers_in(connection)
    return [name for name in _NAMES if name not in there]


def find_words_again(connection: BaseDatabaseWrapper) -> None:
    """Make the words of all clients anew: seconds with 100,000 of them."""
    words = _POSTGRESQL_WORDS if connection.vendor == "postgresql" else _SQLITE_WORDS
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {_WORDS}")  # noqa: S608 (names of our own)
        cursor.execute(f"{_INSERT} {words.format(row=_TABLE, tables=f'{_TABLE}, ')}")


def _on_sqlite() -> list[str]:
    added, changed, deleted = _NAMES
    add = f"{_INSERT} {_SQLITE_WORDS.format(row='NEW', tables='')};"
    moved = "OLD.folded <> NEW.folded OR OLD.practice_id <> NEW.practice_id"
    return [
        f"CREATE TRIGGER {added} AFTER INSERT ON {_TABLE} BEGIN {add} END",
        f"CREATE TRIGGER {changed} AFTER UPDATE OF folded, practice_id ON {_TABLE} "
        f"WHEN {moved} BEGIN {_FORGET}; {add} END",
        f"CREATE TRIGGER {deleted} AFTER DELETE ON {_TABLE} BEGIN {_FORGET}; END",
    ]


def _on_postgresql() -> list[str]:
    events = ("INSERT", "UPDATE OF folded, practice_id", "DELETE")
    each = f"ON {_TABLE} FOR EACH ROW EXECUTE FUNCTION {_TABLE}_words()"
    return [
        _FUNCTION,
        *(
            f"CREATE TRIGGER {name} AFTER {event} {each}"
            for name, event in zip(_NAMES, events, strict=True)
        ),
    ]
