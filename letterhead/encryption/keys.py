"""The keys that secrets are encrypted with, newest first, and how processes get new ones.

Each secret is encrypted together with its place: table, column and row. It is read only there, so
whoever copies it elsewhere by SQL gets nothing shown.

Keys from the environment stay as they were when the process started. Keys in the data directory
are read again when their file is replaced: `letterhead rotate-keys` puts a new one in front while
web and workers run, and from then on each of them can read what the others write.
"""

import fcntl
import os
from functools import cache
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

_read: dict[str, tuple[tuple[int, int], tuple[str, ...]]] = {}


class WrongPlace(InvalidToken):
    """The value was encrypted for another place, or for none."""


class KeysAreGiven(Exception):
    """The keys come from the environment: a new one has to be added there."""


def present_keys() -> tuple[str, ...]:
    """Return the present keys, newest first."""
    file: Path | None = settings.ENCRYPTION_KEYS_FILE
    if file is None:
        return tuple(split_keys(",".join(settings.ENCRYPTION_KEYS)))
    status = file.stat()
    stamp = status.st_ino, status.st_mtime_ns
    cached = _read.get(str(file))
    if cached is None or cached[0] != stamp:
        cached = _read[str(file)] = stamp, tuple(split_keys(file.read_text()))
    return cached[1]


def split_keys(text: str) -> list[str]:
    """Return the keys in a comma-separated list."""
    return [key.strip() for key in text.split(",") if key.strip()]


def require_keys() -> None:
    """Raise ImproperlyConfigured, in one line, if there is no key or one of them isn't valid."""
    _ring(present_keys())


def place(table: str, column: str, row: object) -> str:
    """Return the name of a place that holds one secret."""
    return f"{table}.{column}.{row}"


def encrypt(text: str, *, at: str) -> str:
    """Encrypt with the newest key, for a place: Fernet authenticates its name with the text."""
    return _ring(present_keys()).encrypt(f"{at}\n{text}".encode()).decode()


def decrypt(token: str, *, at: str) -> str:
    """Decrypt what was encrypted for a place.

    Raises cryptography's InvalidToken if no key fits; WrongPlace, which is one, if it was encrypted
    for another place.
    """
    where, _, text = _ring(present_keys()).decrypt(token).decode().partition("\n")
    if where != at:
        raise WrongPlace(at)
    return text


def renew(token: str) -> str:
    """Encrypt with the newest key, for the same place. Raises InvalidToken if no key fits."""
    ring = _ring(present_keys())
    return ring.encrypt(ring.decrypt(token)).decode()


def bind(token: str, *, at: str) -> str:
    """Return what was encrypted before secrets had places, for this place: migrations only.

    Raises InvalidToken if no key fits.
    """
    text = _ring(present_keys()).decrypt(token).decode()
    return token if text.startswith(f"{at}\n") else encrypt(text, at=at)


def is_newest(token: str) -> bool:
    """Whether a token was encrypted with the newest key."""
    try:
        _ring(present_keys()[:1]).decrypt(token)
    except InvalidToken:
        return False
    return True


def add_newest_key() -> int:
    """Put a new key in front of those in the data directory; return how many there are then.

    The old ones stay: backups of the database need them. Raises KeysAreGiven if the keys come from
    the environment.
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
    """Replace a file in one step: no one reads half of it, a crash leaves the old or the new."""
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
            f"{where} must hold keys separated by commas, but holds something else: "
            "docs/key-rotation.md shows how to make one"
        ) from wrong
