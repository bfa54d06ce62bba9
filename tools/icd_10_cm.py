"""The list of billable ICD-10-CM codes: `python -m tools.icd_10_cm` writes it.

From the code list of CDC/NCHS as the package simple-icd-10-cm carries it. The package is read here
only: loaded, it takes a second and hundreds of megabytes.
"""

import re
import sys
from collections import defaultdict
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

LIST = Path(__file__).resolve().parent.parent / "letterhead" / "codes" / "icd_10_cm.txt"
# The package names its release in words only (1.5.0: "April 2026 release"). A release of April 1
# holds until the one of October 1.
RELEASES = {"1.5.0": ("2026-04-01", "2026-09-30")}
_CODE = re.compile(r"[A-Z][0-9A][0-9A-Z]{1,5}")  # neither chapters (21) nor blocks (A00-A09)
_HEAD = """\
# ICD-10-CM: the codes that can be billed, a line for each category: E11 00 01 is E11.00 and E11.01.
# Release of {first}, in force until {last}. Codes of other dates are not known from it.
# Source: CDC/NCHS, https://www.cdc.gov/nchs/icd/icd-10-cm/files.html, in the public domain in the
# United States; ICD-10 is by the WHO. Taken from the package simple-icd-10-cm {version} (MIT).
# Written by `python -m tools.icd_10_cm`.
"""


def main() -> int:
    """Write the list."""
    LIST.write_text(text(), encoding="ascii")
    return 0


def text() -> str:
    """Return the list as the installed package has it."""
    import simple_icd_10_cm as package

    found = version("simple-icd-10-cm")
    first, last = RELEASES[found]
    listed = filter(_CODE.fullmatch, package.get_all_codes(with_dots=False))
    head = _HEAD.format(first=first, last=last, version=found)
    return head + lines_of({code for code in listed if package.is_leaf(code)})


def lines_of(codes: Iterable[str]) -> str:
    """A line for each category: its three characters, then what follows them in each code.

    A category that is a code itself stands alone on its line.
    """
    categories: dict[str, list[str]] = defaultdict(list)
    for code in codes:
        categories[code[:3]].append(code[3:])
    rows = (" ".join([category, *sorted(rest)]).rstrip() for category, rest in categories.items())
    return "".join(f"{row}\n" for row in sorted(rows))


if __name__ == "__main__":
    sys.exit(main())
