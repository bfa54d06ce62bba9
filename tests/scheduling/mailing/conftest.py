"""What the tests of online booking share: a Tuesday in December, a service, hours."""

from types import SimpleNamespace
from typing import Any

import pytest
import time_machine

from tests.scheduling.making import NOW, hours, service


@pytest.fixture
def clock() -> Any:
    """The clock, stopped at NOW; `clock.shift(…)` moves it."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def visit(cast: SimpleNamespace, clock: Any) -> Any:
    """A service of Dana's, on weekdays from nine to five."""
    hours(cast.dana)
    return service(cast.practice, cast.dana)
