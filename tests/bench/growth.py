"""`make bench GROWTH=1`: pages of a practice with 100,000 clients, and the demo's beside them.

On PostgreSQL then pages of scheduling where 1,000 other practices have five million appointments.

Each figure is CPU time, which a busy machine changes little: of the process that answers and, on
PostgreSQL, of the server's process that works for it. It is the least of many requests, demo and
grown practice taking turns. For what costs more than 1.3 times the demo's, the plan of its longest
statement is told too.
"""

import html
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests import postgres, served
from tests.bench.production import start, tell

AT_MOST, AT_MOST_OF_MANY, ROUNDS = 1.3, 1.2, 3
DANA, SAM = "dana@riverside.example", "sam@riverside.example"
# Who opens what; ">" follows the link of that name on the page, as a person would.
PAGES = [
    *((DANA, f"/clients/{rest}") for rest in (
        "", ">Next", ">Last", ">Last>Previous", "?q=hartwell", "?q=a", "?q=client", "?q=a>Next",
        "?q=alma+hartwell", "?q=zzzz", "add/", "1/", "1/edit/", "1/visits/add/", "1/policies/add/",
        "policies/1/edit/",
    )),
    *((SAM, f"/clients/{rest}") for rest in ("", ">Last", "?q=b", "?q=zzzz")),
    *((DANA, f"/billing/{rest}") for rest in (
        "", ">Older", ">Next", "?page=50", "?q=hartwell", "?q=a", "?q=zzzz", "?state=draft",
        "?sort=total", "?sort=client", "bills/3/", "visits/1/edit/",
    )),
    (SAM, "/billing/"),
    *((DANA, f"/users/{rest}") for rest in ("", "2/", "2/end/")),
    *((DANA, f"/activity/{rest}") for rest in (
        "", ">Older", "?kind=change", "?person=1", "?person=1&kind=export",
        "?first=2020-01-01&last=2030-01-01", "?last=2020-01-01",
    )),
    *((DANA, path) for path in (
        "/my-details/", "/my-details/notifications/", "/my-details/sessions/",
        "/account-settings/", "/account-settings/payers/add/",
    )),
]  # fmt: skip

# The same on PostgreSQL, beside 1,000 other practices with two years of appointments.
SCHEDULING = [
    *((DANA, f"/calendar/{rest}") for rest in (
        "?view=agenda", "?view=day", "?view=week", "availability/", "appointments/add/",
    )),
    *((DANA, f"/book/riverside/{rest}") for rest in ("", "dana-rivera/")),
    (DANA, "/clients/1/"),
]  # fmt: skip


class Side:
    """One of the two practices, with a process that measures its pages."""

    def __init__(self, database_url: str, data_dir: Path) -> None:
        env = _environment(database_url, data_dir)
        command = [sys.executable, "-m", "tests.bench.growth", "measure"]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=env)
        self.answers()

    def ask(self, *words: str) -> Any:
        """Send one line, and read the answer."""
        assert self.process.stdin
        self.process.stdin.write("\t".join(words) + "\n")
        self.process.stdin.flush()
        return self.answers()

    def answers(self) -> Any:
        """Read one line."""
        assert self.process.stdout
        return json.loads(self.process.stdout.readline())

    def found(self, who: str, path: str) -> str | None:
        """Give a page's address, having followed its links; None where there is none so far."""
        address, *links = path.split(">")
        for link in links:
            page = self.ask("read", who, address)["page"]
            there = re.search(rf'<a [^>]*href="([^"]*)"[^>]*>\s*{link}\s*</a>', page)
            if there is None:
                return None
            address = address.partition("?")[0] + html.unescape(there[1])
        return address

    def end(self) -> None:
        """Let the process end."""
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait(30)


def main() -> None:
    """Be the process that was asked for, else measure on each database that is at hand."""
    if part := sys.argv[1:]:
        start()
        if part == ["fill"]:
            from tests.bench.growth_fill import main as go
        elif part == ["fill practices"]:
            from tests.bench.growth_practices import main as go
        else:
            from tests.bench.growth_side import main as go
        go()
        return
    with tempfile.TemporaryDirectory(prefix="letterhead-growth-") as place:
        _measure(Path(place), None)
        if postgres.programs() is None:
            tell("growth", {"left out": "PostgreSQL is not at hand: sudo apt install postgresql"})
            return
        with postgres.running() as url:
            _measure(Path(place), url)
            _measure(Path(place), url, "fill practices", SCHEDULING, AT_MOST_OF_MANY)


def _measure(
    place: Path,
    server_url: str | None,
    how: str = "fill",
    pages: list[tuple[str, str]] = PAGES,
    at_most: float = AT_MOST,
) -> None:
    demo = served.template(place, server_url)
    with _grown(demo, place, how) as (url, data_dir):
        sides = [Side(demo.database_url, demo.data_dir), Side(url, data_dir)]
        for who, path in pages:
            _compare(url.partition(":")[0], sides, who, path, at_most)
        for side in sides:
            side.end()


@contextmanager
def _grown(demo: served.Template, place: Path, how: str) -> Iterator[tuple[str, Path]]:
    """Give a copy of the demo, filled."""
    data_dir = place / f"grown-{demo.data_dir.name}"
    shutil.copytree(demo.data_dir, data_dir)
    url = served.sqlite_url(data_dir)
    if demo.database_url.startswith("postgres"):
        url = postgres.copy_database(demo.database_url, f"grown by {how}")
    command = [sys.executable, "-m", "tests.bench.growth", how]
    subprocess.run(command, check=True, env=_environment(url, data_dir))
    yield url, data_dir
    shutil.rmtree(data_dir)


def _environment(database_url: str, data_dir: Path) -> dict[str, str]:
    return served.environment(database_url, data_dir, DJANGO_SETTINGS_MODULE="tests.bench.settings")


def _compare(database: str, sides: list[Side], who: str, path: str, at_most: float) -> None:
    """Measure one page of both; one that only the grown practice has stands beside the first."""
    here = sides[1].found(who, path)
    there = sides[0].found(who, path) or path.partition(">")[0]
    if here is None:
        return
    turns = [[side.ask("measure", who, to) for side, to in zip(sides, (there, here), strict=True)]
             for _ in range(ROUNDS)]  # fmt: skip
    demo, grown = (min(turn[side]["ms"] for turn in turns) for side in (0, 1))
    wrong = {answer["status"] for turn in turns for answer in turn} - {200}
    told = {
        "database": database,
        "who": who.partition("@")[0],
        "demo_ms": round(demo, 2),
        "grown_ms": round(grown, 2),
        "ratio": round(grown / demo, 2),
        "rows": [answer["rows"] for answer in turns[0]],
        **({"status": sorted(wrong)} if wrong else {}),
    }
    if grown > at_most * demo:
        told["over"] = sides[1].ask("plan", who, here)
    tell(f"growth: {path}", told)


if __name__ == "__main__":
    main()
