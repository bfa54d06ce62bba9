"""The worker beside the web: a process of its own, started again whenever it dies.

`serve` forks a keeper before the web server has threads and sockets; the keeper forks the worker,
and again when that one dies. So worker and web share the memory of what is loaded.
"""

import logging
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from letterhead.outbox.worker import Worker

SECONDS_TO_FINISH = 20
SECONDS_BETWEEN_LOOKS, SECONDS_BETWEEN_STARTS = 0.5, 1.0

log = logging.getLogger(__name__)


class Told(BaseException):
    """The keeper was told to end."""


@contextmanager
def keeping_a_worker() -> Iterator[None]:
    """Keep one worker running during the block; at its end the job in hand is finished first."""
    server = os.getpid()
    keeper = _fork(lambda: _keep(server))
    try:
        yield
    finally:
        _end(keeper, SECONDS_TO_FINISH + 2)


def _keep(server: int) -> None:
    """Have a worker until told to end, or until the server is gone."""
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, _raise_told)
    keeper, worker = os.getpid(), 0
    try:
        while os.getppid() == server:
            worker = _fork(lambda: Worker().run(child_of=keeper))
            while not _has_ended(worker) and os.getppid() == server:
                time.sleep(SECONDS_BETWEEN_LOOKS)
            if os.getppid() == server:
                log.error("The worker has died; another one is started.")
                time.sleep(SECONDS_BETWEEN_STARTS)
    except Told:
        pass
    _end(worker, SECONDS_TO_FINISH)


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


def _has_ended(child: int) -> bool:
    try:
        return os.waitpid(child, os.WNOHANG)[0] == child
    except ChildProcessError:  # it has ended, and was seen to
        return True


def _end(child: int, seconds: float) -> None:
    """Have a process finish what is in hand; kill it where that takes too long."""
    until = time.monotonic() + seconds
    if not child or _has_ended(child):
        return
    os.kill(child, signal.SIGTERM)
    while not _has_ended(child):
        if time.monotonic() > until:
            log.error("A job took more than %s s to end; it will be done again.", seconds)
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return
        time.sleep(0.02)
