"""Make .venv from requirements-dev.lock (`make setup` runs this when the lock is newer).

Runs on the system's Python and knows only the standard library.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
VENV = HERE / ".venv"
PYTHON = VENV / "bin" / "python"
LOCK = HERE / "requirements-dev.lock"
STAMP = VENV / ".stamp"


def main() -> None:
    """Make the environment, fill it from the lock, put the project itself into it."""
    newest_python()
    if not _works(PYTHON):
        make_venv()
    if not fill_with_uv():
        pip("install", "--quiet", "--require-hashes", "-r", str(LOCK))
    pip("install", "--quiet", "--no-deps", "--no-build-isolation", "--no-index", "-e", str(HERE))
    STAMP.touch()


def newest_python() -> None:
    """Go on with a Python of at least 3.11, if this one is older and there is one."""
    if sys.version_info >= (3, 11):
        return
    for minor in range(15, 10, -1):
        found = shutil.which(f"python3.{minor}")
        if found:
            os.execv(found, [found, *sys.argv])
    sys.exit("Python 3.11 or newer is needed: install python3 (Debian: sudo apt install python3)")


def make_venv() -> None:
    """Make an empty environment; Debian keeps the part that this needs in python3-venv."""
    make = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    if subprocess.run(make, check=False, capture_output=True).returncode == 0:
        return
    sys.path.insert(0, str(HERE))
    from tools.system import install

    install("python3-venv", because="Python cannot make a virtual environment")
    subprocess.run(make, check=True)


def fill_with_uv() -> bool:
    """Fill the environment by the locked uv; say no where uv reaches no package index."""
    uv = VENV / "bin" / "uv"
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as only_uv:
        only_uv.write(entry("uv"))
        only_uv.flush()
        pip("install", "--quiet", "--no-deps", "--require-hashes", "-r", only_uv.name)
    sync = [
        str(uv),
        "pip",
        "sync",
        "--quiet",
        "--python",
        str(PYTHON),
        "--require-hashes",
        str(LOCK),
    ]
    done = subprocess.run(sync, check=False, capture_output=True, text=True)
    if done.returncode:
        print("uv could not fill the environment, pip does it (slower)", flush=True)
    return done.returncode == 0


def entry(name: str) -> str:
    """Give one package's lines of the lock, hashes included."""
    found = re.search(rf"^{name}==.*\n(?:    .*\n)*", LOCK.read_text(), re.MULTILINE)
    if found is None:
        sys.exit(f"{LOCK.name} holds no {name}: run `make lock`")
    return found.group()


def pip(*arguments: str) -> None:
    """Run the environment's pip, or stop with what it said."""
    quiet = ["--disable-pip-version-check", "--no-input"]
    uses = [str(PYTHON), "-m", "pip", arguments[0], *quiet, *arguments[1:]]
    if subprocess.run(uses, check=False, cwd=HERE).returncode:
        sys.exit("pip could not install what the lock names: is a package index within reach?")


def _works(python: Path) -> bool:
    question = [str(python), "-c", "import sys, pip; sys.exit(sys.version_info < (3, 11))"]
    try:
        return subprocess.run(question, check=False, capture_output=True).returncode == 0
    except OSError:
        return False


if __name__ == "__main__":
    main()
