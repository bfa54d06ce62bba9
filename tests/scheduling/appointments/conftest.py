"""Riverside a week before its appointments: Tuesday, December 1, 2026, ten in the morning."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
import time_machine

from tests.clients.desk import Desk, client_of
from tests.scheduling.making import NOW, service


@pytest.fixture(autouse=True)
def _now(db: None) -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def shop(cast: SimpleNamespace) -> SimpleNamespace:
    """The cast, with a service that Dana and Sam offer, a group of Dana's, and a client of each."""
    cast.visit = service(cast.practice, cast.dana, cast.sam)
    cast.group = service(cast.practice, cast.dana, name="Eating well", capacity=3)
    cast.ada = client_of(cast.dana, email="ada@mail.example", phone="+12125550142")
    cast.ben = client_of(cast.sam, "Ben", "Aoki")
    return cast


@pytest.fixture
def dana(shop: SimpleNamespace) -> Desk:
    return Desk(shop.dana)
