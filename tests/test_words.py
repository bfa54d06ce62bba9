"""Retired words stay out of what people read; `docs/words.md` lists them, with what to say."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
WORDS = ROOT / "docs" / "words.md"
DOCS = [
    path
    for folder in ("*.md", "docs/**/*.md", "letterhead/ui/guide_pages/*.md")
    for path in ROOT.glob(folder)
    if path != WORDS
]
TEMPLATES = [
    path for path in ROOT.glob("letterhead/**/templates/**/*") if path.suffix in {".html", ".txt"}
]
MODULES = [path for path in ROOT.glob("letterhead/**/*.py") if path.parent.name != "migrations"]
CODE = re.compile(r"```.*?```|`[^`]*`|\]\([^)]*\)", re.DOTALL)
LABEL = re.compile(r"\*\*[^*]+(?<!\.)\*\*")  # held to the pages by the test of the guide
UNSEEN = re.compile(
    r"\{#.*?#\}|\{% comment.*?endcomment %\}|<!--.*?-->|<(script|style|svg)\b.*?</\1>", re.DOTALL
)
TAG_OF_DJANGO = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
TAG = re.compile(r"<[^>]*>")
QUOTED = re.compile(r'"([^"]*)"')
SPOKEN = re.compile(r'\b(?:aria-label|title|alt|placeholder|content|data-[\w-]+)="([^"]*)"')


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


def texts_of_template(source: str) -> Iterator[str]:
    """What a template shows or has read out, and the sentences in its own tags."""
    shown = UNSEEN.sub(" ", source)
    for tag in TAG_OF_DJANGO.findall(shown):
        yield from (quoted for quoted in QUOTED.findall(tag) if " " in quoted)
    shown = TAG_OF_DJANGO.sub(" ", shown)
    yield from SPOKEN.findall(shown)
    yield TAG.sub(" ", shown)


def texts_of_module(source: str) -> Iterator[str]:
    """Strings with a space in them that are no docstrings: messages, labels, help."""
    tree = ast.parse(source)
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in docstrings:
            if isinstance(node.value, str) and " " in node.value:
                yield node.value


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


def test_texts_of_a_template_are_what_people_read_and_hear() -> None:
    source = """{# mend #}<!-- mend --><p class="no text">Log <b>in</b> {{ user.mend }}</p>
    {% include "a.html" with text="Say it" %}<a aria-label="Edit {{ it|default:"as is" }}">x</a>"""
    texts = [" ".join(text.split()) for text in texts_of_template(source)]

    assert texts == ["Say it", "as is", "Edit", "Log in x"]


def test_texts_of_a_module_are_its_strings_without_docstrings() -> None:
    source = '"""Of the module."""\ndef act(x):\n    "Of it."\n    return f"Enter {x} now", "key"'

    assert list(texts_of_module(source)) == ["Enter ", " now"]


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_no_retired_word_in_a_template(path: Path) -> None:
    assert not found(texts_of_template(path.read_text()))


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_retired_word_in_a_message(path: Path) -> None:
    assert not found(texts_of_module(path.read_text()))
