"""Only the table of countries knows a country by its letters; all else asks a field of its row."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from letterhead.places.countries import COUNTRIES

PACKAGE = Path(__file__).resolve().parent.parent.parent / "letterhead"
# Names and addresses of all countries are data there.
_DATA = ("countries/", "places/")
_OTHERWISE = {"LU"}  # the qualifier of a location's number on claims


def modules() -> list[Path]:
    """Every module that may not know a country, but for migrations, which are history."""
    found = sorted(PACKAGE.rglob("*.py"))
    return [
        path
        for path in found
        if "migrations" not in path.parts and not str(path.relative_to(PACKAGE)).startswith(_DATA)
    ]


def asked_by_name(code: str) -> Iterator[str]:
    """Give each place of a module's code that tells countries apart by their letters."""
    for node in ast.walk(ast.parse(code)):
        if not isinstance(node, ast.expr | ast.pattern):
            continue
        if isinstance(node, ast.Compare):
            asked = any(_is_country(each) or _all(each) for each in [node.left, *node.comparators])
        elif isinstance(node, ast.Dict):
            asked = bool(node.keys) and all(key and _is_country(key) for key in node.keys)
        elif isinstance(node, ast.MatchValue):
            asked = _is_country(node.value)
        else:
            asked = isinstance(node, ast.Set | ast.Call) and _all(node)
        if asked:
            yield f"line {node.lineno}: {ast.unparse(node)}"


def _is_country(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value in COUNTRIES.keys() - _OTHERWISE


def _all(node: ast.AST) -> bool:
    """Whether these are countries' letters: {"US", "CA"}, "US CA".split(), a frozenset of them."""
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        return bool(node.elts) and all(map(_is_country, node.elts))
    if not isinstance(node, ast.Call):
        return False
    if isinstance(node.func, ast.Attribute) and node.func.attr == "split":
        text = node.func.value
        letters = str(text.value).split() if isinstance(text, ast.Constant) else []
        return bool(letters) and all(each in COUNTRIES for each in letters)
    made = isinstance(node.func, ast.Name) and node.func.id in {"frozenset", "set", "tuple"}
    return made and any(map(_all, node.args))


@pytest.mark.parametrize("module", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_other_place_asks_for_a_country_by_its_letters(module: Path) -> None:
    assert list(asked_by_name(module.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "code",
    [
        'practice.country == "US"',
        '"AU" != country',
        'country in {"US", "CA"}',
        'country in ("US",)',
        'rules = {"US": npi_error, "AU": other}',
        'letter = frozenset("US CA".split())',
        'match country:\n    case "NZ":\n        pass',
    ],
)
def test_it_is_noticed_however_it_is_asked(code: str) -> None:
    assert list(asked_by_name(code))


@pytest.mark.parametrize(
    "code",
    ['qualifier == "LU"', 'answer in {"YES", "NO"}', 'def f(country="US"): pass', 'x == "us"'],
)
def test_other_letters_and_defaults_are_left_alone(code: str) -> None:
    assert not list(asked_by_name(code))
