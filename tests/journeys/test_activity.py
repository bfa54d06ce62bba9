"""The record, as a Director reads it: who got in or tried to, what was changed, as a file too."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Tabs, sign_in
from tests.served import Served

DANA = "dana@riverside.example"


def given_a_failure_and_a_change(tabs: Tabs, *, scripts: bool) -> Page:
    """Somebody mistypes Sam's password; Dana changes her pronouns, and opens Activity."""
    stranger = tabs.open()
    stranger.goto("/login/")
    stranger.get_by_label("Login email").fill("sam@riverside.example")
    stranger.get_by_label("Password", exact=True).fill("not the right one at all")
    stranger.get_by_role("button", name="Log in", exact=True).click()
    expect(stranger.get_by_label("Password", exact=True)).to_be_visible()
    page = sign_in(tabs.open(scripts=scripts), DANA)
    page.goto("/my-details/general/")
    page.get_by_label("Pronouns", exact=True).fill("they/them")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**/my-details/")
    page.goto("/activity/")
    return page


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_director_reads_narrows_and_takes_the_record_out(
    server: Served, tabs: Tabs, scripts: bool, tmp_path: Path
) -> None:
    page = given_a_failure_and_a_change(tabs, scripts=scripts)
    rows = page.get_by_role("table").get_by_role("row")
    expect(rows.filter(has_text="changed general details").first).to_be_visible()
    rows.filter(has_text="changed general details").first.locator("summary").click()
    expect(rows.filter(has_text="they/them")).to_be_visible()

    page.get_by_label("What", exact=True).select_option("failure")
    page.get_by_role("button", name="Show", exact=True).click()

    expect(rows.filter(has_text="sam@riverside.example").first).to_be_visible()
    expect(rows.filter(has_text="changed general details")).to_have_count(0)
    with page.expect_download() as taken:
        page.get_by_role("button", name="Download as CSV", exact=True).click()
    taken.value.save_as(tmp_path / "activity.csv")
    text = (tmp_path / "activity.csv").read_text(encoding="utf-8-sig")
    assert "sam@riverside.example" in text
    assert "they/them" not in text

    page.goto("/activity/")
    expect(rows.nth(1)).to_contain_text("exported the activity")


def test_nobody_but_directors_reads_it(shared_server: Served, tabs: Tabs) -> None:
    page = sign_in(tabs.open(url=shared_server.url), "noor@riverside.example")

    answer = page.goto("/activity/")

    assert answer is not None
    assert answer.status == 403
