"""`letterhead serve` as a process: it answers, keeps what it writes private, and ends well."""

import http.client
import os
import re
import sqlite3
import stat
import threading
import time
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.served import Served, sqlite_url, start, stop

pytestmark = pytest.mark.embedded
MEMORY_MB = 150


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[Served]:
    """A new installation on the embedded database, without the demo."""
    server = start(sqlite_url(tmp_path), tmp_path, workers=2)
    yield server
    stop(server)


def get(server: Served, path: str, **headers: str) -> http.client.HTTPResponse:
    """Ask once, and read the whole answer."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    answer.text = answer.read().decode()  # type: ignore[attr-defined]
    connection.close()
    return answer


def test_a_new_installation_serves_and_is_ready(embedded: Served) -> None:
    assert get(embedded, "/healthz").status == 200
    assert get(embedded, "/readyz").status == 200
    assert get(embedded, "/login/", Host=f"localhost:{embedded.port}").status == 200
    assert get(embedded, "/login/", Host="elsewhere.example").status == 400


def test_what_is_stored_is_its_owners_alone(embedded: Served) -> None:
    kept = [embedded.data_dir / name for name in ("letterhead.sqlite3", "media", "secret_key")]

    assert [path.name for path in kept if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)] == []


def test_sigterm_finishes_the_request_in_hand(embedded: Served) -> None:
    page = get(embedded, "/login/")
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)  # type: ignore[attr-defined]
    assert token
    cookie = str(page.headers["Set-Cookie"]).split(";")[0]
    answers: list[int] = []

    def log_in_with_a_wrong_password() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", embedded.port, timeout=20)
        typed = {"login": "no@riverside.example", "password": "x" * 15}
        body = urllib.parse.urlencode({**typed, "csrfmiddlewaretoken": token.group(1)})
        form = "application/x-www-form-urlencoded"
        headers = {"Cookie": cookie, "Content-Type": form, "Referer": embedded.url}
        connection.request("POST", "/login/", body, headers)
        answers.append(connection.getresponse().status)
        connection.close()

    with sqlite3.connect(embedded.data_dir / "letterhead.sqlite3", timeout=20) as other:
        other.execute("BEGIN IMMEDIATE")  # the request now waits to write its failed attempt
        asking = threading.Thread(target=log_in_with_a_wrong_password)
        asking.start()
        time.sleep(1)
        embedded.process.terminate()
        time.sleep(1)
        assert (answers, embedded.process.poll()) == ([], None)
    other.close()
    asking.join(20)

    assert embedded.process.wait(20) == 0
    assert answers[0] in {200, 422}


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="Linux tells memory")
def test_idle_memory_of_all_processes_stays_small(embedded: Served) -> None:
    for _ in range(8):
        get(embedded, "/login/")

    parent = embedded.process.pid
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    megabytes = sum(_pss(int(pid)) for pid in [parent, *children]) / 1024

    assert len(children) == 2
    assert megabytes <= MEMORY_MB


def _pss(pid: int) -> int:
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    found = re.search(r"^Pss:\s+(\d+) kB", text, re.MULTILINE)
    assert found
    return int(found.group(1))


def test_a_worker_that_dies_is_replaced(embedded: Served) -> None:
    parent = embedded.process.pid
    listed = Path(f"/proc/{parent}/task/{parent}/children")
    before = listed.read_text().split()

    os.kill(int(before[0]), 9)

    until = time.monotonic() + 15
    while time.monotonic() < until and set(listed.read_text().split()) <= set(before):
        time.sleep(0.1)
    assert len(set(listed.read_text().split()) - set(before)) == 1
    assert get(embedded, "/healthz").status == 200
