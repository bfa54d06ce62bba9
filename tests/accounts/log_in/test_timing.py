"""How long an answer takes doesn't tell whether somebody logs in with an email.

Measured is the processor time of the thread that answers, at the hash's real cost: what else runs
on the machine, and how long its disk takes, stand in no relation to who was asked for, and would
only hide a difference. The waiting that is left out is the database's: both ways must ask it the
same. Tries are interleaved, each from the same fresh state.
"""

import random
import re
import time
from collections.abc import Callable, Iterator
from statistics import median
from types import SimpleNamespace

import pytest
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from letterhead.accounts.models import User
from letterhead.config import settings as product
from letterhead.outbox.models import Job
from tests.bench.wire import form_fields

TRIES, SHUFFLES = 200, 5_000
KNOWN, UNKNOWN = "sam@riverside.example", "tom@riverside.example"

Ask = Callable[[str], int]


@pytest.fixture
def real_hash(cast: SimpleNamespace) -> Iterator[float]:
    """Passwords at their real cost; gives the seconds that one hash takes."""
    with override_settings(PASSWORD_HASHERS=product.PASSWORD_HASHERS):
        made = make_password("seven quiet herons")
        User.objects.filter(email=KNOWN).update(password=made)
        yield median(_seconds(lambda: make_password("seven quiet herons")) for _ in range(9))


def asking(address: str, typed: dict[str, str], email_field: str) -> Ask:
    """Give what sends one form for an email; the state before each is the same."""
    browser = Client()
    fields = form_fields(browser.get(address).content.decode()) | typed

    def ask(email: str) -> int:
        return browser.post(address, fields | {email_field: email}).status_code

    return ask


def forget() -> None:
    """Put back what the try before left."""
    cache.clear()
    Job.objects.all().delete()


def measured(ask: Ask, *, status: int) -> dict[str, list[float]]:
    """Ask for both in turn, in an order that no drift of the machine can follow."""
    taken: dict[str, list[float]] = {KNOWN: [], UNKNOWN: []}
    shuffled = random.Random(6)  # noqa: S311
    for number in range(TRIES + 2):
        for email in shuffled.sample([KNOWN, UNKNOWN], 2):
            forget()
            started = time.thread_time()
            assert ask(email) == status
            if number > 1:
                taken[email].append(time.thread_time() - started)
    return taken


def chance(one: list[float], other: list[float]) -> float:
    """How often medians differ so much where it is by lot who is whose: a permutation test."""
    found, lots, whole = abs(median(one) - median(other)), random.Random(7), one + other  # noqa: S311
    more = 0
    for _ in range(SHUFFLES):
        lots.shuffle(whole)
        more += abs(median(whole[: len(one)]) - median(whole[len(one) :])) >= found
    return (more + 1) / (SHUFFLES + 1)


def _seconds(act: Callable[[], object]) -> float:
    started = time.thread_time()
    act()
    return time.thread_time() - started


def tells_nothing(taken: dict[str, list[float]], hash_seconds: float) -> None:
    known, unknown = taken[KNOWN], taken[UNKNOWN]

    assert len(known) == len(unknown) == TRIES
    assert abs(median(known) - median(unknown)) < 0.05 * hash_seconds
    assert chance(known, unknown) >= 0.001


def statements(ask: Ask, email: str) -> list[str]:
    forget()
    with CaptureQueriesContext(connection) as asked:
        ask(email)
    said = (re.sub(r"_django_curs_\w+", "cursor", query["sql"]) for query in asked)
    return [re.split(r" WHERE | VALUES | SET |SAVEPOINT", each)[0] for each in said]


def log_in() -> Ask:
    return asking("/login/", {"password": "not-the-one-at-all"}, "login")


def reset() -> Ask:
    return asking("/password/reset/", {}, "login_email")


@pytest.mark.embedded  # once a run: four hundred hashes take a minute
def test_a_log_in_takes_as_long_for_an_unknown_email(real_hash: float) -> None:
    tells_nothing(measured(log_in(), status=422), real_hash)


def test_a_reset_takes_as_long_for_an_unknown_email(real_hash: float) -> None:
    tells_nothing(measured(reset(), status=302), real_hash)


@pytest.mark.parametrize("form", [log_in, reset])
def test_the_database_is_asked_the_same_for_both(real_hash: float, form: Callable[[], Ask]) -> None:
    ask = form()
    statements(ask, KNOWN), statements(ask, UNKNOWN)

    assert statements(ask, KNOWN) == statements(ask, UNKNOWN)


def test_the_test_would_see_a_hash_left_out(real_hash: float) -> None:
    """Half a hash less for one of two is found at once, with a tenth of the tries."""
    quick = [real_hash * (0.5 + number / 1_000) for number in range(20)]
    slow = [real_hash * (1.0 + number / 1_000) for number in range(20)]

    assert chance(quick, slow) < 0.001
