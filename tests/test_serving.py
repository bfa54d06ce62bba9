"""`letterhead serve` as a process: it answers, keeps what it writes private, and ends well."""

import http.client
import os
import re
import signal
import sqlite3
import stat
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.served import Served, sqlite_url, start, stop

pytestmark = pytest.mark.embedded
on_linux = pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="reads /proc")

MEMORY_MB = 150
_A_JOB = """
INSERT INTO outbox_job
    (name, "values", key, created_at, due_at, attempts, leased_by, last_error)
VALUES
    ('forget photo files', '{"hashes": []}', 'here', '2026-01-01', '2026-01-01', 0, '', '')
"""
_IS_THERE = "SELECT count(*) FROM outbox_job WHERE key = 'here'"


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[Served]:
    """A new installation on the embedded database, without the demo."""
    server = start(sqlite_url(tmp_path), tmp_path, workers=2)
    yield server
    stop(server)


class Answer(NamedTuple):
    """What came back."""

    status: int
    text: str
    cookie: str


def get(server: Served, path: str, **headers: str) -> Answer:
    """Ask once, and read the whole answer."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    cookie = answer.headers.get("Set-Cookie", "").split(";")[0]
    text = answer.read().decode()
    connection.close()
    return Answer(answer.status, text, cookie)


def wrong_log_in(server: Served) -> Callable[[], int]:
    """Get ready to log in with a wrong password; calling it does so and gives the status."""
    page = get(server, "/login/")
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)
    assert token
    typed = {"login": "no@riverside.example", "password": "x" * 15}
    body = urllib.parse.urlencode({**typed, "csrfmiddlewaretoken": token.group(1)})
    form = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": page.cookie}

    def log_in() -> int:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
        connection.request("POST", "/login/", body, form)
        status = connection.getresponse().status
        connection.close()
        return status

    return log_in


def test_a_new_installation_serves_and_is_ready(embedded: Served) -> None:
    assert get(embedded, "/healthz").status == 200
    assert get(embedded, "/readyz").status == 200
    assert get(embedded, "/login/", Host=f"localhost:{embedded.port}").status == 200
    assert get(embedded, "/login/", Host="elsewhere.example").status == 400
    assert f"Data directory: {embedded.data_dir}\n" in embedded.logged()


def test_a_refused_method_leaves_the_connection_whole_or_closes_it(embedded: Served) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", embedded.port, timeout=20)
    small, large = b"x" * 100_000, b"x" * 3_000_000

    for method, body in 20 * [
        ("TRACE", b""), ("PUT", small), ("PATCH", small), ("DELETE", small), ("PUT", large)
    ]:  # fmt: skip
        connection.request(method, "/", body)  # opens another one where the last was closed
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 405

        connection.request("GET", "/healthz")
        answer = connection.getresponse()
        assert (answer.status, answer.read()) == (200, b"ok\n")
    connection.close()


def test_what_is_stored_is_its_owners_alone(embedded: Served) -> None:
    for name in ("letterhead.sqlite3", "media", "secret_key"):
        mode = (embedded.data_dir / name).stat().st_mode
        assert mode & (stat.S_IRWXG | stat.S_IRWXO) == 0, name


def test_sigterm_finishes_the_request_in_hand(embedded: Served) -> None:
    log_in = wrong_log_in(embedded)
    statuses: list[int] = []

    with sqlite3.connect(embedded.data_dir / "letterhead.sqlite3", timeout=20) as other:
        other.execute("BEGIN IMMEDIATE")  # the login now waits to write its failed attempt
        asking = threading.Thread(target=lambda: statuses.append(log_in()))
        asking.start()
        time.sleep(1)
        embedded.process.terminate()
        time.sleep(1)
        assert (statuses, embedded.process.poll()) == ([], None)
    other.close()
    asking.join(20)

    assert embedded.process.wait(20) == 0
    assert statuses[0] in {200, 422}


@on_linux
def test_idle_memory_of_all_processes_stays_small(embedded: Served) -> None:
    for _ in range(8):
        get(embedded, "/login/")

    parent = embedded.process.pid
    children = [int(pid) for pid in _children(parent)]
    megabytes = sum(_pss(pid) for pid in (parent, *children, *map(int, _worker(embedded)))) / 1024

    assert len(children) == 3  # two for the web, and the keeper, who looks for jobs
    assert megabytes <= MEMORY_MB


def _worker(server: Served) -> list[str]:
    """Give the process of the background worker, while there is one: the only grandchild."""
    return [pid for child in _children(server.process.pid) for pid in _children(int(child))]


def _children(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


def _pss(pid: int) -> int:
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    found = re.search(r"^Pss:\s+(\d+) kB", text, re.MULTILINE)
    assert found
    return int(found.group(1))


@on_linux
def test_a_web_process_that_dies_is_replaced(embedded: Served) -> None:
    before = _children(embedded.process.pid)
    web = [pid for pid in before if not _children(int(pid))]

    os.kill(int(web[0]), signal.SIGKILL)

    _wait_until(lambda: bool(set(_children(embedded.process.pid)) - set(before)))
    assert get(embedded, "/healthz").status == 200


@on_linux
def test_the_background_worker_is_there_while_there_are_jobs(embedded: Served) -> None:
    _wait_until(lambda: _worker(embedded) == [])  # it began with what was planned

    with _a_job_that_waits(embedded):
        _wait_until(lambda: len(_worker(embedded)) == 1)

    _wait_until(lambda: _worker(embedded) == [])
    assert _jobs(embedded) == 0


@on_linux
def test_a_background_worker_that_dies_is_replaced_and_ends_with_the_server(
    embedded: Served,
) -> None:
    _wait_until(lambda: _worker(embedded) == [])
    with _a_job_that_waits(embedded):
        _wait_until(lambda: len(_worker(embedded)) == 1)
        (first,) = _worker(embedded)

        os.kill(int(first), signal.SIGKILL)

        _wait_until(lambda: _worker(embedded) not in ([], [first]))
        (second,) = _worker(embedded)
        assert "The worker has died; another one is started." in embedded.logged()
    assert stop(embedded) == 0
    assert not Path(f"/proc/{second}").exists()


@on_linux
def test_nothing_is_left_behind_when_the_server_is_killed(embedded: Served) -> None:
    _wait_until(lambda: _worker(embedded) == [])
    with _a_job_that_waits(embedded):
        _wait_until(lambda: len(_worker(embedded)) == 1)
        all_of_them = [*_children(embedded.process.pid), *_worker(embedded)]
        assert len(all_of_them) == 4

        embedded.process.kill()

    _wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in all_of_them))


@contextmanager
def _a_job_that_waits(server: Served) -> Iterator[None]:
    """Have a job that its worker can't begin, since someone else writes to the database."""
    database = sqlite3.connect(server.data_dir / "letterhead.sqlite3", timeout=20)
    database.execute(_A_JOB)
    database.commit()
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        database.rollback()
        database.close()


def _jobs(server: Served) -> int:
    database = sqlite3.connect(server.data_dir / "letterhead.sqlite3", timeout=20)
    (count,) = database.execute(_IS_THERE).fetchone()
    database.close()
    return int(count)


@on_linux
def test_the_web_can_be_served_without_a_background_worker(tmp_path: Path) -> None:
    server = start(sqlite_url(tmp_path), tmp_path, options=["--no-worker"])

    assert _worker(server) == []
    assert stop(server) == 0


def _wait_until(true: Callable[[], bool]) -> None:
    until = time.monotonic() + 15
    while not true():
        assert time.monotonic() < until
        time.sleep(0.05)
