"""Every test starts with empty caches: rolled back rows get the same ids and versions again."""

import pytest

from letterhead.booking import pages


@pytest.fixture(autouse=True)
def _nothing_cached() -> None:
    cached = (pages._offered, pages._practice_page, pages._clinician_page, pages._vcard)
    for function in cached:
        function.cache_clear()
