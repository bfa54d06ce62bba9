"""Workers that meet: each job is done once, whoever gets it."""

from collections import Counter
from collections.abc import Callable
from threading import Lock
from typing import Any

import pytest
from django.db import transaction

from letterhead.outbox import handlers
from letterhead.outbox.actions import enqueue
from letterhead.outbox.handlers import every, register
from letterhead.outbox.models import Job
from letterhead.outbox.worker import Worker, do_all_due
from tests.races.test_races import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch) -> Counter[int]:
    monkeypatch.setattr(handlers, "_handlers", dict(handlers._handlers))
    monkeypatch.setattr(handlers, "_periods", {})
    numbers: Counter[int] = Counter()
    lock = Lock()

    def paint(*, number: int) -> None:
        with lock:
            numbers[number] += 1

    register("paint", paint)
    return numbers


def test_of_four_workers_each_job_is_done_by_one(painted: Counter[int]) -> None:
    with transaction.atomic():
        for number in range(200):
            enqueue("paint", number=number)

    done = at_once(*[do_all_due] * 4)

    assert painted == dict.fromkeys(range(200), 1)
    assert sum(done) == 200
    assert not Job.objects.exists()


def test_a_batch_that_one_worker_has_taken_is_passed_over_by_the_other(
    painted: Counter[int],
) -> None:
    with transaction.atomic():
        for number in range(30):
            enqueue("paint", number=number)

    taken = at_once(Worker()._take, Worker()._take)

    numbers = Counter(job.pk for jobs in taken for job in jobs)
    assert set(numbers.values()) == {1}
    assert len(numbers) == 30


def test_of_ten_who_put_a_job_of_one_cause_at_once_one_does(painted: Counter[int]) -> None:
    @transaction.atomic
    def put() -> None:
        enqueue("paint", key="paint-7", number=7)

    assert at_once(*[put] * 10) == [None] * 10
    assert Job.objects.count() == 1


def test_workers_that_plan_at_once_plan_a_turn_once(painted: Counter[int]) -> None:
    every("sweep", lambda: None, hours=24)
    looks: list[Callable[[], Any]] = [Worker().do_due for _ in range(6)]

    assert at_once(*looks) == [0] * 6
    assert Job.objects.filter(name="sweep").count() == 1
