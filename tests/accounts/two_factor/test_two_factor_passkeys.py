"""Passkeys belong to the address at which people reach us, whatever a request claims."""

import datetime as dt
import json
import re
from base64 import urlsafe_b64encode
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.utils import timezone
from pytest_django import Settings

from letterhead.accounts.models import Session, User
from letterhead.accounts.queries import works_alone
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


def with_data(cbor: bytes) -> str:
    """An answer with extensions that are this CBOR."""
    sent = json.loads(answered("http://localhost:8000"))
    data = bytes(32) + b"\x85" + bytes(4) + cbor
    sent["response"]["authenticatorData"] = urlsafe_b64encode(data).decode().rstrip("=")
    return json.dumps(sent)


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
        *("[" * 100_000, '{"a":' * 9_000 + "1" + "}" * 9_000, f'{{"id": {"9" * 5_000}}}'),
        answered("http://localhost:8000").replace("MQ", "9" * 5_000),
        with_data(b"\x81" * 9_000),
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

    assert (second.status_code, added.status_code) == (422, 422)
    assert alone.status_code in {302, 400}  # sent back to log in, or not what a browser sends


@pytest.mark.parametrize("sent", ["", "null", "[" * 100_000, f'{{"id": {"9" * 5_000}}}'])
def test_a_made_up_answer_is_one_line_in_the_log(
    db: None, sent: str, caplog: pytest.LogCaptureFixture
) -> None:
    answer = Office().browser.post(ASK, {"credential": sent})

    assert answer.status_code == 400
    assert [each for each in caplog.records if each.exc_info] == []
    assert sum(len(line) for line in caplog.messages) < 200


def test_asking_for_a_passkey_leaves_a_session_of_five_minutes(
    db: None, clock: time_machine.Traveller
) -> None:
    visitor = Office()
    visitor.browser.get(ASK, headers={"Accept": "application/json"})

    left = Session.objects.get().expire_date - timezone.now()
    assert left <= dt.timedelta(minutes=5)


def test_asking_for_passkeys_is_limited(db: None) -> None:
    headers = {"Accept": "application/json"}

    answers = [Office().browser.get(ASK, headers=headers).status_code for _ in range(51)]

    assert answers == [200] * 50 + [429]


@pytest.mark.parametrize("alone", [True, False])
def test_only_a_passkey_meant_to_log_in_alone_does(cast: SimpleNamespace, alone: bool) -> None:
    credential = {"clientExtensionResults": {"credProps": {"rk": True}}}  # a phone's habit
    key = Authenticator(
        user=cast.dana.user,
        type="webauthn",
        data={"name": "Phone", "credential": credential, "alone": alone},
    )

    assert works_alone(key) == alone


def test_people_without_a_passkey_are_not_asked_for_one(cast: SimpleNamespace) -> None:
    with_app(cast.dana.user)

    assert "passkey" not in first_step(cast.dana).open("/login/two-factor/").text


def test_a_whole_office_logs_in_by_passkey_within_a_minute(db: None) -> None:
    answers = [Office().browser.post(ASK, {"credential": "[]"}).status_code for _ in range(51)]

    assert answers == [400] * 50 + [429]


def test_a_closed_login_is_not_opened_by_a_passkey(cast: SimpleNamespace) -> None:
    User.objects.filter(pk=cast.dana.user.pk).update(is_active=False)
    visitor = Office()
    visitor.browser.get(ASK, headers={"Accept": "application/json"})

    visitor.browser.post(ASK, {"credential": answered("http://localhost:8000")})

    assert visitor.open("/my-details/").location == "/login/?next=/my-details/"
