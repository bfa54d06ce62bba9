"""What My Details weighs on the way to a browser, and what serving weighs and takes."""

import re
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from letterhead.cli.main import DEMO_PASSWORD
from tests import served
from tests.bench.pages import DANA, OK
from tests.bench.queries import PAGES
from tests.bench.server import memory_mb, processes, serving
from tests.bench.wire import Wire

SETTINGS, WORKERS = "letterhead.config.settings", 2
SECONDS_OF_QUIET = 2


def measure_serving(data_dir: Path, starts: int = 3) -> list[dict[str, Any]]:
    """Give the page's weight, the memory before and after use, and the times to start."""
    seconds = []
    for _ in range(starts):
        started = time.monotonic()
        with serving(data_dir, settings=SETTINGS, workers=WORKERS):
            seconds.append(time.monotonic() - started)
    with serving(data_dir, settings=SETTINGS, workers=WORKERS) as server:
        time.sleep(SECONDS_OF_QUIET)
        fresh = memory_mb(server)
        wire = Wire(server.port)
        wire.log_in(DANA, DEMO_PASSWORD)
        weights = page_weight(wire)
        _use_every_page(server, wire)
        used = {"fresh": round(fresh, 1), "after_use": round(memory_mb(server), 1)}
        count = len(processes(server))
    memory = {"bench": "letterhead serve, idle", "pss_mb": used, "processes": count}
    started_in = {"bench": "letterhead serve, start", "seconds": round(median(seconds), 2)}
    return [weights, memory, started_in]


def page_weight(wire: Wire) -> dict[str, Any]:
    """Weigh My Details and all that it links to, compressed as it is sent."""
    page = wire.get("/my-details/")
    linked = dict.fromkeys(re.findall(r'(?:src|href)="(/static/[^"]+)"', page.text))
    answers = {path: wire.get(path) for path in linked}
    if any(answer.status != OK for answer in [page, *answers.values()]):
        raise RuntimeError("a part of My Details is missing")
    sheet = next(path for path in linked if path.endswith(".css"))
    faces = re.findall(r"url\(\"?([^)\"]+-latin-wght[^)\"]+)", answers[sheet].text)
    fonts = {path for path in linked if path.endswith(".woff2")}
    fonts |= {f"{sheet.rpartition('/')[0]}/{face}" for face in faces}
    parts = {Path(path).name.split(".")[0] + Path(path).suffix: len(answer.body)
             for path, answer in answers.items() if path not in fonts}  # fmt: skip
    apart = len(page.body) + sum(parts.values())
    whole = apart + sum(len(wire.get(path).body) for path in fonts)
    return {
        "bench": "page weight of My Details",
        "kb_fonts_apart": round(apart / 1000, 1),
        "kb_with_fonts": round(whole / 1000, 1),
        "bytes": {"page": len(page.body), **parts},
    }


def _use_every_page(server: served.Served, wire: Wire) -> None:
    for _ in range(6):  # each on a connection of its own: both workers get some
        other = Wire(server.port)
        other.cookies = wire.cookies
        for path in PAGES.values():
            other.get(path)
    time.sleep(SECONDS_OF_QUIET)


def measure_demo(place: Path) -> dict[str, Any]:
    """Time `letterhead migrate` and `letterhead demo` on a new data directory."""
    data_dir = Path(tempfile.mkdtemp(dir=place))
    env = served.environment(served.sqlite_url(data_dir), data_dir)
    told: dict[str, Any] = {"bench": "letterhead demo, new directory"}
    for command in ("migrate", "demo"):
        started = time.monotonic()
        subprocess.run([*served.LETTERHEAD, command], check=True, capture_output=True, env=env)
        told[f"{command}_seconds"] = round(time.monotonic() - started, 2)
    shutil.rmtree(data_dir)
    return told
