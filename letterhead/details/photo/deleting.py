"""Deleting the files of a photo that was changed or removed.

The original may say where it was taken, so it is deleted too. The worker does this an hour later,
so that pages that are open still find their pictures.
"""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q
from django.utils import timezone

from letterhead.details.models import Photo, Practitioner
from letterhead.files.kept import drop_file, keep_file, read_file
from letterhead.outbox.actions import enqueue
from letterhead.practices.models import Practice

LATER = dt.timedelta(hours=1)


def delete_later(hashes: Iterable[str]) -> None:
    """Enqueue, in the caller's transaction, the deletion of files that no row names by then."""
    if named := sorted(filter(None, hashes)):
        enqueue("forget photo files", due=timezone.now() + LATER, hashes=named)


def delete_photo_files(*, hashes: list[str]) -> None:
    """Delete the files that no row names; one that is named again in that moment is restored."""
    for sha256 in hashes:
        data = None if _is_named(sha256) else read_file(sha256)
        if data is not None:
            drop_file(sha256)
            if _is_named(sha256):
                keep_file(data)


def _is_named(sha256: str) -> bool:
    photo = Q(original_sha256=sha256) | Q(sha256=sha256) | Q(small_sha256=sha256)
    return (
        Photo.objects.filter(photo).exists()
        or Practitioner.objects.filter(signature_sha256=sha256).exists()
        or Practice.objects.filter(logo_sha256=sha256).exists()
    )
