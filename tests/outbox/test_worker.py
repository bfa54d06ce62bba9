"""The worker does what waits: once where all goes well, again where it doesn't."""

import datetime as dt
import threading
import time

import pytest
import time_machine
from django.utils import timezone

from letterhead.outbox.actions import enqueue, retry_parked
from letterhead.outbox.handlers import Hopeless, every, register
from letterhead.outbox.models import Job
from letterhead.outbox.worker import MOST_ATTEMPTS, Worker, do_all_due

NOON = dt.datetime(2026, 11, 26, 12, 0, tzinfo=dt.UTC)


class Painter:
    """A handler that remembers its jobs, and fails as often as asked."""

    def __init__(self, *, failures: int = 0, by: type[Exception] = OSError) -> None:
        self.painted: list[str] = []
        self.tries = 0
        self.failures, self.by = failures, by

    def __call__(self, *, color: str) -> None:
        self.tries += 1
        if self.tries <= self.failures:
            raise self.by("no paint")
        self.painted.append(color)


def painter(*, failures: int = 0, by: type[Exception] = OSError) -> Painter:
    one = Painter(failures=failures, by=by)
    register("paint", one)
    return one


def test_a_job_is_done_once_and_its_row_is_deleted(db: None) -> None:
    one = painter()
    enqueue("paint", color="blue")

    assert (do_all_due(), do_all_due()) == (1, 0)
    assert one.painted == ["blue"]
    assert not Job.objects.exists()


def test_jobs_are_done_in_the_order_they_fell_due_and_more_than_one_batch_of_them(
    db: None,
) -> None:
    one = painter()
    for color in range(45):
        enqueue("paint", color=str(color))

    assert do_all_due() == 45
    assert one.painted == [str(color) for color in range(45)]


def test_a_job_waits_until_it_is_due(db: None) -> None:
    one = painter()
    enqueue("paint", due=timezone.now() + dt.timedelta(hours=1), color="blue")

    assert do_all_due() == 0
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=61)):
        assert do_all_due() == 1
    assert one.painted == ["blue"]


def test_a_job_that_fails_is_tried_again_later_each_time_twice_as_long(db: None) -> None:
    one = painter(failures=3)
    with time_machine.travel(NOON, tick=False) as clock:
        enqueue("paint", color="blue")
        waits = []
        while job := Job.objects.first():
            waits.append((job.due_at - timezone.now()).total_seconds())
            clock.move_to(job.due_at)
            do_all_due()

    assert waits == [0, 1, 2, 4]
    assert one.painted == ["blue"]


def test_a_job_that_fails_does_not_stop_the_others(db: None) -> None:
    one = painter(failures=1)
    enqueue("paint", color="blue")
    enqueue("paint", color="red")

    do_all_due()

    assert one.painted == ["red"]
    failed = Job.objects.get()
    assert (failed.attempts, failed.leased_by) == (1, "")
    assert failed.last_error == "OSError: no paint"


def test_a_job_that_never_works_is_parked_and_can_be_put_back(db: None) -> None:
    one = painter(failures=MOST_ATTEMPTS)
    with time_machine.travel(NOON, tick=False) as clock:
        enqueue("paint", color="blue")
        while job := Job.objects.filter(parked_at=None).first():
            clock.move_to(job.due_at)
            do_all_due()
        waited = timezone.now() - NOON

        assert dt.timedelta(hours=18) < waited < dt.timedelta(hours=19)
        assert (one.tries, do_all_due()) == (MOST_ATTEMPTS, 0)
        assert (retry_parked(), do_all_due()) == (1, 1)
    assert one.painted == ["blue"]


def test_a_hopeless_job_is_parked_at_once(db: None) -> None:
    one = painter(failures=1, by=Hopeless)
    enqueue("paint", color="blue")

    do_all_due()

    assert one.tries == 1
    assert Job.objects.get().parked_at is not None


