"""The message catalog: every text that a person reads, as translators get it.

`python -m tools.messages` writes it anew from templates and code, and compiles each translation;
`--check` says whether one is stale. It holds no line numbers, so that it changes only when texts
do.
"""

import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

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
    """Write the catalog and the compiled translations, or with --check give 1 if one is stale."""
    made = {CATALOG: catalog_text().encode()}
    made |= {path.with_suffix(".mo"): compiled(path) for path in translations()}
    stale = [path for path, data in made.items() if not _holds(path, data)]
    if arguments != ["--check"]:
        for path in stale:
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(made[path])
        return 0
    for path in stale:
        print(STALE.format(path=path.relative_to(ROOT)))
    return 1 if stale else 0


def _holds(path: Path, data: bytes) -> bool:
    return path.is_file() and path.read_bytes() == data


def translations() -> list[Path]:
    """The texts of each language, as its translator wrote them."""
    return sorted(CATALOG.parent.glob("*/LC_MESSAGES/django.po"))


def compiled(path: Path) -> bytes:
    """A language's texts as gettext reads them; the same texts give the same bytes."""
    with path.open("rb") as file:
        texts = read_po(file)
    written = io.BytesIO()
    write_mo(written, texts)
    return written.getvalue()


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
