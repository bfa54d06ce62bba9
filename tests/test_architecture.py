"""What import-linter can't see: keys by name, reads in views, and how long things have grown."""

import ast
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import quantiles
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Model

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "letterhead"
MODULES = [path for path in sorted(PACKAGE.rglob("*.py")) if "migrations" not in path.parts]

MOST_IN_A_FOLDER = 16
LONGEST_MODULE, LONGEST_FUNCTION, NINE_IN_TEN_FUNCTIONS = 350, 60, 25


def contracts() -> list[dict[str, Any]]:
    """The import contracts, as pyproject.toml states them."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text())
    found: list[dict[str, Any]] = config["tool"]["importlinter"]["contracts"]
    return found


def levels() -> dict[str, int]:
    """Give each room's height, from the import contract itself; the lowest is 0."""
    lines = enumerate(reversed(contracts()[0]["layers"]))
    return {room.strip(): height for height, line in lines for room in line.split("|")}


def layered() -> set[str]:
    """Every module and package that a contract of layers gives its place."""
    return {
        f"{container}.{name.strip(' ()')}"
        for contract in contracts()
        if contract["type"] == "layers" and contract.get("exhaustive")
        for container in contract["containers"]
        for line in contract["layers"]
        for name in re.split("[|:]", line)
    }


def our_models() -> Iterator[type[Model]]:
    yield from (model for model in apps.get_models() if _room(model) in levels())


def _room(model: type[Model]) -> str:
    return model._meta.app_config.name.removeprefix("letterhead.")


def _name(module: Path) -> str:
    return str(module.relative_to(ROOT))


def functions() -> Iterator[tuple[str, int]]:
    """Give every function with its lines, from `def` to the last one."""
    for module in MODULES:
        for node in ast.walk(ast.parse(module.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{_name(module)}:{node.lineno} {node.name}", _length(node)


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_every_room_has_its_place_in_the_contract() -> None:
    rooms = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").is_file()}
    modules = {path.stem for path in PACKAGE.glob("[!_]*.py")}  # too small for a room

    assert rooms | modules == set(levels())


def test_every_module_stands_in_a_layer(record_property: Callable[[str, object], None]) -> None:
    names = [str(path.relative_to(ROOT).with_suffix("")).replace("/", ".") for path in MODULES]
    asked = [name for name in names if not name.endswith(("__init__", "__main__"))]
    places = layered()

    assert [name for name in asked if not _has_place(name, places)] == []
    record_property("told", f"import contracts: all of {len(asked)} modules stand in a layer")


def _has_place(module: str, places: set[str]) -> bool:
    """Whether a module, and every folder on the way to it, stands in a layer."""
    root, *parts = module.split(".")
    if "templatetags" in parts:  # whose modules only templates know
        parts = parts[: parts.index("templatetags") + 1]
    return all(".".join([root, *parts[: depth + 1]]) in places for depth in range(len(parts)))


def test_sections_of_a_room_are_reached_through_its_door() -> None:
    protected = {
        name
        for contract in contracts()
        if contract["type"] == "protected"
        for name in contract["protected_modules"]
    }
    aside = {"migrations", "templatetags"}
    rooms = {
        path.parent.parent.name
        for path in PACKAGE.glob("*/*/__init__.py")
        if path.parent.name not in aside
    } - {"ui"}  # whose forms are for everyone

    assert {f"letterhead.{room}.*.*" for room in rooms} <= protected


def test_foreign_keys_point_level_or_down() -> None:
    height = levels()
    keys = [
        (model, field.name, field.related_model)
        for model in our_models()
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model
    ]

    assert len(keys) > 30
    assert [
        f"{model.__name__}.{name} points up to {other.__name__}"
        for model, name, other in keys
        if height.get(_room(other), -1) > height[_room(model)]
    ] == []


def test_models_are_found_by_import_and_not_by_name() -> None:
    asking = [
        _name(module) for module in MODULES if re.search(r"\bget_model\(", module.read_text())
    ]

    assert asking == []


@pytest.mark.parametrize("views", [m for m in MODULES if m.stem.endswith("views")], ids=_name)
def test_views_read_through_queries_and_leave_transactions_to_actions(views: Path) -> None:
    text = views.read_text()

    assert not re.search(r"\.(_default_manager|objects)\b", text)
    assert "transaction" not in text


def test_functions_stay_short() -> None:
    lengths = dict(functions())

    assert {name: n for name, n in lengths.items() if n > LONGEST_FUNCTION} == {}
    assert quantiles(lengths.values(), n=10)[-1] <= NINE_IN_TEN_FUNCTIONS


def test_folders_stay_small() -> None:
    folders = Counter(module.parent for module in MODULES if module.stem != "__init__")

    assert {_name(place): n for place, n in folders.items() if n > MOST_IN_A_FOLDER} == {}


def test_modules_stay_short() -> None:
    lines = {
        _name(module): sum(bool(line.strip()) for line in module.read_text().splitlines())
        for module in MODULES
    }

    assert {name: n for name, n in lines.items() if n > LONGEST_MODULE} == {}


def test_every_module_says_what_it_is() -> None:
    silent = [
        _name(module)
        for module in MODULES
        if module.stat().st_size and ast.get_docstring(ast.parse(module.read_text())) is None
    ]

    assert silent == []


def test_no_module_is_named_after_nothing() -> None:
    nameless = {"base", "common", "helpers", "managers", "services", "utils"}

    assert [_name(module) for module in MODULES if module.stem in nameless] == []


def test_decision_records_have_numbers_of_their_own() -> None:
    numbers = [path.name.split("-")[0] for path in sorted((ROOT / "docs" / "adr").glob("*.md"))]

    assert numbers == [f"{number:04d}" for number in range(1, len(numbers) + 1)]
