"""Clients who want the same times of a running `letterhead serve`, which is killed meanwhile.

Each comes from a network address of their own, 127.0.0.x, as limits are counted by these.
"""

import http.client
import os
import re
import signal
import urllib.parse
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from html import unescape
from http import HTTPStatus
from pathlib import Path

import pytest
from django.db import connection

from tests import served
from tests.served import Served

CLIENTS, TIMES, AT_ONCE, ANSWERED_BEFORE_THE_KILL = 200, 20, 24, 60
PAGE = "/book/riverside/dana-rivera/"
pytestmark = [
    pytest.mark.django_db,  # so that it runs on both databases
    pytest.mark.skipif(not Path("/proc/self").exists(), reason="only Linux has 127.0.0.2"),
]


@contextmanager
def running(tmp_path: Path) -> Iterator[Served]:
    """A copy of the demo practice, with four web workers."""
    on_postgres = connection.vendor == "postgresql"
    url = os.environ["LETTERHEAD_TEST_POSTGRES"] if on_postgres else None
    source = served.template(Path(os.environ["LETTERHEAD_TEST_DIR"]), url)
    with served.serving(source, tmp_path) as one:
        served.stop(one)
        four = served.start(one.database_url, one.data_dir, workers=4)
        try:
            yield four
        finally:
            served.stop(four)


class Client:
    """Someone with a network address, who opens the form of a time and sends it."""

    def __init__(self, number: int, port: int) -> None:
        self.number, self.port = number, port
        self.filled_in: tuple[str, dict[str, str]] | None = None

    def ask(self, method: str, path: str, typed: dict[str, str] | None = None) -> tuple[int, str]:
        """Send one request; return its status and text."""
        here = (f"127.0.{1 + self.number // 250}.{1 + self.number % 250}", 0)
        wire = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60, source_address=here)
        body = urllib.parse.urlencode(typed) if typed else None
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if typed else {}
        wire.request(method, path, body, {"Host": f"localhost:{self.port}", **kind})
        answer = wire.getresponse()
        text = answer.read().decode()
        wire.close()
        return answer.status, text

    def book(self, path: str) -> tuple[int, str] | None:
        """Open the form of a time, and send it; return what came last, None if nothing did.

        Called again it goes on where it was: what was sent is sent again as it is.
        """
        try:
            if self.filled_in is None:
                status, text = self.ask("GET", path)
                if status != HTTPStatus.OK:
                    return status, text
                self.filled_in = self._filled_in(text)
            return self.ask("POST", *self.filled_in)
        except (ConnectionError, http.client.HTTPException):
            return None

    def _filled_in(self, text: str) -> tuple[str, dict[str, str]]:
        fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', text))
        typed = {
            **{name: unescape(value) for name, value in fields.items()},
            **{"first_name": "Ann", "last_name": "Lee", "phone": "212-555-0123"},
            **{"email": f"ann{self.number}@client.example", "agree": "on"},
        }
        return unescape(re.findall(r'<form method="post" action="([^"]*)"', text)[0]), typed


def times_of(server: Served) -> list[str]:
    """Return the addresses of twenty times of Dana's first visits."""
    visitor = Client(0, server.port)
    _status, text = visitor.ask("GET", PAGE)
    service = re.findall(r'href="([^"]*/services/\d+/)"[^>]*>Nutrition therapy, first visit', text)
    _status, month = visitor.ask("GET", service[0])
    days = [unescape(link) for link in re.findall(r'<td><a href="([^"]*day=[^"]*)"', month)]
    found: dict[str, list[str]] = {}
    for day in days:
        _status, text = visitor.ask("GET", day)
        for link in map(unescape, re.findall(r'<li><a href="([^"]*time=[^"]*)"', text)):
            found.setdefault(day, []).append(link)
    # an hour each: every other start, so that no two are in each other's way
    apart = [link for links in found.values() for link in links[::2]]
    assert len(apart) >= TIMES
    return apart[:TIMES]


def kill(server: Served) -> None:
    """End all its processes at once, as a power cut does."""
    pids = [server.process.pid]
    for pid in pids:
        children = Path(f"/proc/{pid}/task/{pid}/children")
        pids += map(int, children.read_text().split()) if children.exists() else []
    for pid in reversed(pids):
        os.kill(pid, signal.SIGKILL)
    server.process.wait(30)


def booked_in(server: Served) -> list[tuple[object, ...]]:
    """Return (email, start) of everyone who has an appointment that clients booked."""
    return server.run_sql(
        "SELECT p.email, a.starts_at FROM scheduling_attendee p "
        "JOIN scheduling_appointment a ON a.id = p.appointment_id "
        "WHERE p.state = 'booked' AND a.takes_time AND p.booked_online"
        " AND substr(p.email, 1, 3) = 'ann'"
    )


def test_of_200_clients_who_want_20_times_each_time_has_one_and_a_kill_loses_nothing(
    tmp_path: Path,
) -> None:
    with running(tmp_path) as server:
        times = times_of(server)
        clients = [Client(1 + number, server.port) for number in range(CLIENTS)]
        wanted = [times[number % TIMES] for number in range(CLIENTS)]
        came: list[tuple[int, str] | None] = []
        with ThreadPoolExecutor(AT_ONCE) as crowd:
            for answer in crowd.map(Client.book, clients, wanted):
                came.append(answer)
                if len(came) == ANSWERED_BEFORE_THE_KILL:
                    kill(server)
        told = {each.number for each, answer in zip(clients, came, strict=True)
                if answer and answer[0] == HTTPStatus.SEE_OTHER}  # fmt: skip
        again = served.start(server.database_url, server.data_dir, workers=4)
        try:
            assert told <= numbers_in(booked_in(again))
            for each in clients:
                each.port = again.port
            left = [number for number, answer in enumerate(came) if answer is None]
            with ThreadPoolExecutor(AT_ONCE) as crowd:
                later = crowd.map(lambda number: clients[number].book(wanted[number]), left)
                for number, answer in zip(left, later, strict=True):
                    came[number] = answer
            rows = booked_in(again)
        finally:
            served.stop(again)

    counted = Counter(answer[0] for answer in came if answer)
    booked = {each.number for each, answer in zip(clients, came, strict=True)
              if answer and answer[0] == HTTPStatus.SEE_OTHER}  # fmt: skip
    assert counted == {HTTPStatus.SEE_OTHER: TIMES, HTTPStatus.CONFLICT: CLIENTS - TIMES}
    assert booked == numbers_in(rows)
    assert len({start for _email, start in rows}) == len(rows) == TIMES
    for answer in came:
        if answer and answer[0] == HTTPStatus.CONFLICT:
            assert "Choose one of the nearest times" in answer[1]


def numbers_in(rows: list[tuple[object, ...]]) -> set[int]:
    """Return who has an appointment."""
    return {int(str(email)[3:].split("@")[0]) for email, _start in rows}
