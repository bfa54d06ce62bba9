"""A handler for tests of real worker processes; `tests.outbox.process_settings` installs it."""

import os
import signal
from pathlib import Path

from django.apps import AppConfig
from django.conf import settings


def paint(*, number: int, deadly: bool) -> None:
    """Note a job in a file of the data directory; a deadly one first kills its worker, once."""
    killed = Path(settings.DATA_DIR) / f"killed-{number}"
    if deadly and not killed.exists():
        killed.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    with (Path(settings.DATA_DIR) / "painted").open("a") as file:
        file.write(f"{number}\n")


class PaintingConfig(AppConfig):
    """Registers the handler, as rooms do."""

    name = "tests.outbox"
    label = "painting"

    def ready(self) -> None:
        """Register."""
        from letterhead.outbox.handlers import register

        register("paint", paint)
