"""All tests: in process on SQLite, the same on PostgreSQL, then journeys in a real browser.

What the tests need from the system is installed first, or named in one line.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from types import FrameType

from tools.system import install

PYTEST = [sys.executable, "-m", "pytest", "-q", "-n", os.environ.get("TEST_PROCESSES", "2")]
IN_PROCESS = ["-m", "not browser and not bench"]
ON_POSTGRESQL = ["-m", "not browser and not bench and not embedded"]
IN_BROWSER = ["-m", "browser", "tests/journeys"]


def main() -> int:
    """Run the three rounds, each to its end; give 1 if a test failed in any."""
    signal.signal(signal.SIGTERM, _end)
    require_programs()
    from tests import postgres

    with tempfile.TemporaryDirectory(prefix="letterhead-tests-") as place:
        with postgres.running() as url:
            named = {"LETTERHEAD_TEST_DIR": place, "LETTERHEAD_TEST_POSTGRES": url}
            rounds = [
                ("on SQLite", IN_PROCESS, named),
                ("on PostgreSQL", ON_POSTGRESQL, {**named, "DATABASE_URL": url}),
                ("in the browser", IN_BROWSER, named),
            ]
            green = [run(*this) for this in rounds]
    return 0 if all(green) else 1


def require_programs() -> None:
    """Install Chromium and PostgreSQL where they are missing and we may; else name them."""
    from tests import browser, postgres

    missing = [] if postgres.programs() else ["postgresql"]
    missing += [] if browser.chromium() else ["chromium"]
    if missing:
        install(*missing, because="The tests need them")


def run(name: str, arguments: list[str], named: dict[str, str]) -> bool:
    """Run one round of tests; say whether it is green."""
    print(f"== {name} ==", flush=True)
    started = time.monotonic()
    inherited = {key: text for key, text in os.environ.items() if key != "DATABASE_URL"}
    done = subprocess.run([*PYTEST, *arguments], check=False, env={**inherited, **named})
    print(f"== {name}: {time.monotonic() - started:.0f} s ==", flush=True)
    return done.returncode == 0


def _end(signal_number: int, _: FrameType | None) -> None:
    sys.exit(128 + signal_number)


if __name__ == "__main__":
    sys.exit(main())
