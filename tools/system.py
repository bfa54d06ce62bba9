"""Debian packages that Python cannot bring: installed where we may, else named in one line."""

import os
import shutil
import subprocess
import sys


def install(*packages: str, because: str) -> None:
    """Install Debian packages as root or by a passwordless sudo; exit with the cure otherwise."""
    names = " ".join(packages)
    cure = f"{because}: install {names} (Debian: sudo apt install {names})"
    apt = _apt()
    if not apt:
        sys.exit(cure)
    print(f"{because}: installing {names}", flush=True)
    update = [*apt, "update", "-qq"]
    install = [*apt, "install", "-y", "-qq", "--no-install-recommends", *packages]
    subprocess.run(update, check=False, stdout=subprocess.DEVNULL)
    if subprocess.run(install, check=False, stdout=subprocess.DEVNULL).returncode:
        sys.exit(cure)


def _apt() -> list[str]:
    """Give the command that may install packages here, or nothing."""
    quiet = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    if shutil.which("apt-get") is None:
        return []
    if os.geteuid() == 0:
        return quiet
    sudo = shutil.which("sudo")
    if sudo and _succeeds(sudo, "-n", "true"):
        return [sudo, "-n", *quiet]
    return []


def _succeeds(*command: str) -> bool:
    return subprocess.run(command, check=False, capture_output=True).returncode == 0
