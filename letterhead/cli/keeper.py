"""The worker beside the web: a process of its own, there while something is to be done.

`serve` forks a keeper before the web server has threads and sockets. The keeper looks for jobs
and forks a worker from the memory of what is loaded; that one ends when nothing is left to do.
Measured: a worker that stays is 12 MB more, and what large jobs took would stay taken.
"""

import logging
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import Error as DatabaseAway
from django.db import close_old_connections, connections
from django.utils import timezone

from letterhead.outbox.queries import is_a_job_due
from letterhead.outbox.worker import BETWEEN_PLANS, Worker

SECONDS_TO_FINISH = 20
SECONDS_BETWEEN_LOOKS = 0.5

log = logging.getLogger(__name__)


class Told(BaseException):
    """The keeper was told to end."""


@contextmanager
def keeping_a_worker() -> Iterator[None]:
    """Have jobs done during the block; at its end the job in hand is finished first."""
    server = os.getpid()
    keeper = _fork(lambda: _keep(server))
    try:
        yield
    finally:
        _end(keeper, SECONDS_TO_FINISH + 2)


def _keep(server: int) -> None:
    """Have a worker whenever there are jobs, until told to end or the server is gone."""
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, _raise_told)
    keeper, worker, plan_at = os.getpid(), 0, 0.0
    try:
        while os.getppid() == server:
            if time.monotonic() >= plan_at or _is_work_waiting():
                plan_at = time.monotonic() + BETWEEN_PLANS.total_seconds()
                connections.close_all()  # a connection may not cross a fork
                worker = _fork(lambda: Worker().run(child_of=keeper, until_idle=True))
                while (code := _end_of(worker)) is None and os.getppid() == server:
                    time.sleep(SECONDS_BETWEEN_LOOKS)
                if code:
                    log.error("The worker has died; another one is started.")
                    plan_at = 0.0
            time.sleep(SECONDS_BETWEEN_LOOKS)
    except Told:
        pass
    _end(worker, SECONDS_TO_FINISH)


def _is_work_waiting() -> bool:
    try:
        close_old_connections()
        return is_a_job_due(timezone.now())
    except DatabaseAway:
        return True  # the worker tells of it, and waits


def _raise_told(*_: object) -> None:
    raise Told


def _fork(be: Callable[[], None]) -> int:
    """Give the number of a new process that does nothing but `be`."""
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        be()
        code = 0
    except Exception:
        log.exception("A process beside the web has failed.")
    finally:  # never back into the server's own code
        os._exit(code)


def _end_of(child: int) -> int | None:
    """Give the exit code of a process that has ended, negative for a signal; else None."""
    try:
        ended, status = os.waitpid(child, os.WNOHANG)
    except ChildProcessError:  # it has ended, and was seen to
        return 0
    return os.waitstatus_to_exitcode(status) if ended else None


def _end(child: int, seconds: float) -> None:
    """Have a process finish what is in hand; kill it where that takes too long."""
    until = time.monotonic() + seconds
    if not child or _end_of(child) is not None:
        return
    os.kill(child, signal.SIGTERM)
    while _end_of(child) is None:
        if time.monotonic() > until:
            log.error("A job took more than %s s to end; it will be done again.", seconds)
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return
        time.sleep(0.02)
