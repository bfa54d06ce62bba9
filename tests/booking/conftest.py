"""Every test starts with empty caches: rolled back rows get the same ids and versions again."""

import pytest

from tests.booking.samples import empty_caches


@pytest.fixture(autouse=True)
def _nothing_cached() -> None:
    empty_caches()
