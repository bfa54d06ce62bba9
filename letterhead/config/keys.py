"""Secrets that the installation makes for itself, once, where the environment gives none."""

import os
from collections.abc import Callable
from pathlib import Path


def read_or_make(path: Path, make: Callable[[], str]) -> str:
    """Give the secret kept at `path`; the first caller makes it, readable by its owner alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        kept = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(kept, "w") as file:
        secret = make()
        file.write(secret)
    return secret
