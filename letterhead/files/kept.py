"""Files saved under the SHA-256 of their content: photos, logos, issued bills.

A file with such a name is complete or isn't there: it is written under another name, synced to
disk and renamed. The same content is saved once. A file that no longer matches its name counts as
lost.
"""

import hashlib
import os
import re
import secrets
from pathlib import Path

from django.conf import settings

_NAME = re.compile(r"[0-9a-f]{64}")


def keep_file(data: bytes) -> str:
    """Save content and return its SHA-256 (64 hexadecimal digits), the name to read it by."""
    sha256 = hashlib.sha256(data).hexdigest()
    place = _place(sha256)
    if read_file(sha256) is None:
        place.parent.mkdir(parents=True, exist_ok=True)
        _write_complete(place, data)
    return sha256


def read_file(sha256: str) -> bytes | None:
    """Return the content with this SHA-256; None if it is lost, changed or was never saved."""
    if not _NAME.fullmatch(sha256):
        return None
    try:
        data = _place(sha256).read_bytes()
    except FileNotFoundError:
        return None
    return data if hashlib.sha256(data).hexdigest() == sha256 else None


def drop_file(sha256: str) -> None:
    """Delete the content with this SHA-256, if it is there."""
    if _NAME.fullmatch(sha256):
        _place(sha256).unlink(missing_ok=True)


def _place(sha256: str) -> Path:
    return Path(settings.MEDIA_ROOT) / sha256[:2] / sha256


def _write_complete(place: Path, data: bytes) -> None:
    partial = place.with_name(f".{place.name}.{secrets.token_hex(4)}")
    try:
        with partial.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(place)
    finally:
        partial.unlink(missing_ok=True)
    _sync_folder(place.parent)


def _sync_folder(folder: Path) -> None:
    """Sync the folder too: only then does the rename survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
