"""What is typed shows in every place beside the form, and nowhere else until it is saved."""

import re
from pathlib import Path

from playwright.sync_api import FloatRect, Locator, Page, expect

from tests.browser import PASSWORD, Tabs, sign_in
from tests.served import Served

DANA = "dana@riverside.example"
PLACES = ("Superbill", "CMS-1500", "Online scheduler")
CARD = "/book/riverside/dana-rivera/"


def opened(page: Page, button: str) -> Locator:
    page.get_by_role("button", name=button, exact=True).click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    return dialog


def at(place: str, within: Locator | Page) -> Locator:
    """Choose a place of the panel; return what it draws."""
    within.get_by_role("radio", name=place, exact=True).check()
    return within.locator(".drawn")


def test_a_change_appears_in_every_place_while_typing_and_elsewhere_once_saved(
    server: Served, tabs: Tabs
) -> None:
    page, elsewhere = sign_in(tabs.open(), DANA), sign_in(tabs.open(), DANA)
    dialog = opened(page, "Edit General Details")

    credentials = dialog.get_by_label("Credentials", exact=True)
    credentials.press("End")
    credentials.press_sequentially(", CDN")

    for place in PLACES:
        drawn = at(place, dialog)
        expect(drawn).to_contain_text(re.compile("CDN"))
        assert drawn.locator("mark, .changed").count(), f"nothing is marked on {place}"
    elsewhere.goto("/my-details/where-it-appears/")
    expect(elsewhere.get_by_role("main")).not_to_contain_text("CDN")
    elsewhere.goto(CARD)
    expect(elsewhere.get_by_role("main")).not_to_contain_text("CDN")

    dialog.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("dialog")).to_have_count(0)

    for place in PLACES:
        expect(at(place, page)).to_contain_text("CDN")
    elsewhere.goto(CARD)
    expect(elsewhere.get_by_role("main")).to_contain_text("RDN, PhD, CDN")


def test_only_looking_at_another_place_is_no_change_to_be_asked_about(
    shared_server: Served, tabs: Tabs
) -> None:
    page = sign_in(tabs.open(url=shared_server.url), DANA)
    dialog = opened(page, "Edit General Details")

    at("Online scheduler", dialog)
    page.keyboard.press("Escape")

    expect(page.get_by_role("dialog")).to_have_count(0)


def sides(page: Locator, *texts: str) -> list[FloatRect]:
    """Where the first of each of these texts is on the page."""
    found = [page.get_by_text(text, exact=True).first.bounding_box() for text in texts]
    return [box for box in found if box]


def test_the_superbill_is_laid_out_as_on_paper(shared_server: Served, tabs: Tabs) -> None:
    page = sign_in(tabs.open(url=shared_server.url), DANA)
    drawn = at("Superbill", page)

    provider, client, pay_to, total = sides(drawn, "Provider", "Client", "Pay to", "Total")
    assert provider["y"] == client["y"] and provider["x"] < client["x"]
    assert abs(pay_to["y"] - total["y"]) < total["height"] and pay_to["x"] < total["x"]
    expect(drawn.get_by_role("columnheader")).to_have_text(
        ["Date", "Place", "CPT/HCPCS", "Modifiers", "Service", "Diagnosis", "Units", "Charge"]
    )


