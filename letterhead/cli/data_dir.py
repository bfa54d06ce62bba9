"""The data directory: required by most commands, made by those that may begin an installation.

Reading the settings makes nothing, so that no command leaves keys in whatever folder it is run in.
"""

import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from letterhead.cli.refusals import Refused


def require_data_dir() -> None:
    """Raise Refused, in one line, unless there is a data directory with the keys in it."""
    if not settings.DATA_DIR.is_dir():
        raise Refused(
            f"There is no data directory {settings.DATA_DIR}: set LETTERHEAD_DATA_DIR to yours, "
            "or make a new one with `letterhead migrate`."
        )
    for file in (settings.SECRET_KEY_FILE, settings.ENCRYPTION_KEYS_FILE):
        if file and not file.is_file():
            raise Refused(
                f"There is no {file}: put your copy back, or make a new one with "
                "`letterhead migrate`."
            )


def make_data_dir() -> None:
    """Make the directory, and the keys that the environment doesn't give, where they are missing.

    Called before anything asks for `settings.SECRET_KEY`, which it completes.
    """
    from cryptography.fernet import Fernet
    from django.core.management.utils import get_random_secret_key

    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    if settings.SECRET_KEY_FILE:
        settings.SECRET_KEY = read_or_make(settings.SECRET_KEY_FILE, get_random_secret_key)
    if settings.ENCRYPTION_KEYS_FILE:
        read_or_make(settings.ENCRYPTION_KEYS_FILE, lambda: Fernet.generate_key().decode())


def read_or_make(path: Path, make: Callable[[], str]) -> str:
    """Return the secret saved at `path`; the first caller makes it, readable by its owner alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        _make(path, make())
    return path.read_text().strip()


def _make(path: Path, secret: str) -> None:
    """Save a secret whole or not at all: of two processes that start at once one wins."""
    saved, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}")  # its owner's alone
    try:
        with os.fdopen(saved, "w") as file:
            file.write(secret)
            file.flush()
            os.fsync(saved)
        try:
            os.link(name, path)
        except FileExistsError:
            pass
        except OSError:  # a disk that knows no links
            os.replace(name, path)
    finally:
        with suppress(FileNotFoundError):
            os.unlink(name)
