"""A bill's page shows its paper: beside the facts on a desk, below them on a phone."""

import pytest
from playwright.sync_api import FloatRect, Page, expect

from tests.browser import PHONE_WIDTH, Auditor, Tabs, sign_in
from tests.served import Served


def boxes(page: Page) -> tuple[FloatRect, FloatRect]:
    """Where the facts and the paper stand, once it is drawn."""
    paper = page.get_by_role("img", name="as it prints")
    expect(paper).to_be_visible()
    page.wait_for_load_state()
    assert paper.evaluate("image => image.naturalWidth") > 0
    facts = page.get_by_role("region", name="What it says").bounding_box()
    drawn = paper.bounding_box()
    assert facts and drawn
    return facts, drawn


@pytest.mark.parametrize("kind", ["superbill", "cms1500"])
@pytest.mark.parametrize("state", ["draft", "issued"])
def test_the_paper_of_a_bill_is_seen(
    shared_server: Served, tabs: Tabs, axe: Auditor, kind: str, state: str
) -> None:
    page = sign_in(tabs.open(dark=kind == "cms1500"), "dana@riverside.example")
    page.goto(f"/billing/?kind={kind}&state={state}")
    page.locator("tbody").get_by_role("link").first.click()

    facts, paper = boxes(page)
    assert paper["x"] > facts["x"] + facts["width"]
    page.set_viewport_size({"width": PHONE_WIDTH, "height": 900})
    facts, paper = boxes(page)
    assert paper["y"] > facts["y"] + facts["height"]
    axe.in_all_looks(page)
