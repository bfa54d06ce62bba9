"""Cheap facts about the set-up; what it does on a bare machine is tried by CI."""

import re
import socket
import tomllib
from pathlib import Path

import pytest

from tools import licences, setup

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ["requirements.lock", "requirements-dev.lock"]
ALLAUTH_INTERNALS = {
    "allauth.account.internal.flows.login",
    "allauth.account.internal.stagekit",
    "allauth.core.internal.cryptokit",
    "allauth.mfa.recovery_codes.internal.flows",
    "allauth.mfa.totp.internal.auth",
    "allauth.mfa.totp.internal.flows",
    "allauth.mfa.webauthn.internal.auth",
    "allauth.mfa.webauthn.internal.flows",
}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_a_version_and_hashes(lock: str) -> None:
    entries = re.split(r"\n(?=\S)", (ROOT / lock).read_text().strip())

    assert len(entries) > 20
    for entry in entries:
        assert re.match(r"[a-z0-9-]+==\S+", entry), entry
        assert "--hash=sha256:" in entry, entry


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text()

    assert "://" not in text
    assert "--index" not in text
    assert "--find-links" not in text


def test_both_locks_agree() -> None:
    run, dev = (
        dict(re.findall(r"^(\S+)==(\S+)", (ROOT / lock).read_text(), re.M)) for lock in LOCKS
    )

    assert {name: dev.get(name) for name in run} == run


def test_the_environments_own_installer_is_found_in_the_lock() -> None:
    assert re.match(r"uv==\S+ \\\n    --hash=sha256:", setup.entry("uv"))


def test_allauth_stays_within_the_release_whose_internal_modules_are_imported() -> None:
    """They may change with any release but a patch: before widening the bound, try each of them."""
    sources = [path.read_text() for path in (ROOT / "letterhead").rglob("*.py")]
    imported = {
        name for text in sources for name in re.findall(r"allauth[\w.]*\.internal[\w.]*", text)
    }
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    (bound,) = [name.partition("~=")[2] for name in wanted if name.startswith("django-allauth")]

    assert imported == ALLAUTH_INTERNALS
    assert re.fullmatch(r"\d+\.\d+\.\d+", bound)
    assert f"\ndjango-allauth=={bound.rpartition('.')[0]}." in (ROOT / LOCKS[0]).read_text()


def test_ci_runs_check_and_test_and_nothing_else() -> None:
    assert (ROOT / ".ci" / "run").read_text().splitlines()[-1] == "make check && make test"


@pytest.mark.parametrize(
    ("name", "licence", "welcome"),
    [
        ("any", "MIT", True),
        ("any", "Apache-2.0 OR BSD-3-Clause", True),
        ("any", "License :: OSI Approved :: BSD License", True),
        ("any", "AGPL-3.0-only", False),
        ("any", "GNU General Public License v2 (GPLv2)", False),
        ("any", "LGPL-3.0-only", False),
        ("psycopg", "LGPL-3.0-only", True),
        ("any", "Proprietary", False),
        ("any", "", False),
    ],
)
def test_only_licences_that_fit_come_in(name: str, licence: str, welcome: bool) -> None:
    assert licences.is_welcome(name, licence) is welcome


def test_no_test_reaches_the_network() -> None:
    with pytest.raises(UserWarning, match="192.0.2.1"):  # pytest-socket warns, warnings are errors
        socket.create_connection(("192.0.2.1", 80), timeout=1)
