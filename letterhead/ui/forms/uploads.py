"""Files on their way in: what no form takes doesn't fill the disk either."""

from typing import Any

from django.core.files.uploadhandler import TemporaryFileUploadHandler

MOST_KEPT = 21_000_000  # more than any form takes


class BoundedTemporaryFile(TemporaryFileUploadHandler):
    """Keep the beginning of a file that is too large, and its true size: the form refuses it.

    The whole of it is still read, so that its sender gets an answer and no broken connection.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin another file."""
        super().new_file(*args, **kwargs)
        self.kept = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a piece, or let it go."""
        room = MOST_KEPT - self.kept
        if room > 0:
            super().receive_data_chunk(raw_data[:room], start)
            self.kept += len(raw_data)
