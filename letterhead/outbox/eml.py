"""Emails as files: one `.eml` each, if no mail server is set."""

import datetime as dt
import os
import uuid
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class EmailBackend(BaseEmailBackend):
    """Saves every email as a file that only its owner can read; file names sort by time."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write each email, completely or not at all; return how many."""
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(parents=True, exist_ok=True)
        for mail in email_messages:
            _save(mail.message().as_bytes().replace(b"\n", b"\r\n"), folder)
        return len(email_messages)


def _save(text: bytes, folder: Path) -> None:
    name = f"{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%S.%fZ}-{uuid.uuid4().hex[:8]}"
    partial = folder / f".{name}"
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    partial.rename(folder / f"{name}.eml")
