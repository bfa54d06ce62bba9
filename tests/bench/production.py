"""The product's settings in a measuring process, and how figures are told."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests import served


def start() -> None:
    """Load the product as it is served."""
    from letterhead.cli.database import start_django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.settings")
    start_django()


def tell(what: str, figures: dict[str, Any]) -> None:
    """Print one line of JSON."""
    print(json.dumps({"bench": what, **figures}, ensure_ascii=False), flush=True)


def run(data_dir: Path, *words: str) -> None:
    """Run a Python module on a data directory, in a process of its own."""
    env = served.environment(
        served.sqlite_url(data_dir), data_dir, DJANGO_SETTINGS_MODULE="tests.bench.settings"
    )
    subprocess.run([sys.executable, "-m", *words], check=True, env=env)
