"""What the tests of logging in share."""

from collections.abc import Iterator

import pytest
import time_machine

BEGINS = "2026-11-26T12:00:10Z"  # ten seconds into a time step: no code changes meanwhile


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """A clock that stands still; `clock.shift(30)` turns it on."""
    with time_machine.travel(BEGINS, tick=False) as traveller:
        yield traveller
