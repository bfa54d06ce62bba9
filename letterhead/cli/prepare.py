"""What must be true before the web is served: the database's version, and static files."""

from importlib import import_module
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection

from letterhead.activity.freezing import missing_triggers
from letterhead.cli.database import (
    bring_to_this_version,
    is_embedded,
    missing_migrations,
    require_this_version,
)
from letterhead.encryption.keys import require_keys


def prepare() -> None:
    """Make the embedded database and the static files ready; refuse where another one is not."""
    require_keys()
    settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
    if not is_embedded():
        require_this_version()
    elif missing_migrations() or missing_triggers(connection):
        bring_to_this_version()
    collect_static_files(Path(settings.STATIC_ROOT))
    import_module("letterhead.config.wsgi")  # what fails to load fails here, once


def collect_static_files(into: Path) -> None:
    """Collect, hash and compress the static files, unless none changed since the last time."""
    seen = into / ".collected"
    now = _fingerprint()
    if seen.is_file() and seen.read_text() == now:
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    seen.write_text(now)


def _fingerprint() -> str:
    found = []
    for finder in get_finders():
        for name, storage in finder.list([]):
            status = Path(storage.path(name)).stat()
            found.append(f"{name} {status.st_size} {status.st_mtime_ns}")
    return "\n".join(sorted(found))
