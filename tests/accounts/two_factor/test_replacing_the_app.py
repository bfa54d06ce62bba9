"""Replacing the authenticator app: a lost phone is no dead end, even where it is required."""

from types import SimpleNamespace
from urllib.parse import unquote

import pytest
import time_machine
from django.utils import timezone

from letterhead.activity.models import Activity
from letterhead.outbox.models import Job
from letterhead.practices.models import Practice
from tests.accounts.two_factor.second_steps import (
    HERE,
    App,
    first_step,
    kinds_of,
    second_step,
    with_app,
    with_recovery_codes,
)
from tests.factories import PASSWORD
from tests.practices.office import Office

pytestmark = pytest.mark.usefixtures("clock")
REPLACE = f"{HERE}app/replace/"


def replaces(dana: Office) -> App:
    page = dana.open(REPLACE)
    app = App(page.texts["key"].replace(" ", ""))
    assert dana.send(REPLACE, page, {"Code": app.code()}).location == HERE
    return app


def test_who_lost_the_phone_logs_in_by_recovery_code_and_replaces_the_app(
    cast: SimpleNamespace, clock: time_machine.Traveller
) -> None:
    Practice.objects.update(require_two_factor=True, two_factor_required_at=timezone.now())
    old = with_app(cast.dana.user)
    first, second, *_ = with_recovery_codes(cast.dana.user)
    dana = first_step(cast.dana)
    second_step(dana, first)
    assert "Replace authenticator app" in dana.open("/my-details/").buttons

    new = replaces(dana)

    clock.shift(60)
    assert second_step(first_step(cast.dana), old.code()).status == 422
    assert second_step(first_step(cast.dana), new.code()).status == 302
    assert second_step(first_step(cast.dana), second).status == 302
    assert kinds_of(cast.dana.user) == {"totp", "recovery_codes"}


def test_it_is_mailed_and_recorded(cast: SimpleNamespace) -> None:
    app = with_app(cast.dana.user)
    with_recovery_codes(cast.dana.user)
    dana = first_step(cast.dana)
    second_step(dana, app.code())

    replaces(dana)

    mail = Job.objects.filter(name="mail").latest("pk").values
    assert mail["subject"] == "The authenticator app was replaced"
    assert Activity.objects.latest("pk").act == "replaced the authenticator app"


@pytest.mark.parametrize("proof", ["recovery code", "password"])
def test_later_it_asks_for_a_recovery_code_or_the_password_first(
    cast: SimpleNamespace, clock: time_machine.Traveller, proof: str
) -> None:
    app = with_app(cast.dana.user)
    code, *_ = with_recovery_codes(cast.dana.user)
    dana = first_step(cast.dana)
    second_step(dana, app.code())
    clock.shift(301)

    asked = dana.open(REPLACE).location
    assert unquote(asked) == f"/confirm/code/?next={REPLACE}"
    if proof == "recovery code":
        assert dana.save(asked, {"Code": code}).location == REPLACE
    else:
        assert "Use your password" in dana.open(asked).text
        by_password = asked.replace("code", "password", 1)
        assert dana.save(by_password, {"Password": "not the one"}).status == 422
        assert dana.save(by_password, {"Password": PASSWORD}).location == REPLACE

    replaces(dana)


def test_the_password_proves_nothing_but_that(
    cast: SimpleNamespace, clock: time_machine.Traveller
) -> None:
    app = with_app(cast.dana.user)
    dana = first_step(cast.dana)
    second_step(dana, app.code())
    clock.shift(301)
    dana.save(f"/confirm/password/?next={REPLACE}", {"Password": PASSWORD})

    assert unquote(dana.open(f"{HERE}off/").location) == f"/confirm/code/?next={HERE}off/"


def test_a_wrong_code_leaves_the_old_app_in_place(
    cast: SimpleNamespace, clock: time_machine.Traveller
) -> None:
    old = with_app(cast.dana.user)
    dana = first_step(cast.dana)
    second_step(dana, old.code())
    page = dana.open(REPLACE)

    wrong = App(page.texts["key"].replace(" ", "")).wrong_code()

    assert dana.send(REPLACE, page, {"Code": wrong}).status == 422
    clock.shift(30)
    assert second_step(first_step(cast.dana), old.code()).status == 302


def test_without_an_app_it_is_a_set_up(cast: SimpleNamespace) -> None:
    dana = Office()
    dana.save("/login/", {"Login email": "dana@riverside.example", "Password": PASSWORD})

    assert dana.open(REPLACE).location == f"{HERE}app/"
