"""The public card beside a bare view of one query, in one run: what a visitor's page costs."""

import time
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

from tests.bench.pages import OK, ROUNDS, WHERE, Side
from tests.bench.server import serving
from tests.bench.wire import Wire

PRACTICE, CARD = "/book/riverside/", "/book/riverside/dana-rivera/"
UNCHANGED = 304


def measure_card(data_dir: Path, rounds: int = ROUNDS) -> dict[str, Any]:
    """Give the requests a second of card and practice as ratios to the bare view, and the times.

    All without a session, as a visitor comes, and zipped, as browsers ask.
    """
    with serving(data_dir, settings="tests.bench.settings", workers=1) as server:
        wire = Wire(server.port)
        bare = Side("bare view", _same(wire, "/bench/bare-public/"), a_round=60)
        card = Side("public card", _same(wire, CARD), a_round=60)
        practice = Side("practice's page", _same(wire, PRACTICE), a_round=60)
        times = Side("page with free times", _same(wire, _with_times(wire)), a_round=60)
        kept = Side("public card, unchanged", _again(wire), a_round=60, status=UNCHANGED)
        sides = [bare, card, practice, times, kept]
        for side in sides:
            side.go(wire, server)
            side.forget()
        for turn in range(rounds):
            start = turn % len(sides)
            for side in sides[start:] + sides[:start]:
                side.go(wire, server)
        drawn = _first_preview(wire)
    return {
        "bench": "public card",
        "of_bare": round(bare.ms / card.ms, 3),
        "of_bare_by_cpu": round(bare.cpu_ms / card.cpu_ms, 3),
        "practice_of_bare": round(bare.ms / practice.ms, 3),
        "free_times_of_bare": round(bare.ms / times.ms, 3),
        "unchanged_of_bare": round(bare.ms / kept.ms, 3),
        "ms": {side.name: round(side.ms, 3) for side in sides},
        "cpu_ms": {side.name: round(side.cpu_ms, 3) for side in sides},
        "requests_a_second": {side.name: round(1000 / side.ms) for side in sides},
        "preview_drawn_ms": drawn,
        "on": WHERE,
    }


def _same(wire: Wire, path: str) -> Iterator[bytes]:
    return cycle([wire.written("GET", path)])


def _with_times(wire: Wire) -> str:
    """Return the address of the first service of the clinician whose card it is."""
    start = f"{CARD}services/"
    return start + wire.get(CARD).text.partition(f'href="{start}')[2].partition('"')[0]


def _again(wire: Wire) -> Iterator[bytes]:
    """Ask as a browser that has the page."""
    head = wire.get(CARD).head
    etag = next(line for line in head.splitlines() if line.lower().startswith("etag:"))
    asked = wire.written("GET", CARD).removesuffix(b"\r\n")
    return cycle([asked + f"If-None-Match:{etag.partition(':')[2]}\r\n\r\n".encode()])


def _first_preview(wire: Wire) -> float:
    page = wire.get(CARD).text
    address = page.partition('property="og:image" content="')[2].partition('"')[0]
    started = time.perf_counter()
    answer = wire.get(address.partition(wire.host)[2])
    if answer.status != OK:
        raise RuntimeError(f"the picture: {answer.status}")
    return round((time.perf_counter() - started) * 1000, 1)
