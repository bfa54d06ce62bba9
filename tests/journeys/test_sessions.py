"""Log-ins that end: by oneself from elsewhere, by doing nothing; and what was typed meanwhile.

Time passes in two places: the browser's clock is moved by hand, and the session's row is made
older, as if nothing had been done for that long. Nobody waits.
"""

import datetime as dt
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import PHONE_WIDTH, Auditor, Tabs, sign_in
from tests.served import Served

DANA = "dana@riverside.example"
WARNING = "You will be logged out in"
FIFTEEN_MINUTES = 15 * 60


def nothing_done_for(server: Served, seconds: int) -> None:
    """Make every session's last use this long ago."""
    then = dt.datetime.now(dt.UTC) - dt.timedelta(seconds=seconds)
    server.run_sql("UPDATE accounts_session SET last_used_at = %s", then.isoformat(sep=" "))


def opens_details(tabs: Tabs, *, scripts: bool = True, width: int = 1440) -> Page:
    """Log Dana in, on a clock that only this test moves."""
    page = tabs.open(scripts=scripts, width=width)
    if scripts:
        page.clock.install()
    return sign_in(page, DANA)


def is_warned(server: Served, page: Page) -> None:
    """Let 13 minutes and a few seconds go by."""
    page.wait_for_load_state("networkidle")  # what is under way would time out
    nothing_done_for(server, FIFTEEN_MINUTES - 115)
    page.clock.fast_forward((FIFTEEN_MINUTES - 115) * 1000)
    expect(page.get_by_role("dialog", name=WARNING)).to_be_visible()


def types_a_name(page: Page) -> None:
    """Open General Details and type without saving."""
    page.get_by_role("button", name="Edit General Details", exact=True).first.click()
    page.get_by_label("Credentials").fill("RDN, typed and not saved")


def sees_it_again(page: Page) -> None:
    """Log in on the page one was sent to, and find the form as it was typed."""
    expect(page.get_by_role("heading", name="Log in", level=1)).to_be_visible()
    page.get_by_label("Login email").fill(DANA)
    page.get_by_label("Password", exact=True).fill("letterhead-demo-only")
    page.get_by_role("button", name="Log in", exact=True).click()
    expect(page.get_by_role("heading", name="What you typed", level=1)).to_be_visible()
    page.get_by_role("button", name="Show it again").click()
    expect(page.get_by_label("Credentials")).to_have_value("RDN, typed and not saved")


def test_dana_logs_her_telephone_out_from_her_desk(server: Served, tabs: Tabs) -> None:
    desk, phone = opens_details(tabs), opens_details(tabs, width=PHONE_WIDTH)

    desk.get_by_role("link", name="Show where you are logged in").click()
    expect(desk.get_by_text("This one")).to_have_count(1)
    desk.get_by_role("row").get_by_role("button", name=re.compile("^Log out Chrom")).click()

    expect(desk.get_by_role("status").filter(has_text="Logged out there")).to_be_visible()
    phone.reload()
    expect(phone.get_by_role("heading", name="Log in", level=1)).to_be_visible()


def test_the_warning_counts_down_and_staying_keeps_the_page(
    server: Served, tabs: Tabs, axe: Auditor
) -> None:
    page = opens_details(tabs)
    types_a_name(page)
    is_warned(server, page)
    warning = page.get_by_role("dialog", name=WARNING)
    axe(page)

    nothing_done_for(server, FIFTEEN_MINUTES - 64)
    page.clock.run_for(12_000)
    expect(warning.get_by_role("timer")).to_have_text(re.compile("^1 minute( . seconds?)?$"))
    page.clock.run_for(5_000)
    expect(warning.get_by_role("status")).to_have_text(f"{WARNING} 1 minute")
    warning.get_by_role("button", name="Stay logged in").click()

    expect(warning).to_have_count(0)
    expect(page.get_by_label("Credentials")).to_have_value("RDN, typed and not saved")
    ((used_at,),) = server.run_sql("SELECT last_used_at FROM accounts_session")
    assert dt.datetime.now(dt.UTC) - used_at < dt.timedelta(minutes=1)


def test_escape_answers_the_warning_and_not_the_pop_up_below(server: Served, tabs: Tabs) -> None:
    page = opens_details(tabs)
    types_a_name(page)
    is_warned(server, page)

    page.keyboard.press("Escape")

    expect(page.get_by_role("dialog", name=WARNING)).to_have_count(0)
    expect(page.get_by_role("dialog", name="Edit General Details")).to_be_visible()
    expect(page.get_by_role("dialog", name="Discard your changes?")).to_have_count(0)


