"""Whether the time of an answer reveals that someone logs in with an email.

What is measured is the processor time of the thread that answers, at the hash's real cost: other
processes and the disk would only hide a difference. Tries alternate, each from the same state.
"""

import logging
import random
import time
from collections.abc import Callable
from functools import partial
from statistics import median
from typing import Any

from tests.bench.production import start, tell
from tests.bench.wire import form_fields

TRIES, SHUFFLES = 100, 5_000
KNOWN, UNKNOWN = "sam@riverside.example", "tom@riverside.example"


def main() -> None:
    """Measure both forms, and print known and unknown side by side."""
    from django.contrib.auth.hashers import make_password

    logging.getLogger("django.request").setLevel(logging.ERROR)  # each try is refused
    hash_ms = median(_ms(lambda: make_password("seven quiet herons")) for _ in range(9))
    wrong = {"password": "not-the-one-at-all"}
    for what, address, typed, email_field, status in (
        ("log-in", "/login/", wrong, "login", 422),
        ("password reset", "/password/reset/", {}, "login_email", 302),
    ):
        send = _sender(address, typed, email_field, status)
        tell(f"{what}, known and unknown email", _compared(send, hash_ms))


def _sender(
    address: str, typed: dict[str, str], email_field: str, status: int
) -> Callable[[str], None]:
    """Return what sends one form for an email and checks the answer's status."""
    from django.test import Client

    browser = Client(SERVER_NAME="localhost")
    fields = form_fields(browser.get(address).content.decode()) | typed

    def send(email: str) -> None:
        answer = browser.post(address, fields | {email_field: email})
        if answer.status_code != status:
            raise RuntimeError(f"{address}: {answer.status_code}")

    return send


def _compared(send: Callable[[str], None], hash_ms: float) -> dict[str, Any]:
    taken = _measured(send)
    known, unknown = median(taken[KNOWN]), median(taken[UNKNOWN])
    return {
        "known_ms": round(known, 2),
        "unknown_ms": round(unknown, 2),
        "difference_of_hash": round(abs(known - unknown) / hash_ms, 3),  # under 0.05 is wanted
        "chance": round(_chance(taken[KNOWN], taken[UNKNOWN]), 4),  # at least 0.001 is wanted
    }


def _measured(send: Callable[[str], None]) -> dict[str, list[float]]:
    """Send both in turn, in an order that no drift of the machine can follow."""
    from django.core.cache import cache

    from letterhead.outbox.models import Job

    taken: dict[str, list[float]] = {KNOWN: [], UNKNOWN: []}
    shuffled = random.Random(6)  # noqa: S311
    for number in range(TRIES + 2):
        for email in shuffled.sample([KNOWN, UNKNOWN], 2):
            cache.clear()
            Job.objects.all().delete()
            ms = _ms(partial(send, email))
            if number > 1:
                taken[email].append(ms)
    return taken


def _chance(one: list[float], other: list[float]) -> float:
    """How often medians differ this much if who is who is shuffled: a permutation test."""
    found, shuffled, both = abs(median(one) - median(other)), random.Random(7), one + other  # noqa: S311
    more = 0
    for _ in range(SHUFFLES):
        shuffled.shuffle(both)
        more += abs(median(both[: len(one)]) - median(both[len(one) :])) >= found
    return (more + 1) / (SHUFFLES + 1)


def _ms(act: Callable[[], object]) -> float:
    started = time.thread_time()
    act()
    return (time.thread_time() - started) * 1000


if __name__ == "__main__":
    start()
    main()
