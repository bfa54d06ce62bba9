"""What tests of jobs share."""

from collections.abc import Iterator

import pytest

from letterhead.outbox.handlers import registering_for_now


@pytest.fixture(autouse=True)
def _handlers_for_one_test() -> Iterator[None]:
    """What a test registers is forgotten after it."""
    with registering_for_now():
        yield
