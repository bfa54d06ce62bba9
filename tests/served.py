"""Real `letterhead serve` processes for the journeys, each with a database of its own.

A template (migrated, with the demo practice) is made once for a whole run; every server starts
from a copy of it, so no journey sees what another did.
"""

import fcntl
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests import postgres

LETTERHEAD = [sys.executable, "-m", "letterhead"]
# What `serve` does first, done once for all its copies.
COLLECT_STATIC_FILES = [
    sys.executable,
    "-c",
    "from letterhead.cli.database import start_django; start_django();"
    "from letterhead.cli.prepare import prepare; prepare()",
]
SECONDS_TO_START, SECONDS_TO_STOP = 30, 30


@dataclass(frozen=True)
class Template:
    """A migrated database with the demo practice, and the data directory that belongs to it."""

    database_url: str
    data_dir: Path


@dataclass
class Served:
    """A running `letterhead serve`: where it answers, what it stores, and its database by SQL."""

    url: str
    database_url: str
    data_dir: Path
    log: Path
    process: subprocess.Popen[bytes] = field(repr=False)

    @property
    def port(self) -> int:
        """The port on 127.0.0.1."""
        return int(self.url.rsplit(":", 1)[1])

    def run_sql(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Run one statement, `%s` for each value, and give its rows."""
        if self.database_url.startswith("postgres"):
            return postgres.execute(self.database_url, sql, *values)
        with sqlite3.connect(self.data_dir / "letterhead.sqlite3", timeout=20) as connection:
            rows = connection.execute(sql.replace("%s", "?"), values).fetchall()
        connection.close()
        return rows

    def logged(self) -> str:
        """Give what the process has written so far."""
        return self.log.read_text(errors="replace")


def environment(database_url: str, data_dir: Path, **more: str) -> dict[str, str]:
    """Give a production's environment, with nothing of ours left in it but what is named."""
    kept = {
        name: text
        for name, text in os.environ.items()
        if not name.startswith("LETTERHEAD_")
        and name not in {"DJANGO_SETTINGS_MODULE", "EMAIL_URL"}
    }
    named = {"DATABASE_URL": database_url, "LETTERHEAD_DATA_DIR": str(data_dir)}
    return {**kept, **named, **more}


def sqlite_url(data_dir: Path) -> str:
    """Give the URL of the embedded database in a data directory."""
    return f"sqlite:///{data_dir / 'letterhead.sqlite3'}"


def template(place: Path, server_url: str | None) -> Template:
    """Give the template of this run, made by whoever asks first (SQLite where no server is)."""
    kind = f"postgres-{server_url.rsplit(':', 1)[1].split('/')[0]}" if server_url else "sqlite"
    data_dir = place / f"template-{kind}"
    place.mkdir(parents=True, exist_ok=True)
    with (place / f"{kind}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (data_dir / "url").exists():
            _make_template(data_dir, server_url)
    return Template((data_dir / "url").read_text(), data_dir)


def _make_template(data_dir: Path, server_url: str | None) -> None:
    shutil.rmtree(data_dir, ignore_errors=True)
    data_dir.mkdir()
    url = sqlite_url(data_dir)
    if server_url:
        url = postgres.make_database(server_url, f"template_{uuid.uuid4().hex[:8]}")
    env = environment(url, data_dir)
    for command in ([*LETTERHEAD, "migrate"], [*LETTERHEAD, "demo"], COLLECT_STATIC_FILES):
        done = subprocess.run(command, check=False, capture_output=True, text=True, env=env)
        if done.returncode:
            raise RuntimeError(f"{' '.join(command[2:])} failed: {done.stderr}")
    (data_dir / "url").write_text(url)


@contextmanager
def serving(source: Template, place: Path) -> Iterator[Served]:
    """Serve a copy of the template under `place`; stop it, and drop the copy, at the end."""
    data_dir = place / f"served-{uuid.uuid4().hex[:8]}"
    shutil.copytree(source.data_dir, data_dir)
    embedded = source.database_url.startswith("sqlite")
    url = sqlite_url(data_dir)
    if not embedded:
        url = postgres.copy_database(source.database_url, data_dir.name)
    server = start(url, data_dir)
    try:
        yield server
    finally:
        stop(server)
        if not embedded:
            postgres.drop_database(url)
        shutil.rmtree(data_dir, ignore_errors=True)


def start(
    database_url: str,
    data_dir: Path,
    *,
    workers: int = 1,
    options: Sequence[str] = (),
    program: Sequence[str] = LETTERHEAD,
    folder: Path | None = None,
) -> Served:
    """Start `letterhead serve`, in a folder, and wait until it answers."""
    port = postgres.free_port()
    url, log = f"http://localhost:{port}", data_dir / "serve.log"
    command = [*program, "serve", "--port", str(port), "--workers", str(workers), *options]
    env = environment(database_url, data_dir, LETTERHEAD_BASE_URL=url)
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, stdout=out, stderr=subprocess.STDOUT, env=env, cwd=folder
        )
    server = Served(url, database_url, data_dir, log, process)
    try:
        _wait_for(server)
    except BaseException:
        stop(server)
        raise
    return server


def _wait_for(server: Served) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until and server.process.poll() is None:
        try:
            with urllib.request.urlopen(f"{server.url}/healthz", timeout=5):  # noqa: S310
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.05)
    raise RuntimeError(f"`letterhead serve` did not start: {server.logged()}")


def stop(server: Served) -> int:
    """Stop a server as an operator would, and give its exit code."""
    if server.process.poll() is None:
        server.process.send_signal(signal.SIGTERM)
    return server.process.wait(SECONDS_TO_STOP)
