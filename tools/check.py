"""All that `make check` looks at; every check runs, and the end says which failed."""

import os
import secrets
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BIN = Path(sys.executable).parent
PYTHON = sys.executable
DJANGO = [PYTHON, "-m", "django"]
TEMPLATES = "letterhead/*/templates/**/*.html"

CHECKS = {
    "format": [str(BIN / "ruff"), "format", "--check", "--quiet", "."],
    "lint": [str(BIN / "ruff"), "check", "--quiet", "."],
    "types": [PYTHON, "-m", "mypy", "--no-error-summary"],
    "imports": [str(BIN / "lint-imports"), "--no-logo"],
    "templates": [PYTHON, "-m", "tools.templates"],
    "messages": [PYTHON, "-m", "tools.messages", "--check"],
    "migrations": [*DJANGO, "makemigrations", "--check", "--dry-run", "--verbosity=1"],
    "deployment": [*DJANGO, "check", "--deploy", "--fail-level=WARNING"],
    "licences": [PYTHON, "-m", "tools.licences"],
}


def main() -> int:
    """Run the checks; print what failed in full and the rest as one line each."""
    failed = []
    with tempfile.TemporaryDirectory() as data:
        for name, command in CHECKS.items():
            started = time.monotonic()
            done = subprocess.run(
                command, check=False, capture_output=True, text=True, env=_environment(data)
            )
            verdict = "ok" if done.returncode == 0 else "FAILED"
            print(f"{name}: {verdict} ({time.monotonic() - started:.1f} s)", flush=True)
            if done.returncode:
                failed.append(name)
                print(done.stdout + done.stderr, flush=True)
    return 1 if failed else 0


def _environment(data: str) -> dict[str, str]:
    """Give a production's environment: https, and a data directory that is thrown away."""
    kept = {name: text for name, text in os.environ.items() if name != "DATABASE_URL"}
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "letterhead.config.settings",
        "LETTERHEAD_BASE_URL": "https://letterhead.example",
        "LETTERHEAD_SECRET_KEY": secrets.token_urlsafe(50),
        "LETTERHEAD_DATA_DIR": data,
        "LETTERHEAD_TEST_DIR": data,
    }


if __name__ == "__main__":
    sys.exit(main())
