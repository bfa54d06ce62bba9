"""Passkeys belong to the address at which people reach us, whatever a request claims."""

import json
import re
from base64 import urlsafe_b64encode
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from pytest_django import Settings

from letterhead.accounts.models import User
from letterhead.accounts.two_factor.origins import is_ours
from tests.accounts.two_factor.second_steps import HERE, first_step, second_step, with_app
from tests.factories import PASSWORD
from tests.practices.office import Office

pytestmark = pytest.mark.usefixtures("clock")
ADD = f"{HERE}passkeys/add/"
ASK = "/login/passkey/"
DANA = {"Login email": "dana@riverside.example", "Password": PASSWORD}


def asked_of_the_browser(html: str) -> Any:
    found = re.search(r'<script type="application/json">(.+?)</script>', html)
    assert found
    return json.loads(found[1])


def answered(origin: str, handle: str = "MQ") -> str:
    """What a browser sends that was asked at some address; no one signed it."""
    client = json.dumps({"type": "webauthn.get", "challenge": "AAAA", "origin": origin})
    part = urlsafe_b64encode
    response = {
        "clientDataJSON": part(client.encode()).decode().rstrip("="),
        "authenticatorData": part(bytes(37)).decode().rstrip("="),
        "signature": "AAAA",
        "userHandle": handle,
    }
    return json.dumps(
        {"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": response}
        | {"clientExtensionResults": {}}
    )


def test_a_new_passkey_is_made_for_the_base_url_and_not_for_the_host_header(
    cast: SimpleNamespace, settings: Settings
) -> None:
    settings.BASE_URL = "https://letterhead.example"
    settings.ALLOWED_HOSTS = ["*"]
    dana = Office()
    dana.save("/login/", DANA)

    page = dana.browser.get(ADD, headers={"Host": "evil.example"}).content.decode()

    options = asked_of_the_browser(page)["creation_options"]["publicKey"]
    assert options["rp"] == {"id": "letterhead.example", "name": "Letterhead"}
    assert options["user"]["name"] == cast.dana.user.email


def test_a_log_in_by_passkey_asks_for_the_base_url_too(
    cast: SimpleNamespace, settings: Settings
) -> None:
    settings.BASE_URL = "https://letterhead.example"
    settings.ALLOWED_HOSTS = ["*"]
    headers = {"Host": "evil.example", "Accept": "application/json"}

    options = Office().browser.get(ASK, headers=headers).json()["request_options"]["publicKey"]

    assert options["rpId"] == "letterhead.example"
    assert options["userVerification"] == "required"


@pytest.mark.parametrize(
    ("origin", "ours"),
    [
        ("https://letterhead.example", True),
        ("https://letterhead.example:443", True),
        ("https://letterhead.example:8443", False),
        ("http://letterhead.example", False),
        ("https://other.letterhead.example", False),
        ("https://letterhead.example.evil.example", False),
        ("https://letterhead.example:x", False),
        ("", False),
    ],
)
def test_only_our_own_origin_counts(settings: Settings, origin: str, ours: bool) -> None:
    settings.BASE_URL = "https://letterhead.example"

    assert is_ours(origin) == ours


@pytest.mark.parametrize("origin", ["https://evil.example", "http://localhost:8000"])
def test_an_unsigned_answer_logs_no_one_in(cast: SimpleNamespace, origin: str) -> None:
    Authenticator.objects.create(
        user=cast.dana.user, type="webauthn", data={"name": "Laptop", "credential": {}}
    )
    visitor = Office()
    visitor.browser.get(ASK, headers={"Accept": "application/json"})

    answer = visitor.browser.post(ASK, {"credential": answered(origin)})

    assert answer.headers["Location"] == "/login/"
    assert visitor.open("/my-details/").location == "/login/?next=/my-details/"


@pytest.mark.parametrize(
    "sent",
    [
        *("", "null", "1", "[]", "{}", '{"response": {}}', '{"id": 1, "response": null}'),
        *(
            answered("http://localhost:8000", handle)
            for handle in ("", "!", "OTk5OTk5OTk5OTk5OTk5OTk5OTk")
        ),
        answered("http://localhost:8000").replace("AAAA", "@@@"),
    ],
)
def test_anything_but_a_passkeys_answer_is_refused_and_never_breaks(
    cast: SimpleNamespace, sent: str
) -> None:
    app = with_app(cast.dana.user)
    visitor = first_step(cast.dana)

    second = visitor.browser.post("/login/two-factor/", {"credential": sent, "trust": ""})
    alone = Office().browser.post(ASK, {"credential": sent})
    second_step(visitor, app.code())
    added = visitor.browser.post(ADD, {"name": "Laptop", "credential": sent})

    assert (second.status_code, alone.status_code, added.status_code) == (422, 302, 422)


def test_people_without_a_passkey_are_not_asked_for_one(cast: SimpleNamespace) -> None:
    with_app(cast.dana.user)

    assert "passkey" not in first_step(cast.dana).open("/login/two-factor/").text


def test_a_whole_office_logs_in_by_passkey_within_a_minute(db: None) -> None:
    answers = [Office().browser.post(ASK, {"credential": "[]"}).status_code for _ in range(51)]

    assert answers == [302] * 50 + [429]


def test_a_closed_login_is_not_opened_by_a_passkey(cast: SimpleNamespace) -> None:
    User.objects.filter(pk=cast.dana.user.pk).update(is_active=False)
    visitor = Office()
    visitor.browser.get(ASK, headers={"Accept": "application/json"})

    visitor.browser.post(ASK, {"credential": answered("http://localhost:8000")})

    assert visitor.open("/my-details/").location == "/login/?next=/my-details/"
