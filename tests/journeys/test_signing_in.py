"""Logging in and landing on My Details, in each way people see it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser import DESKTOP_WIDTH, PHONE_WIDTH, Auditor, Tabs
from tests.served import Served

SignIn = Callable[[Page, str], Page]


def test_dana_logs_in_and_lands_on_my_details(page: Page, signed_in: SignIn) -> None:
    signed_in(page, "dana@riverside.example")

    assert page.get_by_role("heading", name="My Details", level=1).is_visible()


def test_dana_logs_in_without_scripts(tabs: Tabs, signed_in: SignIn) -> None:
    page = signed_in(tabs.open(scripts=False), "dana@riverside.example")

    assert page.get_by_role("heading", name="My Details", level=1).is_visible()


@pytest.mark.embedded
def test_dana_logs_in_on_the_embedded_database(
    server: Served, page: Page, signed_in: SignIn
) -> None:
    signed_in(page, "dana@riverside.example")

    ((last_login,),) = server.run_sql(
        "SELECT last_login FROM accounts_user WHERE email = %s", "dana@riverside.example"
    )
    assert last_login


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [PHONE_WIDTH, DESKTOP_WIDTH])
def test_axe_finds_nothing_on_the_way_in(
    shared_server: Served, tabs: Tabs, axe: Auditor, dark: bool, width: int
) -> None:
    page = tabs.open(dark=dark, width=width)

    page.goto("/login/")

    axe(page)
