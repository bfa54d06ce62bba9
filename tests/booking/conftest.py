"""Every test begins with nothing kept: rolled back rows have the same ids and versions again."""

import pytest

from letterhead.booking import pages


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    for kept in (pages._practice_page, pages._clinician_page, pages._vcard):
        kept.cache_clear()
