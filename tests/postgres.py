"""A PostgreSQL of the tests' own: Debian's programs, a directory that is thrown away, no disk sync.

Runs as an ordinary user; where the tests run as root, as the user that Debian's package makes.
"""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

NAME = "letterhead"
SECONDS_TO_START = 30
FAST = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200"]


def programs() -> Path | None:
    """Give the directory that holds initdb and postgres: the newest one, if there is any."""
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: float(p.parent.name))
    on_path = shutil.which("initdb")
    if on_path:
        places.insert(0, Path(on_path).resolve().parent)
    fitting = [place for place in places if (place / "initdb").is_file()]
    return fitting[-1] if fitting else None


@contextmanager
def running() -> Iterator[str]:
    """Start a server and give the URL of its first database; stop it and clean up at the end."""
    binaries = programs()
    if binaries is None:
        raise RuntimeError("PostgreSQL is missing: sudo apt install postgresql")
    place = Path(tempfile.mkdtemp(prefix="letterhead-pg-"))
    as_user = _ordinary_user(place)
    try:
        port = _start_up(binaries, place, as_user)
        with (place / "log").open("w") as log:
            server = subprocess.Popen(
                [str(binaries / "postgres"), *_options(place, port)],
                stdout=subprocess.DEVNULL,
                stderr=log,
                cwd=place,
                **as_user,
            )
        try:
            yield _wait_for(f"postgres://{NAME}@127.0.0.1:{port}/{NAME}", place / "log")
        finally:
            server.terminate()
            server.wait(20)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _ordinary_user(place: Path) -> dict[str, Any]:
    """Give what makes a program run as an ordinary user, and give that user the directory."""
    if os.geteuid() != 0:
        return {}
    names = {user.pw_name: user for user in pwd.getpwall()}
    user = names.get("postgres") or names["nobody"]
    os.chown(place, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _start_up(binaries: Path, place: Path, as_user: dict[str, Any]) -> int:
    command = [str(binaries / "initdb"), "--pgdata", str(place / "data"), "--no-sync"]
    command += ["--username", NAME, "--auth", "trust", "--encoding", "UTF8", "--locale", "C"]
    made = subprocess.run(
        command, check=False, capture_output=True, text=True, cwd=place, **as_user
    )
    if made.returncode:
        raise RuntimeError(f"initdb failed: {made.stderr.strip()}")
    return free_port()


def _options(place: Path, port: int) -> list[str]:
    options = ["-D", str(place / "data"), "-p", str(port), "-k", str(place)]
    options += ["-c", "listen_addresses=127.0.0.1"]
    return options + [part for setting in FAST for part in ("-c", setting)]


def _wait_for(url: str, log: Path) -> str:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until:
        try:
            execute(_other(url, "postgres"), f"CREATE DATABASE {NAME}")
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return url
    raise RuntimeError(f"PostgreSQL did not start: {log.read_text()[-500:]}")


def free_port() -> int:
    """Give a port of 127.0.0.1 that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def execute(url: str, sql: str, *values: object) -> list[tuple[Any, ...]]:
    """Run one statement outside any transaction; give its rows, if it has any."""
    with psycopg.connect(url, autocommit=True, connect_timeout=5) as connection:
        answer = connection.execute(sql.encode(), values or None)
        return answer.fetchall() if answer.description else []


def make_database(url: str, name: str) -> str:
    """Make an empty database on the server of `url`; give the new one's URL."""
    execute(_other(url, "postgres"), f'CREATE DATABASE "{name}"')
    return _other(url, name)


def copy_database(template: str, name: str) -> str:
    """Copy a database that nobody is connected to; give the new one's URL."""
    source = urlsplit(template).path.lstrip("/")
    execute(_other(template, "postgres"), f'CREATE DATABASE "{name}" TEMPLATE "{source}"')
    return _other(template, name)


def drop_database(url: str) -> None:
    """Drop a database, whoever is still connected."""
    name = urlsplit(url).path.lstrip("/")
    execute(_other(url, "postgres"), f'DROP DATABASE "{name}" WITH (FORCE)')


def _other(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
