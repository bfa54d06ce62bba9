"""Lock the newest dependencies that are at least seven days old, with hashes and no address."""

import subprocess
import sys
from pathlib import Path

UV = Path(sys.executable).parent / "uv"
COOLED_DOWN = "7 days"
LOCKS = {
    "requirements.lock": ["--extra=postgres"],
    "requirements-dev.lock": ["--extra=postgres", "--group=dev", "--constraint=requirements.lock"],
}


def main() -> int:
    """Write both locks; the second keeps to the versions of the first."""
    for lock, holds in LOCKS.items():
        command = [str(UV), "pip", "compile", "--quiet", "pyproject.toml", "--output-file", lock]
        command += ["--universal", "--python-version", "3.11", "--generate-hashes", "--upgrade"]
        command += ["--no-emit-index-url", "--no-emit-find-links", "--no-annotate", "--no-header"]
        command += ["--exclude-newer", COOLED_DOWN]
        if subprocess.run([*command, *holds], check=False).returncode:
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