def test_what_is_done_in_one_tab_counts_for_the_others(server: Served, tabs: Tabs) -> None:
    page = opens_details(tabs)
    is_warned(server, page)

    nothing_done_for(server, 0)  # as when another tab was used
    page.clock.run_for(12_000)

    expect(page.get_by_role("dialog", name=WARNING)).to_have_count(0)


def test_typing_counts_although_nothing_is_sent(server: Served, tabs: Tabs) -> None:
    page = opens_details(tabs)
    page.get_by_role("button", name="Edit Preferences", exact=True).click()
    expect(page.get_by_role("dialog", name="Edit Preferences")).to_be_visible()
    page.wait_for_load_state("networkidle")
    nothing_done_for(server, 10 * 60)
    page.clock.fast_forward(10 * 60 * 1000)

    with page.expect_response("**/session/stay/") as stayed:
        page.keyboard.press("Tab")

    assert stayed.value.json()["seconds"] == FIFTEEN_MINUTES


def test_the_page_is_cleared_and_what_was_typed_comes_again(
    server: Served, tabs: Tabs, axe: Auditor
) -> None:
    page = opens_details(tabs)
    types_a_name(page)
    is_warned(server, page)

    nothing_done_for(server, FIFTEEN_MINUTES)
    page.clock.run_for(116_000)

    expect(page.get_by_text("after a while without activity")).to_be_visible()
    assert "Rivera" not in page.content()
    axe(page)
    sees_it_again(page)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("RDN, typed and not saved").first).to_be_visible()


def test_a_save_after_the_log_in_ended_loses_nothing(server: Served, tabs: Tabs) -> None:
    page = opens_details(tabs)
    types_a_name(page)
    nothing_done_for(server, FIFTEEN_MINUTES)

    page.get_by_role("button", name="Save", exact=True).click()

    sees_it_again(page)


def test_without_scripts_it_comes_again_too(server: Served, tabs: Tabs) -> None:
    page = opens_details(tabs, scripts=False)
    types_a_name(page)
    nothing_done_for(server, FIFTEEN_MINUTES)

    page.get_by_role("button", name="Save", exact=True).last.click()

    sees_it_again(page)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_after_a_log_in_in_another_tab_the_first_one_saves(
    server: Served, tabs: Tabs, scripts: bool
) -> None:
    page = opens_details(tabs, scripts=scripts)
    types_a_name(page)
    other = page.context.new_page()
    other.goto("/logout/")
    other.get_by_role("main").get_by_role("button", name="Log out").click()
    sign_in(other, DANA)

    page.get_by_role("button", name="Save", exact=True).last.click()

    expect(page.get_by_text("RDN, typed and not saved").first).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="General Details saved")).to_be_visible()


def test_back_after_logging_out_shows_nothing_personal(server: Served, tabs: Tabs) -> None:
    page = opens_details(tabs)
    page.goto("/clients/")
    page.goto("/logout/")
    page.get_by_role("main").get_by_role("button", name="Log out").click()
    expect(page.get_by_role("heading", name="Log in", level=1)).to_be_visible()

    for _ in range(3):
        page.go_back()
        expect(page.get_by_role("heading", name="Log in", level=1)).to_be_visible()
        assert "Riverside" not in page.content()


def test_axe_finds_nothing_on_the_list_and_on_what_was_typed(
    server: Served, tabs: Tabs, axe: Auditor
) -> None:
    page = opens_details(tabs, width=PHONE_WIDTH)
    opens_details(tabs)
    page.goto("/my-details/sessions/")
    axe(page)
    types_a_name_and_loses_the_log_in(server, page)
    axe(page)


def types_a_name_and_loses_the_log_in(server: Served, page: Page) -> None:
    """Be logged out while typing, and log in again."""
    page.goto("/my-details/general/")
    page.get_by_label("Credentials").fill("RDN, typed and not saved")
    nothing_done_for(server, FIFTEEN_MINUTES)
    page.get_by_role("button", name="Save", exact=True).last.click()
    page.get_by_label("Login email").fill(DANA)
    page.get_by_label("Password", exact=True).fill("letterhead-demo-only")
    page.get_by_role("button", name="Log in", exact=True).click()
    expect(page.get_by_role("heading", name="What you typed", level=1)).to_be_visible()
