"""What is folded away on a form opens for a link to one of its fields, without scripts too."""

import pytest
from playwright.sync_api import expect

from tests.browser import PHONE_WIDTH, Auditor, Tabs, sign_in
from tests.served import Served

pytestmark = pytest.mark.embedded


def pk_of(server: Served, table: str) -> int:
    return int(server.run_sql(f"SELECT min(id) FROM {table}")[0][0])  # noqa: S608 (ours)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_link_to_a_field_opens_the_part_it_is_in(
    server: Served, tabs: Tabs, scripts: bool
) -> None:
    page = sign_in(tabs.open(scripts=scripts), "dana@riverside.example")
    edit = f"/billing/visits/{pk_of(server, 'billing_visit')}/edit/"
    page.goto(edit)
    expect(page.get_by_label("Additional claim information")).not_to_be_visible()

    page.goto("/clients/")
    page.goto(f"{edit}#id_additional_information")

    expect(page.get_by_label("Additional claim information")).to_be_visible()


def test_a_part_is_opened_by_keyboard_and_fits_on_a_phone(
    server: Served, tabs: Tabs, axe: Auditor
) -> None:
    page = sign_in(tabs.open(width=PHONE_WIDTH), "dana@riverside.example")
    page.goto(f"/clients/policies/{pk_of(server, 'clients_policy')}/edit/")

    page.get_by_text("The client’s name on the card, if different").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_label("First name on the card")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE_WIDTH
    axe.in_all_looks(page)
