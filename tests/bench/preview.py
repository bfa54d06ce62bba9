"""The panel "Where it appears" while one types: from the key to the answer, place by place."""

import time
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from letterhead.cli.main import DEMO_PASSWORD
from tests.bench.pages import DANA, OK, WHERE
from tests.bench.server import serving
from tests.bench.wire import Wire, form_fields

PLACES = ("scheduler", "superbill", "cms-1500")
KEYS, FORGOTTEN = 200, 10
TYPED = "RDN, PhD, CDN, CSOWM, FAND, typed letter by letter"


def measure_preview(data_dir: Path, keys: int = KEYS) -> dict[str, Any]:
    """Type `keys` letters into Credentials for each place; give the round trips in ms."""
    with serving(data_dir, settings="letterhead.config.settings", workers=1) as server:
        wire = Wire(server.port)
        wire.log_in(DANA, DEMO_PASSWORD)
        fields = form_fields(wire.get("/my-details/general/").text)
        seconds = {place: _typed(wire, {**fields, "place": place}, keys) for place in PLACES}
    every = [each for place in seconds.values() for each in place]
    return {
        "bench": "preview while typing",
        "p95_ms": round(quantiles(every, n=20)[-1] * 1000, 1),
        "median_ms": {place: round(median(took) * 1000, 1) for place, took in seconds.items()},
        "on": WHERE,
    }


def _typed(wire: Wire, fields: dict[str, str], keys: int) -> list[float]:
    seconds = []
    for key in range(keys + FORGOTTEN):
        sent = {**fields, "credentials": TYPED[: key % len(TYPED) + 1]}
        request = wire.written("PUT", "/my-details/where-it-appears/general/", sent)
        started = time.perf_counter()
        answer = wire.exchange(request)
        seconds.append(time.perf_counter() - started)
        if answer.status != OK:
            raise RuntimeError(f"preview: {answer.status}\n{answer.text[:2000]}")
    return seconds[FORGOTTEN:]
