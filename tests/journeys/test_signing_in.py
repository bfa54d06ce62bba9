"""Logging in and landing on My Details, in each way people see it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser import Tabs
from tests.served import Served

SignIn = Callable[[Page, str], Page]


def test_dana_logs_in_and_lands_on_my_details(
    shared_server: Served, page: Page, signed_in: SignIn
) -> None:
    signed_in(page, "dana@riverside.example")

    assert page.get_by_role("heading", name="My Details", level=1).is_visible()


def test_dana_logs_in_without_scripts(shared_server: Served, tabs: Tabs, signed_in: SignIn) -> None:
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
