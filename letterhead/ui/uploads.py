"""Uploads: a file too large for any form doesn't fill the disk either."""

from typing import Any

from django.core.files.uploadhandler import TemporaryFileUploadHandler

MOST_BYTES = 21_000_000  # more than any form accepts


class BoundedTemporaryFile(TemporaryFileUploadHandler):
    """Store the start of a file that is too large, and its real size, so that the form refuses it.

    The rest is still read, so that the sender gets an answer and not a broken connection.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Start another file."""
        super().new_file(*args, **kwargs)
        self.stored = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Store a piece, or drop it."""
        room = MOST_BYTES - self.stored
        if room > 0:
            super().receive_data_chunk(raw_data[:room], start)
            self.stored += len(raw_data)
