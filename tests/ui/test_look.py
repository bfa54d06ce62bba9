"""The sheet's promises that can be computed: contrast, one place for colors, files unchanged."""

import hashlib
import re
import tomllib
from itertools import product
from pathlib import Path

import pytest

import letterhead.ui

STATIC = Path(letterhead.ui.__file__).parent / "static" / "ui"
SHEET = (STATIC / "app.css").read_text()
VENDORS = [path.parent for path in sorted(STATIC.parents[2].rglob("static/**/VENDOR.toml"))]
VENDORED = [
    (vendor, entry)
    for vendor in VENDORS
    for entry in tomllib.loads((vendor / "VENDOR.toml").read_text())["file"]
]


def tokens_of(theme: str) -> dict[str, str]:
    """The colors of a theme by name; dark ones override light ones, as in the sheet."""
    light, dark = re.findall(r":root \{(.*?)\n *\}", SHEET, re.DOTALL)[:2]
    read = lambda block: dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block))  # noqa: E731
    return read(light) | (read(dark) if theme == "dark" else {})


def luminance(color: str) -> float:
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


TEXT = [
    *product(["ink", "quiet", "accent", "bad"], ["paper", "sheet", "sunk"]),
    *product(["accent-strong"], ["paper", "sheet", "sunk", "accent-wash"]),
    ("accent-ink", "accent"),
    ("accent-ink", "accent-strong"),
    ("accent", "accent-wash"),
    ("ink", "accent-wash"),
    ("warn", "warn-wash"),
    ("bad", "bad-wash"),
    ("paper", "ink"),
    ("sheet", "bad"),
    *product(["print-ink", "print-quiet", "print-accent"], ["print-paper"]),
    ("print-ink", "print-mark"),
    ("portrait-ink", "portrait-from"),
    ("portrait-ink", "portrait-to"),
]
BORDERS = [
    *product(["line-strong", "focus", "bad", "accent"], ["paper", "sheet", "sunk"]),
]


def test_the_measure_is_right() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#ffffff", "#767676") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text_can_be_read(theme: str, text: str, ground: str) -> None:
    colors = tokens_of(theme)

    assert contrast(colors[text], colors[ground]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("border", "ground"), BORDERS)
def test_borders_of_controls_can_be_seen(theme: str, border: str, ground: str) -> None:
    colors = tokens_of(theme)

    assert contrast(colors[border], colors[ground]) >= 3


def test_every_color_that_changes_has_its_dark_twin() -> None:
    light, dark = tokens_of("light"), tokens_of("dark")
    alike = {name for name in light if light[name] == dark[name]}

    assert all(name.startswith(("print-", "portrait-")) for name in alike)


def test_only_tokens_name_a_color() -> None:
    rules = "\n".join(line for line in SHEET.splitlines() if not line.strip().startswith("--"))

    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(|oklch\(", rules)


@pytest.mark.parametrize(("vendor", "entry"), VENDORED, ids=[e["name"] for _, e in VENDORED])
def test_vendored_files_are_as_they_were_packed(vendor: Path, entry: dict[str, str]) -> None:
    assert hashlib.sha256((vendor / entry["name"]).read_bytes()).hexdigest() == entry["sha256"]
    assert (vendor / entry["licence_file"]).read_text().strip()
    assert entry["npm"] and re.fullmatch(r"[0-9.]+", entry["version"])


@pytest.mark.parametrize("vendor", VENDORS, ids=lambda vendor: vendor.parent.name)
def test_nothing_is_vendored_without_a_line(vendor: Path) -> None:
    entries = [entry for place, entry in VENDORED if place == vendor]
    told = {entry["name"] for entry in entries} | {entry["licence_file"] for entry in entries}

    present = {path.name for path in vendor.iterdir()}
    assert present - {"lucide.LICENSE"} == told | {"VENDOR.toml"}


def test_fonts_show_text_before_they_arrive() -> None:
    faces = re.findall(r"@font-face \{(.*?)\}", SHEET)

    assert len(faces) == 4
    assert all("font-display: swap" in face for face in faces)
    files = re.findall(r"url\((.*?)\)", "".join(faces))
    assert len(files) == 4
    assert all((STATIC / name).is_file() for name in files)


def test_the_script_stays_small() -> None:
    lines = (STATIC / "ui.js").read_text().splitlines()

    assert sum(bool(line.strip()) for line in lines) < 100
