"""The list of ICD-10-CM codes: as its tool writes it, and what is found in it."""

import subprocess
import sys
from pathlib import Path

import pytest

from letterhead.codes import icd_10_cm
from letterhead.codes.icd_10_cm import FIRST, LAST, SHAPE, example_of, standing_of

LIST = Path(icd_10_cm.__file__).with_suffix(".txt")


def lines() -> list[str]:
    return [line for line in LIST.read_text("ascii").splitlines() if not line.startswith("#")]


def test_the_list_is_as_the_tool_writes_it() -> None:
    """In a process of its own: the package takes 190 MB."""
    program = "import sys; from tools.icd_10_cm import text; sys.stdout.write(text())"

    written = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)

    assert written.stdout.decode() == LIST.read_text("ascii")


def test_the_list_says_of_which_days_it_is() -> None:
    head = LIST.read_text("ascii").split("\nA00")[0]

    assert f"Release of {FIRST}, in force until {LAST}" in head
    assert "CDC/NCHS" in head


def test_it_has_all_codes_that_can_be_billed() -> None:
    """74,719: what CMS counted for fiscal year 2026."""
    assert sum(max(1, len(line.split()) - 1) for line in lines()) == 74_719


def test_every_category_is_found_with_its_first_and_its_last_code() -> None:
    for line in lines():
        category, *rest = line.split()
        for code in (category + "".join(rest[:1]), category + "".join(rest[-1:])):
            assert standing_of(code) == "billable"
            assert SHAPE.fullmatch(code)
        if rest:
            assert standing_of(category) == "category"
            assert example_of(category) == f"{category}.{rest[0]}"


@pytest.mark.parametrize(
    "code", ["", "E", "E1", "E117", "E1190", "I100", "ZZ9", "É11", "\nA0", "# I"]
)
def test_what_is_no_code_is_unknown(code: str) -> None:
    assert standing_of(code) == "unknown"


def test_web_processes_never_load_the_package() -> None:
    program = (
        "import sys\nfrom letterhead.claims.rules.coding import RULES_OF_CODING\n"
        "from letterhead.codes.icd_10_cm import standing_of\nstanding_of('E11')\n"
        "assert 'simple_icd_10_cm' not in sys.modules"
    )

    subprocess.run([sys.executable, "-c", program], check=True)
