"""What must be true before the web is served; `serve` runs it as a process of its own.

The process that watches over the web's workers then never loads Django: 40 MB less, always.
Prints one JSON object for `serve`.
"""

import json
import sys
from importlib import import_module
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from letterhead.cli.database import (
    bring_to_this_version,
    is_embedded,
    require_this_version,
    start_django,
)
from letterhead.cli.refusals import in_one_line, is_refusal


def prepare() -> dict[str, object]:
    """Make database and static files ready; give what `serve` must know."""
    start_django()
    if is_embedded():
        bring_to_this_version()
    else:
        settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
        require_this_version()
    collect_static_files(Path(settings.STATIC_ROOT))
    for module in ("letterhead.config.wsgi", settings.ROOT_URLCONF):
        import_module(module)  # an import that fails should fail here, once, and not in a worker
    return {"embedded": is_embedded(), "url": settings.BASE_URL}


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


def main() -> int:
    """Prepare and print; a refusal is one line on stderr and exit code 1."""
    try:
        print(json.dumps(prepare()))
    except Exception as refusal:
        if not is_refusal(refusal):
            raise
        print(in_one_line(refusal), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
