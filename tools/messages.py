"""The message catalog: every text that a person reads, as translators get it.

`python -m tools.messages` writes it anew from templates and code; `--check` says whether it is
stale. It holds no line numbers, so that it changes only when texts do.
"""

import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import write_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "letterhead"
CATALOG = PACKAGE / "locale" / "django.pot"
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
STALE = "The message catalog is stale: run `make format` and commit {path}."


def main(arguments: list[str]) -> int:
    """Write the catalog, or with --check give 1 where it is stale."""
    written = catalog_text()
    if arguments != ["--check"]:
        CATALOG.parent.mkdir(exist_ok=True)
        CATALOG.write_text(written, encoding="utf-8")
        return 0
    kept = CATALOG.read_text(encoding="utf-8") if CATALOG.is_file() else ""
    if written == kept:
        return 0
    print(STALE.format(path=CATALOG.relative_to(ROOT)))
    return 1


def catalog_text() -> str:
    """The catalog as a .pot file, in the order of the texts."""
    written = io.BytesIO()
    write_po(
        written, catalog(), width=100, omit_header=True, sort_output=True, include_lineno=False
    )
    return written.getvalue().decode()


def catalog() -> Catalog:
    """Every text marked for translation, with the files that hold it."""
    found = Catalog(charset="utf-8")
    for path in sources():
        name = path.relative_to(ROOT).as_posix()
        for line, message, comments, context in _messages(path):
            found.add(message, None, [(name, line)], auto_comments=comments, context=context)
    return found


def sources() -> list[Path]:
    """Files that may hold texts: code and templates, without migrations."""
    patterns = ("*.py", "templates/**/*.html", "templates/**/*.txt")
    found = {path for pattern in patterns for path in PACKAGE.rglob(pattern)}
    return sorted(path for path in found if "migrations" not in path.parts)


def _messages(path: Path) -> Iterator[Any]:
    code = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        code = _as_code(code)
    file = io.BytesIO(code.encode())
    yield from extract("python", file, KEYWORDS, ["Translators:"], {"encoding": "utf-8"})


def _as_code(template: str) -> str:
    """Write a template as Python that calls gettext, as Django does it for xgettext."""
    from django.utils.translation.template import templatize

    return "\n".join(line.strip() for line in templatize(template).splitlines())


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    sys.exit(main(sys.argv[1:]))
