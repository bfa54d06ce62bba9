"""Query sets of many columns that are compiled to SQL once, for what every page asks.

Django compiles a query set each time it runs. For a row of sixty columns that takes longer than
the database does. What is read here is still described by a query set, and read as its models.
"""

from collections.abc import Callable, Iterable
from copy import copy
from datetime import datetime
from functools import cached_property
from inspect import signature
from types import SimpleNamespace
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import Expression, Model, QuerySet
from django.db.models.query import ModelIterable
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row", bound=Model)
_all: list["CompiledOnce[Any]"] = []


def compile_statements() -> None:
    """Compile all statements now, so that processes forked later share them."""
    with transaction.atomic():  # without one, what locks rows can't be compiled
        for each in _all:
            _ = each._compiled


class Given(Expression):
    """A value that is known only when the statement runs."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, Any]:
        """Return a place for the value, with itself as the value."""
        return "%s", [self]


class CompiledOnce(Generic[Row]):
    """A function from values to rows, made from one that returns the query set (a decorator).

    That function is called once, with a `Given` for each of its parameters.
    """

    def __init__(self, described: Callable[..., QuerySet[Row]]) -> None:
        self._described = described
        _all.append(self)

    def __call__(self, **values: int | datetime) -> list[Row]:
        """Run the statement with these values."""
        sql, params, compiled, converters = self._compiled
        filled = _filled(params, values)
        compiler: Any = copy(compiled)  # each thread has a connection of its own
        compiler.connection = connections[DEFAULT_DB_ALIAS]
        compiler.as_sql = lambda: (sql, filled)
        compiler.get_converters = lambda columns: converters
        query = SimpleNamespace(get_compiler=lambda using: compiler)
        rows: Any = SimpleNamespace(db=DEFAULT_DB_ALIAS, query=query, _known_related_objects={})
        return list(ModelIterable(rows))

    def finds_any(self, **values: int | datetime) -> bool:
        """Whether there is a row. Touches less memory than reading one."""
        sql, params, _compiler, _converters = self._compiled
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute(sql, _filled(params, values))
            return cursor.fetchone() is not None

    @cached_property
    def _compiled(self) -> tuple[str, Iterable[Any], SQLCompiler, dict[int, Any]]:
        places = {name: Given(name) for name in signature(self._described).parameters}
        compiler = self._described(**places).query.get_compiler(DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        converters = compiler.get_converters([column for column, *_ in compiler.select])
        return sql, params, compiler, converters


def _filled(params: Iterable[Any], values: dict[str, int | datetime]) -> tuple[Any, ...]:
    adapt = connections[DEFAULT_DB_ALIAS].ops.adapt_datetimefield_value
    given = {k: adapt(v) if isinstance(v, datetime) else v for k, v in values.items()}
    return tuple(given[each.name] if isinstance(each, Given) else each for each in params)
