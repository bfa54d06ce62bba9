"""Secrets that the installation makes for itself, once, where the environment gives none."""

import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


def read_or_make(path: Path, make: Callable[[], str]) -> str:
    """Give the secret kept at `path`; the first caller makes it, readable by its owner alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        _make(path, make())
    return path.read_text().strip()


def _make(path: Path, secret: str) -> None:
    """Keep a secret whole or not at all: of two processes that start at once one wins."""
    kept, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}")  # its owner's alone
    try:
        with os.fdopen(kept, "w") as file:
            file.write(secret)
            file.flush()
            os.fsync(kept)
        try:
            os.link(name, path)
        except FileExistsError:
            pass
        except OSError:  # a disk that knows no links
            os.replace(name, path)
    finally:
        with suppress(FileNotFoundError):
            os.unlink(name)
