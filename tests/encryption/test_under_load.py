"""Keys rotate while people read and save: every value reads, whichever key it was written with."""

import os
import shutil
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import pytest
from cryptography.fernet import Fernet

from tests.factories import PASSWORD
from tests.practices.office import Shown
from tests.served import Served, environment, sqlite_url, start, stop, template

pytestmark = pytest.mark.embedded
PEOPLE = ["dana", "sam", "noor", "lee"]
ROTATIONS = 3


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Served]:
    """The demo practice on two web processes, with keys in its data directory."""
    source = template(Path(os.environ["LETTERHEAD_TEST_DIR"]), None)
    data_dir = tmp_path / "data"
    shutil.copytree(source.data_dir, data_dir)
    running = start(sqlite_url(data_dir), data_dir, workers=2)
    yield running
    stop(running)


class Desk:
    """A person's browser at a real server."""

    def __init__(self, server: Served, name: str) -> None:
        self.server = server
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        typed = {"Login email": f"{name}@riverside.example", "Password": PASSWORD}
        assert self.save("/login/", typed).status == 200

    def open(self, path: str, sent: dict[str, Any] | None = None) -> Shown:
        """Ask, with a form where one is sent, and read the page that one lands on."""
        body = urlencode(sent, doseq=True).encode() if sent else None
        with self.browser.open(f"{self.server.url}{path}", body, timeout=30) as answer:
            content = answer.read()
        found = SimpleNamespace(status_code=answer.status, headers={}, content=content)
        return Shown(found)

    def save(self, path: str, typed: dict[str, str]) -> Shown:
        """Open a form, type into it, save."""
        form = self.open(path)
        named = {form.field(label).name: text for label, text in typed.items()}
        return self.open(path, form.sends() | named)

    def keep_saving(self, goes_on: Callable[[], bool], wrong: list[str]) -> None:
        """Save one tax ID after the other, and read each back."""
        number = 0
        try:
            while goes_on() or number < 2:
                number += 1
                last_four = f"{number:04d}"
                typed = {"Individual Tax ID": f"12-345{last_four}", "Kind of tax ID": "EIN"}
                self.save("/my-details/general/", typed)
                if last_four not in self.open("/my-details/").text:
                    wrong.append(f"{last_four} does not read back")
        except (urllib.error.URLError, AssertionError) as error:
            wrong.append(repr(error))


def rotate(server: Served) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "letterhead", "rotate-keys"],
        check=False,
        capture_output=True,
        text=True,
        env=environment(server.database_url, server.data_dir),
    )


def test_every_value_reads_while_keys_rotate_and_after(server: Served) -> None:
    desks = [Desk(server, name) for name in PEOPLE]
    over, wrong = threading.Event(), list[str]()
    threads = [
        threading.Thread(target=desk.keep_saving, args=(lambda: not over.is_set(), wrong))
        for desk in desks
    ]
    for thread in threads:
        thread.start()

    done = [rotate(server) for _ in range(ROTATIONS)]

    over.set()
    for thread in threads:
        thread.join(60)
    assert [each.returncode for each in done] == [0] * ROTATIONS, done
    assert wrong == []
    assert "InvalidToken" not in server.logged()
    assert rotate(server).returncode == 0
    newest = Fernet((server.data_dir / "encryption_keys").read_text().split(",")[0])
    held = server.run_sql("SELECT id, tax_id FROM details_practitioner WHERE tax_id <> ''")
    assert len(held) == len(PEOPLE)
    for row, token in held:
        here = f"details_practitioner.tax_id.{row}\n12345"
        assert newest.decrypt(token).startswith(here.encode())
