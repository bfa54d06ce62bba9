"""A login and a reset do the same work whether or not someone logs in with an email.

What is compared is what takes time: hashes and statements. `make bench` measures the time itself.
"""

import re
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import ClassVar

import pytest
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from letterhead.accounts.hashing import NormalizingHasher
from letterhead.accounts.models import User
from letterhead.outbox.models import Job
from tests.bench.wire import form_fields

KNOWN, UNKNOWN = "sam@riverside.example", "tom@riverside.example"
COST = 8, 1  # memory and rounds
COUNTING = "tests.accounts.log_in.test_timing.CountingHasher"

Ask = Callable[[str], int]


class CountingHasher(NormalizingHasher):
    """The product's hasher at a low cost, which remembers the cost of each hash it makes."""

    memory_cost, time_cost = COST
    made: ClassVar[list[tuple[int, int]]] = []

    def encode(self, password: str, salt: str) -> str:
        """Hash a new password, or one for an unknown email."""
        self.made.append((self.memory_cost, self.time_cost))
        return str(super().encode(password, salt))

    def verify(self, password: str, encoded: str) -> bool:
        """Hash a password to compare it."""
        parameters = self.decode(encoded)
        self.made.append((parameters["memory_cost"], parameters["time_cost"]))
        return super().verify(password, encoded)


@pytest.fixture
def counting_hasher(cast: SimpleNamespace) -> Iterator[None]:
    with override_settings(PASSWORD_HASHERS=[COUNTING]):
        User.objects.filter(email=KNOWN).update(password=make_password("seven quiet herons"))
        yield


def asking(address: str, typed: dict[str, str], email_field: str) -> Ask:
    """What sends one form for an email, each time from the same state."""
    browser = Client()
    fields = form_fields(browser.get(address).content.decode()) | typed

    def ask(email: str) -> int:
        cache.clear()
        Job.objects.all().delete()
        return browser.post(address, fields | {email_field: email}).status_code

    return ask


def log_in() -> Ask:
    return asking("/login/", {"password": "not-the-one-at-all"}, "login")


def reset() -> Ask:
    return asking("/password/reset/", {}, "login_email")


def hashes_of(ask: Ask, email: str) -> list[tuple[int, int]]:
    """The cost of each hash made for an answer."""
    CountingHasher.made.clear()
    ask(email)
    return list(CountingHasher.made)


def statements_of(ask: Ask, email: str) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        ask(email)
    found = (re.sub(r"_django_curs_\w+", "cursor", query["sql"]) for query in asked)
    return [re.split(r" WHERE | VALUES | SET |SAVEPOINT", each)[0] for each in found]


@pytest.mark.parametrize(("form", "number"), [(log_in, 1), (reset, 0)])
@pytest.mark.usefixtures("counting_hasher")
def test_as_many_hashes_are_made_for_both_and_at_the_same_cost(
    form: Callable[[], Ask], number: int
) -> None:
    ask = form()

    assert hashes_of(ask, KNOWN) == hashes_of(ask, UNKNOWN) == [COST] * number


@pytest.mark.parametrize("form", [log_in, reset])
@pytest.mark.usefixtures("counting_hasher")
def test_the_database_is_asked_the_same_for_both(form: Callable[[], Ask]) -> None:
    ask = form()
    ask(KNOWN), ask(UNKNOWN)

    assert statements_of(ask, KNOWN) == statements_of(ask, UNKNOWN)


@pytest.mark.parametrize(("form", "status"), [(log_in, 422), (reset, 302)])
@pytest.mark.usefixtures("counting_hasher")
def test_both_get_the_same_answer(form: Callable[[], Ask], status: int) -> None:
    ask = form()

    assert ask(KNOWN) == ask(UNKNOWN) == status