def test_a_job_without_a_handler_is_parked_at_once_and_logged(
    db: None, caplog: pytest.LogCaptureFixture
) -> None:
    enqueue("sculpt", key="sculpt-7")

    do_all_due()

    parked = Job.objects.get()
    assert parked.parked_at is not None
    assert parked.last_error == "Unknown: nothing is registered for jobs called sculpt"
    assert "sculpt sculpt-7 is parked" in caplog.text


def test_a_job_that_kills_its_worker_each_time_is_parked_and_not_begun_again(db: None) -> None:
    one = painter()
    enqueue("paint", color="blue")
    Job.objects.update(attempts=MOST_ATTEMPTS)

    do_all_due()

    assert one.painted == []
    assert "the worker died during this job" in Job.objects.get().last_error


def test_a_job_leased_by_another_worker_is_left_to_it_until_the_lease_ends(
    db: None,
) -> None:
    one = painter()
    with time_machine.travel(NOON, tick=False) as clock:
        enqueue("paint", color="blue")
        assert len(Worker()._take()) == 1

        assert do_all_due() == 0
        clock.shift(dt.timedelta(seconds=61))
        assert do_all_due() == 1
    assert one.painted == ["blue"]


def test_a_worker_that_lost_the_lease_leaves_the_job_to_the_one_that_has_it(db: None) -> None:
    one = painter()
    enqueue("paint", color="blue")
    late = Worker()
    (job,) = late._take()
    Job.objects.update(leased_by="another")

    assert late._begin(job) is False
    assert one.painted == []


def test_a_stopped_worker_ends_after_its_present_job_and_releases_the_others(
    db: None,
) -> None:
    worker = Worker()
    painted: list[str] = []

    def paint_once(*, color: str) -> None:
        painted.append(color)
        worker.stop()

    register("paint", paint_once)
    for color in ("blue", "red", "green"):
        enqueue("paint", color=color)

    worker.do_due()

    assert painted == ["blue"]
    assert set(Job.objects.values_list("leased_by", "attempts")) == {("", 0)}
    assert Job.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_job_longer_than_the_lease_keeps_it() -> None:
    seen: list[dt.datetime | None] = []
    renewed = threading.Event()

    def wait_for_a_renewal() -> None:
        leased_until = Job.objects.get().leased_until
        until = time.monotonic() + 20
        while time.monotonic() < until and len(seen) < 3:
            now = Job.objects.get().leased_until
            if now != leased_until:
                seen.append(leased_until := now)
            renewed.wait(0.02)

    register("paint", wait_for_a_renewal)
    Job.objects.create(name="paint", due_at=timezone.now())

    Worker(lease=dt.timedelta(seconds=0.6)).do_due()

    assert len(seen) == 3
    assert not Job.objects.exists()


def test_a_scheduled_job_runs_once_each_time_with_any_number_of_workers(db: None) -> None:
    runs: list[dt.datetime] = []
    every("sweep", lambda: runs.append(timezone.now()), hours=24, after=dt.timedelta(hours=9))
    with time_machine.travel(NOON, tick=False) as clock:
        for worker in (Worker(), Worker()):
            assert worker.do_due() == 0
        assert Job.objects.get().due_at == NOON + dt.timedelta(hours=21)
        for _ in range(3 * 24):
            clock.shift(dt.timedelta(hours=1))
            do_all_due()

    assert runs == [NOON + dt.timedelta(hours=21 + 24 * day) for day in range(3)]


def test_runs_missed_while_no_worker_ran_are_made_up_for_once(db: None) -> None:
    runs: list[dt.datetime] = []
    every("sweep", lambda: runs.append(timezone.now()), hours=1)
    with time_machine.travel(NOON, tick=False) as clock:
        do_all_due()
        clock.shift(dt.timedelta(days=3, minutes=30))
        do_all_due()

    assert runs == [NOON + dt.timedelta(days=3, minutes=30)]


def test_two_handlers_of_one_name_are_refused() -> None:
    painter()

    with pytest.raises(ValueError, match="two handlers are called paint"):
        painter()
