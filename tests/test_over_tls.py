"""Reached by https: cookies that only this host can set, HSTS, and links that no header bends.

What https changes is decided when the settings are read, so each test asks a process of its own.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.factories import PASSWORD
from tests.served import environment, sqlite_url, template

pytestmark = pytest.mark.embedded
BASE = "https://letterhead.example"
# A browser at letterhead.example, behind a proxy that speaks TLS; `told` is what the tests ask for.
BROWSER = """
import json, re
from letterhead.cli.database import start_django
start_django()
from django.test import Client
behind_proxy = {"HTTP_X_FORWARDED_PROTO": "https"}
browser = Client(enforce_csrf_checks=True, SERVER_NAME="letterhead.example", **behind_proxy)
def token(page):
    return re.search(r'name="csrfmiddlewaretoken" value="(\\w+)"', page.content.decode())[1]
def post(path, typed, **more):
    sent = {**typed, "csrfmiddlewaretoken": token(browser.get(path))}
    return browser.post(path, sent, HTTP_REFERER="https://letterhead.example" + path, **more)
"""


@pytest.fixture
def told(tmp_path: Path) -> Any:
    """Give what a script in a process of an installation over TLS prints, as JSON."""
    source = template(Path(os.environ["LETTERHEAD_TEST_DIR"]), None)
    data_dir = tmp_path / "data"
    shutil.copytree(source.data_dir, data_dir)
    env = environment(sqlite_url(data_dir), data_dir, LETTERHEAD_BASE_URL=BASE)

    def run(script: str) -> Any:
        command = [sys.executable, "-c", BROWSER + script]
        done = subprocess.run(command, check=False, capture_output=True, text=True, env=env)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    return run


def test_every_cookie_belongs_to_this_host_alone(told: Any) -> None:
    cookies = told(
        f"""
post("/login/", {{"login": "dana@riverside.example", "password": "{PASSWORD}"}})
page = browser.get("/my-details/")
assert page.status_code == 200, page
post("/my-details/preferences/", {{"version": 1}})
print(json.dumps({{name: dict(each) for name, each in browser.cookies.items()}}))
"""
    )

    assert {"__Host-sessionid", "__Host-csrftoken", "__Host-known"} <= cookies.keys()
    for name, cookie in cookies.items():
        assert name.startswith("__Host-"), name
        assert cookie["secure"], name
        assert cookie["httponly"], name
        assert cookie["samesite"] in {"Lax", "Strict"}, name
        assert (cookie["path"], cookie["domain"]) == ("/", ""), name


def test_browsers_are_told_to_come_by_https_only(told: Any) -> None:
    headers, plain, watching = told(
        """
secure = browser.get("/login/")
plain = Client(SERVER_NAME="letterhead.example").get("/login/?next=/clients/")
beside = Client(SERVER_NAME="localhost")
watching = [beside.get(path).status_code for path in ("/healthz", "/readyz")]
print(json.dumps([dict(secure.headers), [plain.status_code, plain["Location"]], watching]))
"""
    )

    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    assert plain == [301, f"{BASE}/login/?next=/clients/"]
    assert watching == [200, 200]


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_a_forged_host_bends_no_link_in_a_mail(told: Any, host: str) -> None:
    mails = told(
        f"""
behind = {{"HTTP_HOST": "{host}", "HTTP_X_FORWARDED_HOST": "evil.example"}}
post("/password/reset/", {{"login_email": "dana@riverside.example"}}, **behind)
from letterhead.outbox.worker import do_all_due
from django.conf import settings
do_all_due()
from email import message_from_bytes, policy
from pathlib import Path
read = [file.read_bytes() for file in Path(settings.EMAIL_FILE_PATH).glob("*.eml")]
mails = [message_from_bytes(each, policy=policy.default) for each in read]
print(json.dumps([[each["Subject"], str(each.get_body(("plain",)).get_content()), str(
    each.get_body(("html",)).get_content())] for each in mails]))
"""
    )

    asked = [bodies for subject, *bodies in mails if subject == "Set a new Letterhead password"]
    assert len(asked) == 1
    for body in asked[0]:
        assert f"{BASE}/password/reset/" in body
        assert "evil.example" not in body
        assert f"//{host}" not in body


@pytest.mark.parametrize("host", ["evil.example", "letterhead.example.evil.example", "a b"])
def test_a_host_that_is_not_ours_is_refused(told: Any, host: str) -> None:
    assert told(f"print(json.dumps(browser.get('/login/', HTTP_HOST={host!r}).status_code))") == 400
