"""Files kept under the SHA-256 of what they hold: logos, and whatever else is made once and kept.

A file with that name either is whole or isn't there: it is written beside, brought to the disk and
renamed. The same content is kept once, and what doesn't match its name any more counts as lost.
"""

import hashlib
import os
import re
import secrets
from pathlib import Path

from django.conf import settings

_NAME = re.compile(r"[0-9a-f]{64}")


def keep_file(data: bytes) -> str:
    """Keep some content and give its SHA-256 (64 hexadecimal digits), by which it is read."""
    sha256 = hashlib.sha256(data).hexdigest()
    place = _place(sha256)
    if read_file(sha256) is None:
        place.parent.mkdir(parents=True, exist_ok=True)
        _write_whole(place, data)
    return sha256


def read_file(sha256: str) -> bytes | None:
    """Give what was kept under this SHA-256; None where it is lost, changed or was never kept."""
    if not _NAME.fullmatch(sha256):
        return None
    try:
        data = _place(sha256).read_bytes()
    except FileNotFoundError:
        return None
    return data if hashlib.sha256(data).hexdigest() == sha256 else None


def drop_file(sha256: str) -> None:
    """Drop what was kept under this SHA-256, if it is there."""
    if _NAME.fullmatch(sha256):
        _place(sha256).unlink(missing_ok=True)


def _place(sha256: str) -> Path:
    return Path(settings.MEDIA_ROOT) / sha256[:2] / sha256


def _write_whole(place: Path, data: bytes) -> None:
    beside = place.with_name(f".{place.name}.{secrets.token_hex(4)}")
    try:
        with beside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(place)
    finally:
        beside.unlink(missing_ok=True)
    _bring_to_disk(place.parent)


def _bring_to_disk(folder: Path) -> None:
    """The rename itself survives a power cut only once its folder was written."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
