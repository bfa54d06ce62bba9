"""Trusted devices: no second step for 30 days, listed, revoked one by one, forgotten in time."""

from types import SimpleNamespace

import pytest
import time_machine
from django.db import connection

from letterhead.accounts.models import TrustedDevice
from letterhead.activity.models import Activity
from tests.accounts.two_factor.second_steps import (
    HERE,
    STEP,
    App,
    first_step,
    is_in,
    second_step,
    with_app,
)
from tests.factories import PASSWORD, Person
from tests.practices.office import Office

pytestmark = pytest.mark.usefixtures("clock")
DAY = 24 * 60 * 60
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"


def trusting(person: Person, app: App, office: Office | None = None) -> Office:
    visitor = office or Office()
    visitor.browser.defaults["HTTP_USER_AGENT"] = FIREFOX
    first_step(person, office=visitor)
    assert second_step(visitor, app.code(), trust=True).status == 302
    return visitor


def again(visitor: Office, person: Person) -> str:
    visitor.save("/logout/")
    typed = {"Login email": person.user.email, "Password": PASSWORD}
    return visitor.save("/login/", typed).location


def test_a_trusted_device_asks_only_for_the_password(cast: SimpleNamespace) -> None:
    app = with_app(cast.dana.user)
    visitor = trusting(cast.dana, app)

    assert again(visitor, cast.dana) == "/my-details/"
    assert Activity.objects.latest("pk").about == "password, trusted device"


def test_unless_selected_it_is_asked_again(cast: SimpleNamespace) -> None:
    app = with_app(cast.dana.user)
    visitor = first_step(cast.dana)
    second_step(visitor, app.code())

    assert again(visitor, cast.dana) == STEP


def test_another_browser_is_asked(cast: SimpleNamespace) -> None:
    trusting(cast.dana, with_app(cast.dana.user))

    first_step(cast.dana)


def test_after_thirty_days_it_is_asked_again(
    cast: SimpleNamespace, clock: time_machine.Traveller
) -> None:
    visitor = trusting(cast.dana, with_app(cast.dana.user))

    clock.shift(30 * DAY - 60)
    assert again(visitor, cast.dana) == "/my-details/"
    clock.shift(60)
    assert again(visitor, cast.dana) == STEP


def test_the_list_shows_which_since_when_and_from_where(cast: SimpleNamespace) -> None:
    visitor = trusting(cast.dana, with_app(cast.dana.user))

    text = visitor.read(HERE)

    assert "Firefox on Linux This device trusted since November 26, 2026" in text
    assert "until December 26, 2026" in text
    assert "from 198.51.100.7" in text


def test_one_device_is_forgotten_and_the_other_stays(
    cast: SimpleNamespace, clock: time_machine.Traveller
) -> None:
    app = with_app(cast.dana.user)
    old = trusting(cast.dana, app)
    clock.shift(30)
    new = trusting(cast.dana, app)
    first = TrustedDevice.objects.order_by("pk")[0]

    gone = new.browser.post(f"{HERE}devices/{first.pk}/forget/")

    assert gone.headers["Location"] == HERE
    assert again(old, cast.dana) == STEP
    assert again(new, cast.dana) == "/my-details/"


def test_no_one_forgets_or_uses_another_persons_device(cast: SimpleNamespace) -> None:
    with_app(cast.sam.user)
    visitor = trusting(cast.dana, with_app(cast.dana.user))
    device = TrustedDevice.objects.get()

    answer = Office(cast.sam).browser.post(f"{HERE}devices/{device.pk}/forget/")

    assert answer.status_code == 404
    assert again(visitor, cast.sam) == STEP


def test_two_people_who_share_a_browser_both_trust_it(cast: SimpleNamespace) -> None:
    shared = trusting(cast.dana, with_app(cast.dana.user))
    shared.save("/logout/")
    trusting(cast.sam, with_app(cast.sam.user), shared)

    assert again(shared, cast.dana) == "/my-details/"
    assert again(shared, cast.sam) == "/my-details/"


def test_a_changed_password_forgets_all_devices(cast: SimpleNamespace) -> None:
    visitor = trusting(cast.dana, with_app(cast.dana.user))
    new = "three rivers meet at dawn"

    visitor.save("/my-details/password/", {"Current password": PASSWORD, "New password": new})

    assert not TrustedDevice.objects.exists()
    visitor.save("/logout/")
    typed = {"Login email": cast.dana.user.email, "Password": new}
    assert visitor.save("/login/", typed).location == STEP


def test_turning_it_off_forgets_all_devices(cast: SimpleNamespace) -> None:
    visitor = trusting(cast.dana, with_app(cast.dana.user))

    visitor.browser.post(f"{HERE}off/")

    assert not TrustedDevice.objects.exists()


def test_a_trusted_device_still_asks_to_confirm_changes(
    cast: SimpleNamespace, clock: time_machine.Traveller
) -> None:
    app = with_app(cast.dana.user)
    visitor = trusting(cast.dana, app)
    clock.shift(60)
    again(visitor, cast.dana)
    assert is_in(visitor)

    assert visitor.open(f"{HERE}off/").location.startswith("/confirm/code/?next=")


def test_the_database_holds_no_token(cast: SimpleNamespace) -> None:
    visitor = trusting(cast.dana, with_app(cast.dana.user))
    token = visitor.browser.cookies["trusted"].value

    with connection.cursor() as cursor:
        cursor.execute("SELECT token_sha256 FROM accounts_trusteddevice")
        held = cursor.fetchone()[0]

    assert len(token) == 43
    assert (held == token, len(held)) == (False, 64)


@pytest.mark.parametrize("cookie", ["", "x" * 4_000, "..", "a.b.c.d.e.f.g"])
def test_a_made_up_cookie_trusts_nothing(cast: SimpleNamespace, cookie: str) -> None:
    trusting(cast.dana, with_app(cast.dana.user))
    visitor = Office()
    visitor.browser.cookies["trusted"] = cookie

    first_step(cast.dana, office=visitor)


def test_the_cookie_is_for_our_server_alone(cast: SimpleNamespace) -> None:
    visitor = trusting(cast.dana, with_app(cast.dana.user))
    cookie = visitor.browser.cookies["trusted"]

    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 30 * DAY)
