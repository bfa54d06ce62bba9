"""The wheel is whole: built, installed from the lock alone, and run far from this repository."""

import re
import subprocess
import sys
import urllib.request
import zipfile
from email.message import Message
from email.parser import BytesParser
from pathlib import Path
from urllib.parse import urljoin

import pytest

from tests.served import environment, sqlite_url, start, stop

pytestmark = pytest.mark.embedded
ROOT = Path(__file__).resolve().parent.parent
UV = Path(sys.executable).parent / "uv"
LOCK = ROOT / "requirements.lock"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of what is in this repository now."""
    place = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "flit_core.wheel", "--outdir", place, ROOT)
    (built,) = place.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment that holds what the lock names, and the wheel."""
    place = tmp_path_factory.mktemp("installed")
    run(UV, "venv", "--quiet", "--python", sys.executable, place)
    python = place / "bin" / "python"
    fill_from_the_lock(python)
    run(UV, "pip", "install", "--quiet", "--no-deps", "--no-index", "--python", python, wheel)
    return python


def run(*command: str | Path, folder: Path | None = None, env: dict[str, str] | None = None) -> str:
    """Run a program to its good end and return what it printed."""
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=folder, env=env)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def fill_from_the_lock(python: Path) -> None:
    """Install the lock's packages: from the cache that `make setup` filled, else from the index."""
    sync = [str(UV), "pip", "sync", "--python", str(python), "--require-hashes", str(LOCK)]
    for command in ([*sync, "--offline"], sync):
        if subprocess.run(command, check=False, capture_output=True).returncode == 0:
            return
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet"]
    run(*pip, "--require-hashes", "-r", LOCK)


def metadata(wheel: Path) -> Message:
    with zipfile.ZipFile(wheel) as files:
        (name,) = [each for each in files.namelist() if each.endswith(".dist-info/METADATA")]
        return BytesParser().parsebytes(files.read(name))


def read(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=20) as answer:  # noqa: S310
        return bytes(answer.read())


def test_the_wheel_holds_the_languages_of_paper(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()

    for language in ("de", "fr"):
        assert f"letterhead/locale/{language}/LC_MESSAGES/django.mo" in names


def test_the_wheel_holds_every_file_of_the_package(wheel: Path) -> None:
    package = ROOT / "letterhead"
    there = {
        str(file.relative_to(ROOT))
        for file in package.rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    with zipfile.ZipFile(wheel) as files:
        held = {name for name in files.namelist() if name.startswith("letterhead/")}

    assert held == there
    assert {Path(name).suffix for name in held} >= {".html", ".css", ".js", ".woff2", ".ttf", ".md"}
    assert "letterhead/py.typed" in held


def test_the_wheel_says_what_it_is_and_asks_for_no_tool_of_ours(wheel: Path) -> None:
    said = metadata(wheel)

    assert str(said.get_payload()).strip().startswith("# Letterhead")
    assert {text.split(", ")[0] for text in said.get_all("Project-URL", [])} == {
        "Homepage",
        "Documentation",
    }
    assert said.get_all("Provides-Extra") == ["postgres"]
    assert not [name for name in said.get_all("Requires-Dist", []) if name.startswith("pytest")]


def test_the_lock_is_all_that_the_wheel_needs(python: Path) -> None:
    run(UV, "pip", "check", "--python", python)


def test_an_installed_wheel_begins_and_serves_from_another_folder(
    python: Path, tmp_path: Path
) -> None:
    data, letterhead = tmp_path / "data", python.with_name("letterhead")
    env = environment(sqlite_url(data), data)
    found = run(python, "-c", "import letterhead; print(letterhead.__file__)", folder=tmp_path)
    assert Path(found).is_relative_to(python.parent.parent)

    run(letterhead, "migrate", folder=tmp_path, env=env)
    run(letterhead, "demo", folder=tmp_path, env=env)
    examined = run(letterhead, "doctor", folder=tmp_path, env=env)

    assert {line[:5] for line in examined.splitlines()} == {"ok   "}
    server = start(sqlite_url(data), data, program=[str(letterhead)], folder=tmp_path)
    try:
        page = read(f"{server.url}/guide/signature/").decode()
        (style,) = re.findall(r'href="(/static/ui/app[^"]+\.css)"', page)
        fonts = re.findall(r'url\("?([^")]+\.woff2)"?\)', read(server.url + style).decode())
        first_bytes = {read(urljoin(server.url + style, font))[:4] for font in fonts}
    finally:
        stop(server)
    assert ">Signature</h1>" in page
    assert first_bytes == {b"wOF2"}
