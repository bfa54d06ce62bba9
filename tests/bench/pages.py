"""My Details, seen and saved, beside a bare view and beside Django's admin, in one run."""

import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any

from letterhead.cli.main import DEMO_PASSWORD
from tests.bench.server import cpu_seconds, serving
from tests.bench.wire import Wire, form_fields
from tests.served import Served

ROUNDS = 12
DANA = "dana@riverside.example"
OK, FOUND = 200, 302
WHERE = "`letterhead serve`, 1 worker, SQLite, one kept-alive connection over loopback"

Requests = Iterator[bytes]


class Side:
    """One thing that is measured: its requests, how many a round, and the status that is right."""

    def __init__(self, name: str, requests: Requests, *, a_round: int, status: int = OK) -> None:
        self.name, self.requests, self.a_round, self.status = name, requests, a_round, status
        self.seconds: list[float] = []
        self.cpu = 0.0

    def go(self, wire: Wire, server: Served) -> None:
        """Send a round's requests and keep the times."""
        cpu = cpu_seconds(server)
        for _ in range(self.a_round):
            request = next(self.requests)
            started = time.perf_counter()
            answer = wire.exchange(request)
            self.seconds.append(time.perf_counter() - started)
            if answer.status != self.status:
                raise RuntimeError(f"{self.name}: {answer.status}\n{answer.text[:2000]}")
        self.cpu += cpu_seconds(server) - cpu

    def forget(self) -> None:
        """Leave the first requests out, which load what is loaded once."""
        self.seconds, self.cpu = [], 0.0

    @property
    def ms(self) -> float:
        """The median time of an answer."""
        return median(self.seconds) * 1000

    @property
    def cpu_ms(self) -> float:
        """The server's CPU time of an answer, on average."""
        return self.cpu / len(self.seconds) * 1000


def measure_pages(data_dir: Path, rounds: int = ROUNDS) -> list[dict[str, Any]]:
    """Give view and save as ratios to the bare page and to the admin's, and the times."""
    with serving(data_dir, settings="tests.bench.settings", workers=1) as server:
        wire = Wire(server.port)
        wire.log_in(DANA, DEMO_PASSWORD)
        admin = admin_page(wire)
        views = [
            Side("My Details", _same(wire, "/my-details/"), a_round=30),
            Side("bare view", _same(wire, "/bench/bare/"), a_round=60),
            Side("admin's change page", _same(wire, admin), a_round=4),
        ]
        saves = [
            Side("save of General Details", _our_saves(wire), a_round=15, status=FOUND),
            Side("bare update", _bare_saves(wire), a_round=60, status=FOUND),
            Side("admin's save", _admin_saves(wire, admin), a_round=6, status=FOUND),
        ]
        return [
            compared("My Details view", views, wire, server, rounds),
            compared("General Details save", saves, wire, server, rounds),
        ]


def compared(
    what: str, sides: list[Side], wire: Wire, server: Served, rounds: int
) -> dict[str, Any]:
    """Let ours, the bare one and the admin's take turns, each round in another order."""
    for side in sides:
        side.go(wire, server)
        side.forget()
    for turn in range(rounds):
        for side in sides[turn % 3 :] + sides[: turn % 3]:
            side.go(wire, server)
    ours, bare, admin = sides
    return {
        "bench": what,
        "of_bare": round(bare.ms / ours.ms, 3),
        "times_admin": round(admin.ms / ours.ms, 2),
        "of_bare_by_cpu": round(bare.cpu_ms / ours.cpu_ms, 3),
        "times_admin_by_cpu": round(admin.cpu_ms / ours.cpu_ms, 2),
        "ms": {side.name: round(side.ms, 2) for side in sides},
        "cpu_ms": {side.name: round(side.cpu_ms, 2) for side in sides},
        "on": WHERE,
    }


def admin_page(wire: Wire) -> str:
    """Find the admin's change page of Dana's row."""
    listed = wire.get("/bench/admin/details/practitioner/?q=").text
    row = listed.partition(">Dana Rivera</a>")[0].rpartition('href="')[2]
    return row.partition('"')[0].partition("?")[0]


def _same(wire: Wire, path: str) -> Requests:
    while True:
        yield wire.written("GET", path)


def _saves(wire: Wire, path: str, change: Callable[[dict[str, str], int], None]) -> Requests:
    """Send the page's own form again and again, each time with one field changed."""
    fields = form_fields(wire.get(path).text)
    for number in count():
        change(fields, number)
        yield wire.written("POST", path, fields)


def _our_saves(wire: Wire) -> Requests:
    def change(fields: dict[str, str], number: int) -> None:
        fields["pronouns"] = f"she/her {number}"
        fields["version"] = str(int(fields["version"]) + bool(number))

    return _saves(wire, "/my-details/general/", change)


def _admin_saves(wire: Wire, path: str) -> Requests:
    def change(fields: dict[str, str], number: int) -> None:
        fields["suffix"] = f"A{number}"

    return _saves(wire, path, change)


def _bare_saves(wire: Wire) -> Requests:
    fields = form_fields(wire.get("/my-details/general/").text)
    token = {"csrfmiddlewaretoken": fields["csrfmiddlewaretoken"]}
    while True:
        yield wire.written("POST", "/bench/bare-update/", token)