def test_on_a_phone_the_superbill_is_one_column_and_nothing_is_cut(
    shared_server: Served, tabs: Tabs
) -> None:
    page = sign_in(tabs.open(url=shared_server.url, width=320), DANA)
    drawn = at("Superbill", page)

    provider, client = sides(drawn, "Provider", "Client")
    assert provider["x"] == client["x"] and provider["y"] < client["y"]
    expect(drawn.get_by_role("cell", name="97803")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_all_places_are_in_two_columns_on_a_wide_screen(shared_server: Served, tabs: Tabs) -> None:
    page = sign_in(tabs.open(url=shared_server.url), DANA)
    page.goto("/my-details/where-it-appears/")

    def lefts() -> set[float]:
        boxes = [page.get_by_role("heading", name=n, exact=True).bounding_box() for n in PLACES]
        return {box["x"] for box in boxes if box}

    assert len(lefts()) == 2
    page.set_viewport_size({"width": 700, "height": 900})
    assert len(lefts()) == 1


def test_a_field_leads_to_its_place(shared_server: Served, tabs: Tabs) -> None:
    page = sign_in(tabs.open(url=shared_server.url), DANA)
    dialog = opened(page, "Edit General Details")

    dialog.get_by_text("CMS-1500 item 24J", exact=True).click()

    expect(dialog.get_by_role("radio", name="CMS-1500", exact=True)).to_be_checked()
    expect(dialog.locator(".drawn")).to_contain_text("2363324239")


def test_about_me_shows_on_the_card_while_it_is_typed(shared_server: Served, tabs: Tabs) -> None:
    page = sign_in(tabs.open(url=shared_server.url), DANA)
    dialog = opened(page, "Edit About me")

    dialog.get_by_label("Specialties", exact=True).fill("Gentle nutrition")

    expect(dialog.locator(".drawn mark").first).to_have_text("Gentle nutrition")


def test_without_scripts_the_button_draws_what_is_typed(server: Served, tabs: Tabs) -> None:
    page = sign_in(tabs.open(scripts=False), DANA)
    page.goto("/my-details/general/")

    page.get_by_label("Credentials", exact=True).fill("RDN, CDN")
    page.get_by_role("radio", name="CMS-1500", exact=True).check()
    page.get_by_role("button", name="Show as typed now").click()

    expect(page.locator(".drawn")).to_contain_text("DANA M RIVERA RDN CDN")
    expect(page.get_by_label("Credentials", exact=True)).to_have_value("RDN, CDN")
    page.goto("/my-details/where-it-appears/")
    expect(page.get_by_role("main")).not_to_contain_text("CDN")


def test_a_contact_email_is_confirmed_by_the_link_in_its_mail(server: Served, tabs: Tabs) -> None:
    page = sign_in(tabs.open(), DANA)
    dialog = opened(page, "Edit General Details")
    dialog.get_by_label("Contact Email", exact=True).fill("desk@riverside.example")
    dialog.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Unconfirmed")).to_be_visible()

    stranger = tabs.open()
    stranger.goto(link_mailed_to("desk@riverside.example", server, page))
    stranger.get_by_role("button", name="Confirm", exact=True).click()

    expect(stranger.get_by_role("heading", name="Contact Email confirmed")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Unconfirmed")).to_have_count(0)
    expect(page.get_by_role("main")).to_contain_text(f"You log in with {DANA}")


def link_mailed_to(address: str, server: Served, page: Page) -> str:
    """Wait until the worker has written the email, and return the link in it."""
    for _ in range(100):
        for mail in Path(server.data_dir, "mail").glob("*.eml"):
            text = mail.read_text().replace("=\n", "").replace("=3D", "=")
            if f"To: {address}" in text:
                found = re.search(rf"{server.url}(/my-details/contact-email/\S+)", text)
                assert found, text
                return found[1]
        page.wait_for_timeout(100)
    raise AssertionError(f"no mail to {address}: {server.logged()}")


def test_a_signature_is_drawn_with_the_mouse(server: Served, tabs: Tabs) -> None:
    page = sign_in(tabs.open(), DANA)
    dialog = opened(page, "Edit Signature")
    dialog.get_by_label("Drawn", exact=True).check()
    pad = dialog.get_by_role("img", name="Drawn signature").bounding_box()
    assert pad
    page.mouse.move(pad["x"] + 40, pad["y"] + 60)
    page.mouse.down()
    page.mouse.move(pad["x"] + 160, pad["y"] + 20, steps=5)
    page.mouse.move(pad["x"] + 240, pad["y"] + 80, steps=5)
    page.mouse.up()
    dialog.get_by_label("Password", exact=True).fill(PASSWORD)

    dialog.get_by_role("button", name="Save", exact=True).click()

    shown = page.get_by_role("img", name="Your signature, drawn")
    expect(shown).to_be_visible()
    expect(shown).to_have_js_property("complete", True)
    assert shown.evaluate("picture => picture.naturalWidth") > 100
