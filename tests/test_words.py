"""Retired words stay out of what people read; `docs/words.md` lists them, with what to say."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
WORDS = ROOT / "docs" / "words.md"
DOCS = [
    path
    for path in (
        *(ROOT / "docs").rglob("*.md"),
        *(ROOT / "letterhead/ui/guide_pages").glob("*.md"),
        *ROOT.glob("*.md"),
    )
    if path.name not in {WORDS.name, "ARCHITECTURE.md"}
]
CODE = re.compile(r"```.*?```|`[^`]*`|\]\([^)]*\)", re.DOTALL)
LABEL = re.compile(r"\*\*[^*]+(?<!\.)\*\*")  # held to the pages by the test of the guide


def retired() -> dict[str, str]:
    """What to say instead, by retired word or phrase in lower case."""
    listed = WORDS.read_text().partition("## Retired words")[2]
    return {old.lower(): new for old, new in re.findall(r"^- (.+?) → (.+)$", listed, re.MULTILINE)}


RETIRED = retired()
LONGEST_FIRST = "|".join(re.escape(old) for old in sorted(RETIRED, key=len, reverse=True))
FIND = re.compile(rf"(?<!\w)(?:{LONGEST_FIRST})(?!\w)", re.IGNORECASE)


def found(texts: Iterator[str]) -> list[str]:
    """Each retired word in these texts, with its replacement and the words around it."""
    plain = (" ".join(text.replace("’", "'").split()) for text in texts)
    return [
        f"{hit[0]} → {RETIRED[hit[0].lower()]}: …{text[max(0, hit.start() - 30) : hit.end() + 30]}…"
        for text in plain
        for hit in FIND.finditer(text)
    ]


def prose_of(markdown: str) -> Iterator[str]:
    yield LABEL.sub(" ", CODE.sub(" ", markdown))


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_every_retired_word_has_a_replacement_and_is_listed_once() -> None:
    bullets = re.findall(r"^- ", WORDS.read_text().partition("## Retired words")[2], re.MULTILINE)

    assert len(RETIRED) == len(bullets) >= 40


def test_a_retired_word_is_found_whole_in_any_case_and_over_line_breaks() -> None:
    texts = ["Mend it.", "Go on\n  without it", "Whomever it amends: recommended"]

    assert [hit.partition(" →")[0] for hit in found(iter(texts))] == ["Mend", "Go on without it"]


@pytest.mark.parametrize("label", ["I have kept them", "Name with credentials", "Discard draft"])
def test_labels_that_people_know_are_not_retired(label: str) -> None:
    assert not found(iter([label]))


@pytest.mark.parametrize("path", DOCS, ids=name)
def test_no_retired_word_in_the_docs(path: Path) -> None:
    assert not found(prose_of(path.read_text()))
