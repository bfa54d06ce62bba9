"""My Details in a language with every text translated, beside English, in one run."""

from itertools import cycle
from pathlib import Path
from typing import Any

from letterhead.cli.main import DEMO_PASSWORD
from tests.bench.pages import DANA, ROUNDS, WHERE, Side
from tests.bench.production import start, tell
from tests.bench.server import serving
from tests.bench.settings import MARKED
from tests.bench.wire import Wire
from tests.pseudo import CODE, write_language
from tests.served import Served

ENGLISH = "en-US"
SPEAK = """UPDATE practices_membership SET language = %s
    WHERE user_id = (SELECT id FROM accounts_user WHERE email = %s)"""


def measure_languages(data_dir: Path, rounds: int = ROUNDS) -> dict[str, Any]:
    """Return what the marked language costs, as a multiple of English: at most 1.1 is wanted."""
    write_language(data_dir / MARKED)
    with serving(data_dir, settings="tests.bench.settings", workers=1) as server:
        wire = Wire(server.port)
        wire.log_in(DANA, DEMO_PASSWORD)
        page = wire.written("GET", "/my-details/")
        sides = {code: Side(code, cycle([page]), a_round=30) for code in (ENGLISH, CODE)}
        for code, side in sides.items():
            _speak(code, wire, server)
            side.go(wire, server)
            side.forget()
        for turn in range(rounds):
            for code in (ENGLISH, CODE)[:: 1 if turn % 2 else -1]:
                _speak(code, wire, server)
                sides[code].go(wire, server)
    english, marked = sides.values()
    return {
        "bench": "My Details, translated",
        "of_english": round(marked.ms / english.ms, 3),
        "of_english_by_cpu": round(marked.cpu_ms / english.cpu_ms, 3),
        "ms": {side.name: round(side.ms, 2) for side in sides.values()},
        "cpu_ms": {side.name: round(side.cpu_ms, 2) for side in sides.values()},
        "on": WHERE,
    }


def _speak(code: str, wire: Wire, server: Served) -> None:
    """Choose Dana's language; fails if her page isn't in it."""
    server.run_sql(SPEAK, code, DANA)
    if f'<html lang="{code}"' not in wire.get("/my-details/").text:
        raise RuntimeError(f"My Details isn't in {code}")


if __name__ == "__main__":
    import os

    start()
    figures = measure_languages(Path(os.environ["LETTERHEAD_DATA_DIR"]))
    tell(str(figures.pop("bench")), figures)
