"""The `letterhead` command from outside: what it answers with, and its exit codes."""

import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from letterhead.cli.main import parser
from letterhead.cli.refusals import Refused
from letterhead.cli.serve import serve
from tests.served import environment, sqlite_url

pytestmark = pytest.mark.embedded
DONE, REFUSED, WRONG_USAGE = 0, 1, 2
COMMANDS = [
    *("serve", "worker", "migrate", "demo", "doctor"),
    *("change-login-email", "reset-two-factor", "rotate-keys"),
]


def letterhead(data_dir: Path, *typed: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run the command on the embedded database of a data directory."""
    command = [sys.executable, "-m", "letterhead", *typed]
    env = environment(sqlite_url(data_dir), data_dir, **more)
    return subprocess.run(command, check=False, capture_output=True, text=True, env=env)


def letterhead_in(folder: Path, *typed: str) -> subprocess.CompletedProcess[str]:
    """Run the command as somebody who stands in a folder and has set nothing."""
    env = environment("", folder)
    del env["DATABASE_URL"], env["LETTERHEAD_DATA_DIR"]
    command = [sys.executable, "-m", "letterhead", *typed]
    return subprocess.run(command, check=False, capture_output=True, text=True, env=env, cwd=folder)


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    """A data directory with its keys, before the first migration."""
    letterhead(tmp_path, "demo")
    return tmp_path


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS)])
def test_every_command_explains_itself(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        parser().parse_args([*command, "--help"])

    assert left.value.code == DONE
    assert f"usage: {' '.join(['letterhead', *command])}" in capsys.readouterr().out


@pytest.mark.parametrize(
    "typed",
    [
        [],
        ["frobnicate"],
        ["migrate", "--faster"],
        ["serve", "--port", "0"],
        ["serve", "--port", "65536"],
        ["serve", "--port", "eight"],
        ["serve", "--workers", "0"],
        ["worker", "--lease", "0"],
        ["change-login-email", "a@riverside.example", "b@riverside.example"],
        ["change-login-email", "a@riverside.example", "b@riverside.example", "--reason", " "],
        ["reset-two-factor", "a@riverside.example"],
        ["rotate-keys", "--new"],
    ],
)
def test_wrong_usage_ends_with_2(typed: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        parser().parse_args(typed)

    assert left.value.code == WRONG_USAGE
    assert "usage:" in capsys.readouterr().err


def test_serve_accepts_every_option_of_the_contract() -> None:
    typed = parser().parse_args(
        ["serve", "--host", "0.0.0.0", "--port", "8001", "--workers", "3", "--no-worker"]  # noqa: S104
    )

    assert (typed.host, typed.port, typed.workers, typed.no_worker) == ("0.0.0.0", 8001, 3, True)  # noqa: S104


def test_the_demo_is_refused_in_one_line_before_the_first_migration(tmp_path: Path) -> None:
    answer = letterhead(tmp_path, "demo")

    assert answer.returncode == REFUSED
    assert answer.stderr == (
        "The database is not at this version: run `letterhead migrate` first.\n"
    )


def test_the_worker_is_refused_in_one_line_before_the_first_migration(begun: Path) -> None:
    answer = letterhead(begun, "worker")

    assert answer.returncode == REFUSED
    assert answer.stderr == (
        "The database is not at this version: run `letterhead migrate` first.\n"
    )


def test_what_was_given_up_is_put_back_in_line(tmp_path: Path) -> None:
    letterhead(tmp_path, "migrate")

    answer = letterhead(tmp_path, "worker", "--retry-parked")

    assert (answer.returncode, answer.stdout.splitlines()) == (
        DONE,
        [f"Data directory: {tmp_path}", "Queued again: 0. A worker will do them now."],
    )


def test_a_migrated_installation_is_healthy_and_migrates_again(tmp_path: Path) -> None:
    first, again = letterhead(tmp_path, "migrate"), letterhead(tmp_path, "migrate")
    doctor = letterhead(tmp_path, "doctor")

    assert (first.returncode, again.returncode) == (DONE, DONE)
    assert "(0 migrations applied now)" in again.stdout
    assert doctor.returncode == DONE, doctor.stdout
    assert {line[:5] for line in doctor.stdout.splitlines()} == {"ok   "}


def test_the_doctor_names_missing_triggers_and_debug(tmp_path: Path) -> None:
    letterhead(tmp_path, "migrate")
    import sqlite3

    with sqlite3.connect(tmp_path / "letterhead.sqlite3") as connection:
        connection.execute("DROP TRIGGER billing_issuedbill_refuses_delete")
    connection.close()

    answer = letterhead(tmp_path, "doctor", LETTERHEAD_DEBUG="1")

    assert answer.returncode == REFUSED
    wrong = [line for line in answer.stdout.splitlines() if line.startswith("WRONG")]
    assert [line.split(":")[0] for line in wrong] == ["WRONG settings", "WRONG triggers"]
    assert "billing_issuedbill_refuses_delete" in wrong[1]


def test_the_doctor_finds_a_key_that_others_can_read(tmp_path: Path) -> None:
    letterhead(tmp_path, "migrate")
    os.chmod(tmp_path / "secret_key", 0o644)

    answer = letterhead(tmp_path, "doctor", LETTERHEAD_TRUSTED_PROXIES="the proxy")

    assert answer.returncode == REFUSED
    assert f"WRONG keys: {tmp_path}/secret_key can be read by others" in answer.stdout
    assert "WRONG settings: LETTERHEAD_TRUSTED_PROXIES: 'the proxy'" in answer.stdout


def test_the_doctor_says_once_that_the_database_is_not_at_this_version(begun: Path) -> None:
    answer = letterhead(begun, "doctor")

    told = dict(line.split(": ", 1) for line in answer.stdout.splitlines())
    assert "run `letterhead migrate`" in told["WRONG migrations"]
    assert told["WRONG outbox"] == "can't be checked until the database is fixed"
    assert (answer.returncode, answer.stderr) == (REFUSED, "")


def test_a_host_that_is_none_is_refused_in_one_line() -> None:
    with pytest.raises(
        Refused, match=r"^Can't listen on ::1%none:8000 \(\w.*: choose another --host$"
    ):
        serve(host="::1%none", port=8000, workers=1, with_worker=False)


@pytest.mark.parametrize(
    ("variable", "text"),
    [
        ("DATABASE_URL", "postgres://nobody@127.0.0.1:9/none"),
        ("DATABASE_URL", "nonsense"),
        ("DATABASE_URL", "oracle://nobody@127.0.0.1/none"),
        ("CACHE_URL", "nonsense"),
        ("LETTERHEAD_ENCRYPTION_KEYS", "too-short"),
    ],
)
def test_a_setting_that_does_not_work_is_refused_in_one_line(
    variable: str, text: str, begun: Path
) -> None:
    command = [sys.executable, "-m", "letterhead", "migrate"]
    env = {**environment(sqlite_url(begun), begun), variable: text}
    if variable == "LETTERHEAD_ENCRYPTION_KEYS":
        command[-1] = "doctor"

    answer = subprocess.run(command, check=False, capture_output=True, text=True, env=env)

    assert answer.returncode == REFUSED
    assert len(answer.stderr.splitlines()) <= 1
    assert "Traceback" not in answer.stderr + answer.stdout


@pytest.mark.parametrize(
    ("variable", "text"),
    [("LETTERHEAD_BASE_URL", "letterhead.example"), ("EMAIL_URL", "mail.example:25")],
)
def test_the_doctor_refuses_an_address_that_means_nothing(
    variable: str, text: str, tmp_path: Path
) -> None:
    answer = letterhead(tmp_path, "doctor", **{variable: text})

    assert answer.returncode == REFUSED
    (line,) = answer.stderr.splitlines()
    assert line.startswith(variable)


def test_a_taken_port_is_refused_in_one_line(tmp_path: Path) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        answer = letterhead(tmp_path, "serve", "--port", str(port))

    assert answer.returncode == REFUSED
    assert answer.stderr == (
        f"Can't listen on 127.0.0.1:{port} (Address already in use): choose another --port\n"
    )


@pytest.mark.parametrize(
    "typed",
    [
        ["worker"],
        ["worker", "--retry-parked"],
        ["doctor"],
        ["rotate-keys"],
        ["reset-two-factor", "dana@riverside.example", "--reason", "lost"],
        ["change-login-email", "a@riverside.example", "b@riverside.example", "--reason", "new"],
    ],
    ids=" ".join,
)
def test_without_a_data_directory_a_command_is_refused_in_one_line_and_makes_nothing(
    typed: list[str], tmp_path: Path
) -> None:
    answer = letterhead_in(tmp_path, *typed)

    assert (answer.returncode, answer.stdout) == (REFUSED, "")
    assert answer.stderr == (
        f"There is no data directory {tmp_path}/data: set LETTERHEAD_DATA_DIR to yours, or make a "
        "new one with `letterhead migrate`.\n"
    )
    assert not list(tmp_path.iterdir())


def test_a_command_names_the_key_that_is_missing_and_makes_no_other(tmp_path: Path) -> None:
    letterhead_in(tmp_path, "migrate")
    key = tmp_path / "data" / "encryption_keys"
    key.unlink()

    answer = letterhead_in(tmp_path, "doctor")

    assert (answer.returncode, len(answer.stderr.splitlines())) == (REFUSED, 1)
    assert answer.stderr.startswith(f"There is no {key}: put your copy back")
    assert not key.exists()


@pytest.mark.parametrize("command", ["migrate", "demo"])
def test_a_command_that_may_begin_an_installation_makes_the_data_directory_and_says_where(
    command: str, tmp_path: Path
) -> None:
    answer = letterhead_in(tmp_path, command)

    data = tmp_path / "data"
    assert answer.stdout.splitlines()[0] == f"Data directory: {data}"
    for name in ("secret_key", "encryption_keys"):
        assert (data / name).stat().st_mode & 0o777 == 0o600
    assert data.stat().st_mode & 0o777 == 0o700


def test_the_doctor_says_which_data_directory_it_looks_at(tmp_path: Path) -> None:
    letterhead_in(tmp_path, "migrate")

    answer = letterhead_in(tmp_path, "doctor")

    assert f"ok    data: {tmp_path}/data is the data directory" in answer.stdout.splitlines()


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_and_version_are_shown_anywhere_and_make_nothing(option: str, tmp_path: Path) -> None:
    answer = letterhead_in(tmp_path, option)

    assert (answer.returncode, answer.stderr) == (DONE, "")
    assert not list(tmp_path.iterdir())


def test_the_version_says_how_the_database_stands_to_it(tmp_path: Path) -> None:
    letterhead_in(tmp_path, "demo")
    before = letterhead_in(tmp_path, "--version")
    letterhead_in(tmp_path, "migrate")

    program, place, database = letterhead_in(tmp_path, "--version").stdout.splitlines()

    assert program == f"letterhead {version('letterhead')}"
    assert place == f"Data directory: {tmp_path}/data"
    assert database == "Database: at this version"
    assert "migrations behind: run `letterhead migrate`" in before.stdout


def test_the_version_is_shown_although_the_settings_can_not_be_read(tmp_path: Path) -> None:
    answer = letterhead(tmp_path, "--version", EMAIL_URL="mail.example:25")

    assert (answer.returncode, answer.stderr) == (DONE, "")
    assert f"letterhead {version('letterhead')}\nEMAIL_URL can't be read" in answer.stdout


def test_reading_the_settings_makes_nothing(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "import letterhead.config.settings"]
    env = environment("", tmp_path)
    del env["DATABASE_URL"], env["LETTERHEAD_DATA_DIR"]

    answer = subprocess.run(
        command, check=False, capture_output=True, text=True, env=env, cwd=tmp_path
    )

    assert (answer.returncode, answer.stderr) == (DONE, "")
    assert not list(tmp_path.iterdir())
