"""The worker: leases jobs, does them, and deletes those that are done. Any number can run.

A job is done at least once. If a worker dies, others take over its jobs when the lease ends.
"""

import datetime as dt
import logging
import os
import select
import signal
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import Error as DatabaseAway
from django.db import close_old_connections, connection, transaction
from django.db.models import F
from django.utils import timezone

from letterhead.outbox.actions import plan
from letterhead.outbox.handlers import Hopeless, Unknown, handler_of
from letterhead.outbox.models import Job
from letterhead.outbox.queries import jobs_to_do

LEASE = dt.timedelta(seconds=60)
AT_ONCE = 20
MOST_ATTEMPTS = 17  # after 1, 2, 4 … seconds: parked after 18 hours, a night without email
SHORTEST_PAUSE, LONGEST_PAUSE, PAUSE_WITHOUT_DATABASE = 0.05, 1.0, 5.0
BETWEEN_PLANS = dt.timedelta(minutes=1)

log = logging.getLogger(__name__)


class WornOut(Exception):
    """All attempts were made."""


class Worker:
    """One worker. `run` goes on until `stop`, which lets it finish its present job."""

    def __init__(self, *, lease: dt.timedelta = LEASE) -> None:
        self.name = f"{os.uname().nodename[:60]} {os.getpid()} {uuid.uuid4().hex[:8]}"
        self._lease = lease
        self._stopping = False
        self._woken = self._wake = -1
        self._planned_at: dt.datetime | None = None

    def stop(self, *_: object) -> None:
        """End after the present job and release the other leased ones. Also a signal handler."""
        self._stopping = True
        if self._wake >= 0:
            os.write(self._wake, b"x")

    def run(self, *, child_of: int | None = None, until_idle: bool = False) -> None:
        """Do jobs until `stop` is called, or until the parent process `child_of` is gone.

        With `until_idle` it ends where no job came for a second.
        """
        self._woken, self._wake = os.pipe()
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, self.stop)
        pause = SHORTEST_PAUSE
        while not self._stopping and child_of in {None, os.getppid()}:
            try:
                close_old_connections()
                found = self.do_due()
            except DatabaseAway as away:
                log.warning("the database doesn't answer, trying again: %s", away)
                connection.close()
                self._pause(PAUSE_WITHOUT_DATABASE)
                continue
            if found:
                pause = SHORTEST_PAUSE
            elif until_idle and pause > LONGEST_PAUSE / 2:
                break
            else:
                self._pause(pause)
                pause = min(pause * 1.5, LONGEST_PAUSE)
        connection.close()

    def do_due(self) -> int:
        """Lease up to 20 jobs that are due and do them; return how many there were."""
        self._plan()
        if not jobs_to_do(timezone.now()).exists():  # looking takes no write lock
            return 0
        jobs = self._take()
        with self._renewing_leases():
            for job in jobs:
                if self._stopping:
                    break
                if self._begin(job):
                    self._do(job)
        Job.objects.filter(leased_by=self.name).update(leased_by="", leased_until=None)
        return len(jobs)

    def _pause(self, seconds: float) -> None:
        select.select([self._woken], [], [], seconds)  # `stop` writes to it, which ends the wait

    def _plan(self) -> None:
        now = timezone.now()
        if self._planned_at is None or now - self._planned_at >= BETWEEN_PLANS:
            plan(now)
            self._planned_at = now

    def _take(self) -> list[Job]:
        now = timezone.now()
        with transaction.atomic():  # on SQLite it begins by taking the write lock
            jobs = list(jobs_to_do(now).select_for_update(skip_locked=True)[:AT_ONCE])
            mine = Job.objects.filter(pk__in=[job.pk for job in jobs])
            mine.update(leased_by=self.name, leased_until=now + self._lease)
        return jobs

    @contextmanager
    def _renewing_leases(self) -> Iterator[None]:
        """Renew the leases from another thread for as long as the jobs take."""
        over = threading.Event()
        renewing = threading.Thread(target=self._renew, args=[over], daemon=True)
        renewing.start()
        try:
            yield
        finally:
            over.set()
            renewing.join()

    def _renew(self, over: threading.Event) -> None:
        while not over.wait(self._lease.total_seconds() / 3):
            try:
                until = timezone.now() + self._lease
                Job.objects.filter(leased_by=self.name).update(leased_until=until)
            except DatabaseAway as away:
                log.warning("a lease couldn't be renewed: %s", away)
            finally:
                connection.close()

    def _begin(self, job: Job) -> bool:
        """Count the attempt, before it can kill us; return False if the lease was lost."""
        mine = Job.objects.filter(pk=job.pk, leased_by=self.name)
        until = timezone.now() + self._lease
        counted = mine.update(attempts=F("attempts") + 1, leased_until=until)
        job.attempts += 1
        return bool(counted)

    def _do(self, job: Job) -> None:
        try:
            if job.attempts > MOST_ATTEMPTS:
                raise WornOut(job.last_error or "the worker died during this job each time")
            handler_of(job.name)(**job.values)
        except (Hopeless, Unknown, WornOut) as wrong:
            self._park(job, wrong)
        except Exception as wrong:  # whatever it is, the other jobs are done
            if job.attempts < MOST_ATTEMPTS:
                self._postpone(job, wrong)
            else:
                self._park(job, wrong)
        else:
            Job.objects.filter(pk=job.pk).delete()

    def _postpone(self, job: Job, wrong: Exception) -> None:
        wait = dt.timedelta(seconds=2 ** (job.attempts - 1))
        log.warning("%s failed, next try in %s", job, wait, exc_info=wrong)
        self._write(job, wrong, due_at=timezone.now() + wait)

    def _park(self, job: Job, wrong: Exception) -> None:
        log.error("%s is parked after %s attempts", job, job.attempts, exc_info=wrong)
        self._write(job, wrong, parked_at=timezone.now())

    def _write(self, job: Job, wrong: Exception, **columns: dt.datetime) -> None:
        error = f"{type(wrong).__name__}: {wrong}"[:500]
        rows = Job.objects.filter(pk=job.pk, leased_by=self.name)
        rows.update(**columns, last_error=error, leased_by="", leased_until=None)


def do_all_due() -> int:
    """Do all jobs that are due, and those that they add; return how many (tests, commands)."""
    worker, done = Worker(), 0
    while found := worker.do_due():
        done += found
    return done
