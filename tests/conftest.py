"""What all tests share: the cast, and frozen tables that let a flush through."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import AppConfig
from django.conf import settings
from django.db import connection
from django.db.models.signals import post_migrate
from django.dispatch import receiver

from tests import factories


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what `make test` shows in its other round.

    On SQLite that is what means something on PostgreSQL only; on PostgreSQL what asks no database.
    """
    on_postgresql = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
    left_out = [item for item in items if _is_elsewhere(item, on_postgresql)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests that passed have to tell: figures that somebody asked for.

    What several tests tell in the same words is added up: `["{} rows", 50]` twice is "100 rows".
    """
    told: dict[str, list[int]] = {}
    for report in terminalreporter.getreports("passed"):
        for name, said in report.user_properties:
            if name == "told":
                words, *numbers = [said] if isinstance(said, str) else said
                before = told.get(words, [0] * len(numbers))
                told[words] = [sum(pair) for pair in zip(before, numbers, strict=True)]
    for words, counts in told.items():
        terminalreporter.write_line(words.format(*counts) if counts else words)


def _is_elsewhere(item: pytest.Item, on_postgresql: bool) -> bool:
    if not on_postgresql:
        return item.get_closest_marker("postgres") is not None
    asks = {"db", "transactional_db"} & set(getattr(item, "fixturenames", ()))
    return not asks and not any(map(item.get_closest_marker, ("django_db", "postgres")))


@pytest.fixture(autouse=True)
def _flush_may_delete_frozen_rows(request: pytest.FixtureRequest) -> Iterator[None]:
    """Lift the triggers before a transactional test's flush, which is a DELETE or a TRUNCATE.

    Django announces a migration after each flush, and so the triggers come back by themselves.
    """
    mark = request.node.get_closest_marker("django_db")
    flushes = bool(mark and mark.kwargs.get("transaction"))
    if not flushes and "transactional_db" not in request.fixturenames:
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    from letterhead.activity.freezing import lift

    lift(connection)


@receiver(post_migrate, dispatch_uid="begin the record")
def _begin_the_record_again(app_config: AppConfig, **_: Any) -> None:
    """Begin the chain of no practice after a flush took it; only a migration does that outside."""
    if app_config.label == "activity":
        from letterhead.activity.chain import BEGUN
        from letterhead.activity.models import ChainHead

        if not ChainHead.objects.filter(chain=0).exists():
            ChainHead.objects.create(chain=0, seal=BEGUN)


@pytest.fixture
def cast(db: None) -> SimpleNamespace:
    """Riverside Nutrition with its people, and one stranger from another practice."""
    return factories.riverside()
