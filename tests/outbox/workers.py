"""Real `letterhead worker` processes on the database of the test."""

import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

from letterhead.encryption.keys import present_keys
from tests.served import LETTERHEAD, environment

SECONDS_TO_WAIT = 30


def database_url() -> str:
    """The URL of the database that this test uses."""
    of = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{of['NAME']}"
    return f"postgres://{of['USER']}@{of['HOST']}:{of['PORT']}/{of['NAME']}"


@contextmanager
def worker(data_dir: Path, *, lease: int = 1) -> Iterator[subprocess.Popen[bytes]]:
    """Run one worker; at the end it is asked to stop, if it still runs."""
    env = environment(
        database_url(),
        data_dir,
        DJANGO_SETTINGS_MODULE="tests.outbox.process_settings",
        LETTERHEAD_SECRET_KEY=settings.SECRET_KEY,
        LETTERHEAD_ENCRYPTION_KEYS=",".join(present_keys()),
    )
    process = subprocess.Popen([*LETTERHEAD, "worker", "--lease", str(lease)], env=env)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.wait(SECONDS_TO_WAIT)


def wait_until(true: Callable[[], bool]) -> None:
    """Look again and again until something is so."""
    until = time.monotonic() + SECONDS_TO_WAIT
    while not true():
        if time.monotonic() > until:
            raise AssertionError("it did not become so")
        time.sleep(0.02)
