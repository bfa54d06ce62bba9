"""The login page and its POST beside the password hash alone, in one run."""

import time
from itertools import cycle
from pathlib import Path
from statistics import median
from typing import Any

from letterhead.cli.main import DEMO_PASSWORD
from tests.bench.pages import FOUND, ROUNDS, WHERE, Side
from tests.bench.production import start, tell
from tests.bench.server import serving
from tests.bench.wire import Wire, form_fields
from tests.served import Served

HASHES = 4


def measure_log_in(data_dir: Path, rounds: int = ROUNDS) -> dict[str, Any]:
    """Give page and POST together as a multiple of what one hash takes: at most 1.3 is wanted.

    The POST is a right login with all it records; the hash is made in this process, in turns.
    """
    from django.contrib.auth.hashers import check_password, make_password

    made = make_password(DEMO_PASSWORD)
    hashed: list[tuple[float, float]] = []
    with serving(data_dir, settings="tests.bench.settings", workers=1) as server:
        wire = Wire(server.port)
        page, post = _sides(wire)
        for turn in range(rounds + 1):
            _go(wire, server, page, post)
            for _ in range(HASHES):
                wall, cpu = time.perf_counter(), time.process_time()
                check_password(DEMO_PASSWORD, made)
                hashed.append((time.perf_counter() - wall, time.process_time() - cpu))
            if not turn:
                page.forget()
                post.forget()
                hashed.clear()
    wall_ms = median(wall for wall, _ in hashed) * 1000
    cpu_ms = sum(cpu for _, cpu in hashed) / len(hashed) * 1000
    return {
        "bench": "log-in",
        "of_hash": round((page.ms + post.ms) / wall_ms, 2),
        "of_hash_by_cpu": round((page.cpu_ms + post.cpu_ms) / cpu_ms, 2),
        "ms": {"page": round(page.ms, 1), "POST": round(post.ms, 1), "hash": round(wall_ms, 1)},
        "cpu_ms": {
            "page": round(page.cpu_ms, 1),
            "POST": round(post.cpu_ms, 1),
            "hash": round(cpu_ms, 1),
        },
        "on": WHERE,
    }


def _sides(wire: Wire) -> tuple[Side, Side]:
    """Give page and POST, each as somebody comes who isn't logged in yet."""
    wire.keep_cookies(wire.get("/login/"))
    fields = form_fields(wire.get("/login/").text)
    typed = fields | {"login": "dana@riverside.example", "password": DEMO_PASSWORD}
    page = Side("page", cycle([wire.written("GET", "/login/")]), a_round=20)
    posts = cycle([wire.written("POST", "/login/", typed)])
    return page, Side("POST", posts, a_round=HASHES, status=FOUND)


def _go(wire: Wire, server: Served, *sides: Side) -> None:
    for side in sides:
        side.go(wire, server)


if __name__ == "__main__":
    import os

    start()
    tell_of = measure_log_in(Path(os.environ["LETTERHEAD_DATA_DIR"]))
    tell(str(tell_of.pop("bench")), tell_of)
