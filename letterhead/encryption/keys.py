"""The keys that secrets are encrypted with, newest first, and how processes learn of new ones.

Keys given by the environment stay as they were when the process started. Keys kept in the data
directory are read anew whenever their file was replaced: `letterhead rotate-keys` puts a new one in
front while web and workers run, and what any of them writes from then on all others can read.
"""

import fcntl
import os
from functools import cache
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

_read: dict[str, tuple[tuple[int, int], tuple[str, ...]]] = {}


class KeysAreGiven(Exception):
    """The environment gives the keys: whoever wrote them there adds the new one."""


def present_keys() -> tuple[str, ...]:
    """Give the keys as of now, newest first."""
    file: Path | None = settings.ENCRYPTION_KEYS_FILE
    if file is None:
        return tuple(split_keys(",".join(settings.ENCRYPTION_KEYS)))
    status = file.stat()
    stamp = status.st_ino, status.st_mtime_ns
    kept = _read.get(str(file))
    if kept is None or kept[0] != stamp:
        kept = _read[str(file)] = stamp, tuple(split_keys(file.read_text()))
    return kept[1]


def split_keys(text: str) -> list[str]:
    """Give the keys of a comma-separated list."""
    return [key.strip() for key in text.split(",") if key.strip()]


def require_keys() -> None:
    """Raise ImproperlyConfigured, in one line, unless there is at least one key and all are."""
    _ring(present_keys())


def encrypt(text: str) -> str:
    """Encrypt with the newest key."""
    return _ring(present_keys()).encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    """Decrypt with whichever key fits. Raises cryptography's InvalidToken where none does."""
    return _ring(present_keys()).decrypt(token).decode()


def is_newest(token: str) -> bool:
    """Say whether something was encrypted with the newest key."""
    try:
        _ring(present_keys()[:1]).decrypt(token)
    except InvalidToken:
        return False
    return True


def add_newest_key() -> int:
    """Put a new key in front of those in the data directory; give how many there are then.

    The old ones stay: a backup of the database needs them. Raises KeysAreGiven where the
    environment gives the keys.
    """
    file: Path | None = settings.ENCRYPTION_KEYS_FILE
    if file is None:
        raise KeysAreGiven
    with file.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        keys = [Fernet.generate_key().decode(), *split_keys(file.read_text())]
        _replace(file, ",".join(keys))
    return len(keys)


def _replace(file: Path, text: str) -> None:
    """Replace a file at once: nobody reads half of it, and a crash leaves the old one or this."""
    new = file.with_suffix(".new")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    new.replace(file)
    directory = os.open(file.parent, os.O_RDONLY)
    os.fsync(directory)
    os.close(directory)


@cache
def _ring(keys: tuple[str, ...]) -> MultiFernet:
    try:
        return MultiFernet([Fernet(key) for key in keys])
    except ValueError as wrong:
        where = settings.ENCRYPTION_KEYS_FILE or "LETTERHEAD_ENCRYPTION_KEYS"
        raise ImproperlyConfigured(
            f"{where} must hold keys, with commas between, and holds something else: "
            "docs/key-rotation.md says how one is made"
        ) from wrong
