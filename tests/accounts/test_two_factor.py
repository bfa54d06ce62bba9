"""Setting up two-factor authentication, logging in with it, and turning it off."""

import re
from types import SimpleNamespace

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.db import connection

from letterhead.activity.models import Activity
from letterhead.outbox.models import Job
from tests.accounts.second_steps import (
    HERE,
    SET_UP,
    STEP,
    App,
    first_step,
    is_in,
    kinds_of,
    second_step,
    with_app,
    with_recovery_codes,
)
from tests.factories import PASSWORD
from tests.practices.office import Office, Shown

DANA = {"Login email": "dana@riverside.example", "Password": PASSWORD}


def logged_in() -> Office:
    dana = Office()
    assert dana.save("/login/", DANA).status == 302
    return dana


def key_on(page: Shown) -> str:
    return page.texts["key"].replace(" ", "")


def set_up(dana: Office) -> tuple[App, Shown]:
    page = dana.open(SET_UP)
    app = App(key_on(page))
    turned_on = dana.send(SET_UP, page, {"Code": app.code()})
    assert turned_on.location == f"{HERE}recovery-codes/"
    return app, dana.open(turned_on.location)


def codes_on(page: Shown) -> list[str]:
    return [f"{a}{b}" for a, b in re.findall(r"<li>(\d{4}) (\d{4})</li>", page.html)]


def test_my_details_leads_to_the_set_up(cast: SimpleNamespace) -> None:
    page = Office(cast.dana).open("/my-details/")

    assert "Set up two-factor authentication" in page.buttons
    assert f'action="{SET_UP}"' in page.html


def test_the_set_up_shows_key_and_picture_then_ten_codes_once(cast: SimpleNamespace) -> None:
    dana = logged_in()

    page = dana.open(SET_UP)
    _, codes = set_up(dana)

    assert 'src="data:image/svg+xml;base64,' in page.html
    assert len(key_on(page)) == 32
    assert len(set(codes_on(codes))) == 10
    assert "I have kept them" in codes.buttons
    assert codes_on(dana.open(f"{HERE}recovery-codes/")) == []
    assert kinds_of(cast.dana.user) == {"totp", "recovery_codes"}
    assert "On" in dana.open("/my-details/").text


def test_from_then_on_the_password_alone_lets_nobody_in(cast: SimpleNamespace) -> None:
    app = with_app(cast.dana.user)
    visitor = first_step(cast.dana)

    assert visitor.open("/my-details/").location == "/login/?next=/my-details/"
    assert visitor.open("/clients/").location == "/login/?next=/clients/"
    assert second_step(visitor, app.code()).location == "/my-details/"
    assert is_in(visitor)
