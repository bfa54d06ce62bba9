"""Licences of all that is locked: only those on the list come in."""

import re
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

FREE = re.compile(
    r"\b(MIT|MIT-CMU|BSD|0BSD|Apache|ISC|PSF|Python Software Foundation|Unlicense|Zlib|HPND|MPL)\b",
    re.IGNORECASE,
)
# Used unchanged, as libraries: this much of the LGPL fits an Apache-2.0 product.
LGPL_AS_LIBRARIES = {"pi-heif", "psycopg", "psycopg-binary", "python-stdnum"}
# Their wheels say it in a file only.
READ_BY_HAND = {"axe-playwright-python": "MIT (and axe-core in it: MPL-2.0)"}
STRICTER = re.compile(r"\b(A?GPL|L?GPL|Affero|Lesser|General Public)", re.IGNORECASE)


def main() -> int:
    """Print each locked package whose licence isn't on the list; give 1 if there is one."""
    wrong = []
    for name in locked(Path("requirements-dev.lock")):
        try:
            licence = licence_of(distribution(name))
        except PackageNotFoundError:
            continue  # for another platform
        if not is_welcome(name, licence):
            wrong.append(f"{name}: {licence or 'names no licence'}")
    print("\n".join(wrong))
    return 1 if wrong else 0


def locked(lock: Path) -> list[str]:
    """Give the names in a lock."""
    return re.findall(r"^([a-z0-9._-]+)==", lock.read_text(), re.MULTILINE)


def licence_of(package: Distribution) -> str:
    """Give what a package says about its licence, wherever it says it."""
    told = package.metadata.json
    classifiers = [text for text in told.get("classifier", []) if text.startswith("License")]
    first_line = str(told.get("license", "")).strip().split("\n")[0]
    said = str(told.get("license_expression", "")) or " ".join([*classifiers, first_line]).strip()
    return said or READ_BY_HAND.get(package.name, "")


def is_welcome(name: str, licence: str) -> bool:
    """Say whether a licence may come in; stricter ones only by name."""
    if STRICTER.search(licence):
        return name in LGPL_AS_LIBRARIES
    return bool(FREE.search(licence))


if __name__ == "__main__":
    sys.exit(main())
