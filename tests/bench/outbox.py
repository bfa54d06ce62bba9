"""How many jobs a second are put, and are done by two real workers, on the embedded database."""

import subprocess
import sys
import time

from django.db import transaction

from tests import served
from tests.bench.production import start, tell

PUT, JOBS, WORKERS = 500, 2_000, 2
SECONDS_TO_WAIT = 120
# A job that does nothing: what is measured is the way to it and back.
NOTHING = "noop"
WORK = (
    "from letterhead.cli.database import start_django; start_django();"
    "from letterhead.outbox.handlers import register;"
    "from letterhead.outbox.worker import Worker;"
    f"register({NOTHING!r}, lambda: None); Worker().run()"
)


def main() -> None:
    """Measure and tell."""
    from letterhead.outbox.actions import enqueue

    started = time.monotonic()
    for _ in range(PUT):
        with transaction.atomic(durable=True):  # each with its own commit, as each has its cause
            enqueue(NOTHING)
    putting = time.monotonic() - started
    with transaction.atomic(durable=True):
        for _ in range(JOBS - PUT):
            enqueue(NOTHING)
    figures = {"enqueue_per_s": round(PUT / putting), "jobs_per_s": round(_jobs_a_second())}
    tell("outbox, SQLite", {**figures, "workers": WORKERS})


def _jobs_a_second() -> float:
    """Count from the first job that is done, so that no start-up is measured."""
    workers = [subprocess.Popen([sys.executable, "-c", WORK]) for _ in range(WORKERS)]
    try:
        while (before := _left()) == JOBS:
            time.sleep(0.01)
        started = time.monotonic()
        while _left() and time.monotonic() < started + SECONDS_TO_WAIT:
            time.sleep(0.05)
        return before / (time.monotonic() - started)
    finally:
        for worker in workers:
            worker.terminate()
        for worker in workers:
            worker.wait(served.SECONDS_TO_STOP)


def _left() -> int:
    from letterhead.outbox.models import Job

    return Job.objects.filter(name=NOTHING).count()


if __name__ == "__main__":
    start()
    main()
