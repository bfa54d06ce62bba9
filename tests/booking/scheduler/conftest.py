"""What the tests of the scheduler's pages share."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.core.cache import cache

from tests.scheduling.making import NOW, hours, service


@pytest.fixture
def clock() -> Iterator[Any]:
    """The clock, stopped at NOW; `clock.shift(…)` moves it. Nothing is counted yet."""
    with time_machine.travel(NOW, tick=False) as traveler:
        cache.clear()
        yield traveler


@pytest.fixture
def visit(cast: SimpleNamespace, clock: Any) -> Any:
    """A service of Dana's, on weekdays from nine to five."""
    hours(cast.dana)
    return service(cast.practice, cast.dana, duration=30)
