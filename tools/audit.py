"""`make audit`: are weaknesses known in what we depend on? Asks pip-audit's source, if it answers.

Not part of `make check`, which needs no network. Exit 1 only where a weakness is known; where the
source can't be reached a sentence says so, and nothing is claimed.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

UVX = Path(sys.executable).parent / "uvx"
PIP_AUDIT = "pip-audit==2.10.0"
LOCKS = ["requirements.lock", "requirements-dev.lock"]
SECONDS = 300


def main() -> int:
    """Look both locks over; print one line for each, and each weakness."""
    return max(_audit(lock) for lock in LOCKS)


def _audit(lock: str) -> int:
    command = [str(UVX), "--quiet", PIP_AUDIT, "--requirement", lock, "--require-hashes"]
    command += ["--disable-pip", "--format", "json", "--progress-spinner", "off"]
    try:
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=SECONDS)
        answer, why = done.stdout, done.stderr
    except (OSError, subprocess.TimeoutExpired) as wrong:
        answer, why = "", str(wrong)
    lines, code = verdict(lock, answer, why)
    print("\n".join(lines), flush=True)
    return code


def verdict(lock: str, answer: str, why: str) -> tuple[list[str], int]:
    """Say what pip-audit's JSON means, and the exit code; `why` is what it complained of."""
    try:
        packages: list[dict[str, Any]] = json.loads(answer)["dependencies"]
    except (ValueError, KeyError, TypeError):
        last = next((line for line in reversed(why.splitlines()) if line.strip()), "no answer")
        return [f"{lock}: NOT AUDITED, pip-audit or its source can't be reached: {last[:200]}"], 0
    known = [each for each in packages if "vulns" in each]
    if not known:
        return [f"{lock}: NOT AUDITED, the source of advisories knows none of our packages"], 0
    weak = [
        f"{lock}: {each['name']} {each['version']}: {vuln['id']}, fixed in "
        f"{', '.join(vuln.get('fix_versions', [])) or 'no version yet'}"
        for each in known
        for vuln in each["vulns"]
    ]
    unknown = len(packages) - len(known)
    left = f"; {unknown} could not be looked up" if unknown else ""
    return [*weak, f"{lock}: {len(weak)} known weaknesses in {len(known)} packages{left}"], bool(
        weak
    )


if __name__ == "__main__":
    sys.exit(main())
