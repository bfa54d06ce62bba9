"""A login with only the first step done, and what ends it."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from letterhead.accounts.login_email import change_login_email
from letterhead.accounts.models import User
from letterhead.accounts.passwords.actions import change_password
from letterhead.accounts.two_factor.actions import reset_two_factor
from tests.accounts.two_factor.second_steps import STEP, first_step, is_in, with_app
from tests.practices.office import Office

pytestmark = pytest.mark.usefixtures("clock")
NEW = "another-quiet-heron"


def by_password(user: User) -> None:
    change_password(user, NEW)


def by_support_for_a_lost_device(user: User) -> None:
    reset_two_factor(email=user.email, reason="lost", by="support")


def by_support_for_the_email(user: User) -> None:
    change_login_email(old=user.email, new="dana@new.example", reason="asked", by="support")


@pytest.mark.parametrize(
    "changed", [by_password, by_support_for_a_lost_device, by_support_for_the_email]
)
def test_changing_how_someone_logs_in_ends_a_log_in_half_way(
    cast: SimpleNamespace, changed: Callable[[User], None]
) -> None:
    app = with_app(cast.dana.user)
    visitor = first_step(cast.dana)
    page = visitor.open(STEP)
    changed(cast.dana.user)

    assert visitor.send(STEP, page, {"Code": app.code()}).location == "/login/"
    log_in = visitor.open("/login/")  # and not the second step again, round and round
    assert log_in.status == 200
    assert "How you log in was just changed. Log in again." in log_in.text
    assert not is_in(visitor)


def test_half_way_people_can_open_the_log_in_page_and_go_on(cast: SimpleNamespace) -> None:
    app = with_app(cast.dana.user)
    visitor: Office = first_step(cast.dana)

    assert visitor.open("/login/").location == STEP
    visitor.save(STEP, {"Code": app.code()})
    assert is_in(visitor)
