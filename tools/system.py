"""Debian packages that Python cannot bring: installed where we may, else named in one line."""

import os
import shutil
import subprocess
import sys


def install(*packages: str, because: str) -> None:
    """Install Debian packages as root or by a passwordless sudo; exit with the cure otherwise."""
    cure = f"{because}: install {' '.join(packages)} (Debian: sudo apt install {' '.join(packages)})"
    apt = _apt()
    if apt is None:
        sys.exit(cure)
    print(f"{because}: installing {' '.join(packages)}", flush=True)
    quiet = {"env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
    subprocess.run([*apt, "update", "-qq"], check=False, **quiet)
    done = subprocess.run(
        [*apt, "install", "-y", "-qq", "--no-install-recommends", *packages],
        check=False,
        stdout=subprocess.DEVNULL,
        **quiet,
    )
    if done.returncode:
        sys.exit(cure)


def _apt() -> "list[str] | None":
    """Give the command that may install packages here, if there is one."""
    if shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return ["apt-get"]
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], check=False, capture_output=True).returncode == 0:
        return [sudo, "-n", "apt-get"]
    return None
