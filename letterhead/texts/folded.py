"""Names as people look for them: without case, accents or punctuation, in one column.

The same letters come out on every database, so search and order are the same on all of them.
"""

from collections.abc import Iterable
from typing import Any

from django.db import connection, models
from django.db.models.lookups import Lookup

from letterhead.texts.claim_letters import fold

_AT_ONCE = 1000  # rows in a statement
_AFTER_ALL = "\U0010ffff"  # no text has it, and every letter comes before it
_BETWEEN = "\t"  # sorts before the space inside a name, and is in no word that is searched for


def folded(*texts: str) -> str:
    """Return texts in small letters without accents and punctuation, the most telling first."""
    return _BETWEEN.join(" ".join(fold(text).lower().replace("-", " ").split()) for text in texts)


def words_of(text: str) -> list[str]:
    """Return the words to search a folded column for; NUL and excess are ignored."""
    return folded(text.replace("\0", "")[:100]).split()[:8]


class BytewiseField(models.TextField):
    """A text compared byte by byte, whatever the language of the database."""

    def db_parameters(self, connection: Any) -> dict[str, Any]:
        """Name the collation."""
        collation = "C" if connection.vendor == "postgresql" else "BINARY"
        return {**super().db_parameters(connection), "collation": collation}


class FoldedField(BytewiseField):
    """The fields named `of`, folded; in this order, it sorts rows as a person expects.

    Every way of saving a row keeps it, except `QuerySet.update`, which takes `refolded` along.
    """

    def __init__(self, *of: str, **options: Any) -> None:
        self.of = of
        hidden: dict[str, Any] = {"editable": False, "default": ""}
        super().__init__(**hidden | options)

    def deconstruct(self) -> Any:
        name, path, _args, options = super().deconstruct()
        return name, path, self.of, options

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        text = folded(*(getattr(model_instance, name) for name in self.of))
        setattr(model_instance, self.attname, text)
        return text


@FoldedField.register_lookup
class HasWord(Lookup):
    """Whether a word of a folded column begins with one of `words_of`."""

    lookup_name = "has_word"

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """Look for the word at the start and after each separator: quicker than LIKE."""
        folded, given = self.process_lhs(compiler, connection)
        place = "strpos" if connection.vendor == "postgresql" else "instr"
        begins = (
            f"({place}({folded}, %s) = 1 OR {place}({folded}, %s) > 0 OR {place}({folded}, %s) > 0)"
        )
        wanted = (self.rhs, f" {self.rhs}", f"{_BETWEEN}{self.rhs}")
        return begins, [param for word in wanted for param in (*given, word)]


def beginning(name: str, word: str) -> dict[str, str]:
    """Return the conditions that a bytewise column begins with a word, as an index serves them."""
    return {f"{name}__gte": word, f"{name}__lt": word + _AFTER_ALL}


def refolded(row: models.Model, changed: dict[str, Any]) -> dict[str, str]:
    """Return the folded columns of a row that move when columns are `changed`."""
    return {
        field.name: folded(*(changed.get(name, getattr(row, name)) for name in field.of))
        for field in _folded_fields(type(row))
        if not changed.keys().isdisjoint(field.of)
    }


def fold_rows(model: type[models.Model]) -> None:
    """Fill a model's folded columns in all rows, for a migration: quick with 100,000 rows."""
    for field in _folded_fields(model):
        rows = list(model._default_manager.values_list("pk", *field.of))
        with connection.cursor() as cursor:
            for some in (rows[n : n + _AT_ONCE] for n in range(0, len(rows), _AT_ONCE)):
                values = ", ".join(["(%s, %s)"] * len(some))
                cursor.execute(
                    f'UPDATE "{model._meta.db_table}" SET "{field.column}" = column2 '  # noqa: S608
                    f"FROM (VALUES {values}) AS named WHERE id = column1",
                    [value for pk, *texts in some for value in (pk, folded(*texts))],
                )


def _folded_fields(model: type[models.Model]) -> Iterable[FoldedField]:
    return (field for field in model._meta.concrete_fields if isinstance(field, FoldedField))
