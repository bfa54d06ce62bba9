"""What `make audit` makes of pip-audit's answers: it never claims what it doesn't know."""

import json

import pytest

from tools.audit import verdict

SOUND: dict[str, object] = {"name": "django", "version": "5.2.19", "vulns": []}
WEAK: dict[str, object] = {
    "name": "pillow",
    "version": "1.0",
    "vulns": [{"id": "PYSEC-2026-1", "fix_versions": ["1.1"]}, {"id": "PYSEC-2026-2"}],
}
UNKNOWN: dict[str, object] = {"name": "granian", "skip_reason": "Dependency not found on PyPI"}


def told(*packages: dict[str, object], why: str = "") -> tuple[list[str], int]:
    return verdict("requirements.lock", json.dumps({"dependencies": packages}), why)


def test_nothing_known_is_fine() -> None:
    assert told(SOUND) == (["requirements.lock: 0 known weaknesses in 1 packages"], 0)


def test_a_known_weakness_fails_and_is_named_with_its_cure() -> None:
    lines, code = told(SOUND, WEAK, UNKNOWN)

    assert code == 1
    assert lines == [
        "requirements.lock: pillow 1.0: PYSEC-2026-1, fixed in 1.1",
        "requirements.lock: pillow 1.0: PYSEC-2026-2, fixed in no version yet",
        "requirements.lock: 2 known weaknesses in 2 packages; 1 could not be looked up",
    ]


def test_a_source_that_knows_none_of_our_packages_has_audited_nothing() -> None:
    lines, code = told(UNKNOWN, UNKNOWN)

    assert code == 0
    assert "NOT AUDITED" in lines[0]


@pytest.mark.parametrize("answer", ["", "no JSON", "[]", "{}"])
def test_a_source_that_does_not_answer_is_said_plainly(answer: str) -> None:
    lines, code = verdict("requirements.lock", answer, "trace\nConnectionError: no route\n\n")

    assert code == 0
    assert lines == [
        "requirements.lock: NOT AUDITED, pip-audit or its source can't be reached: "
        "ConnectionError: no route"
    ]
