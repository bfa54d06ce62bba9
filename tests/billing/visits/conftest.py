"""A clinician at her desk, and one of her clients."""

from types import SimpleNamespace

import pytest

from letterhead.clients.models import Client
from tests.clients.desk import Desk, client_of


@pytest.fixture
def dana(cast: SimpleNamespace) -> Desk:
    """Dana, signed in."""
    return Desk(cast.dana)


@pytest.fixture
def ada(cast: SimpleNamespace) -> Client:
    """A client of Dana's."""
    return client_of(cast.dana)
