"""Two-factor authentication in a real browser: app, passkeys, recovery codes, trusted devices."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.accounts.two_factor.second_steps import App
from tests.browser import PASSWORD, Auditor, Tabs
from tests.served import Served

DANA, SAM = "dana@riverside.example", "sam@riverside.example"
SETTINGS = "/my-details/two-factor/"
SHOWN_FOR = 30_000


def plug_in(page: Page) -> None:
    """Give the page's browser a passkey that says yes to everything."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def type_password(page: Page, email: str = DANA) -> None:
    """Log in as far as the password goes."""
    page.goto("/login/")
    page.get_by_label("Login email").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Log in", exact=True).click()


def log_out(page: Page) -> None:
    page.goto("/logout/")
    page.locator("main").get_by_role("button", name="Log out").click()
    page.wait_for_url("**/login/")


def fresh_code(page: Page, app: App, used: list[str]) -> str:
    """Wait until the app shows a code that was not used yet."""
    for _ in range(SHOWN_FOR // 500):
        if (code := app.code()) not in used:
            used.append(code)
            return code
        page.wait_for_timeout(500)
    raise AssertionError("the app shows the same code for too long")


def set_up(page: Page, used: list[str]) -> tuple[App, list[str]]:
    """Go the contract's way: from My Details to the kept recovery codes."""
    page.goto("/my-details/")
    page.get_by_role("button", name="Set up two-factor authentication").click()
    app = App((page.locator("#key").text_content() or "").replace(" ", ""))
    page.get_by_label("Code", exact=True).fill(fresh_code(page, app, used))
    page.get_by_role("button", name="Turn on", exact=True).click()
    codes = page.get_by_role("list", name="Recovery codes").get_by_role("listitem")
    expect(codes).to_have_count(10)
    texts = codes.all_text_contents()
    page.get_by_role("button", name="I have kept them").click()
    expect(page.get_by_text("10 of 10")).to_be_visible()
    return app, texts


def enter(page: Page, code: str) -> None:
    page.get_by_label("Code", exact=True).fill(code)
    page.get_by_role("button", name="Log in", exact=True).click()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_dana_sets_it_up_and_logs_in_by_app_by_recovery_code_and_by_trust(
    server: Served, tabs: Tabs, scripts: bool
) -> None:
    page, used = tabs.open(scripts=scripts), list[str]()
    type_password(page)
    app, codes = set_up(page, used)

    log_out(page)
    type_password(page)
    enter(page, codes[0])
    page.wait_for_url("**/my-details/")

    log_out(page)
    type_password(page)
    page.get_by_label("Trust this device for 30 days").check()
    enter(page, fresh_code(page, app, used))
    page.wait_for_url("**/my-details/")
    log_out(page)
    type_password(page)
    page.wait_for_url("**/my-details/")

    page.goto(SETTINGS)
    expect(page.get_by_text("9 of 10")).to_be_visible()
    expect(page.get_by_text("This device", exact=True)).to_be_visible()
    page.get_by_role("button", name="Stop trusting").click()
    log_out(page)
    type_password(page)
    page.wait_for_url("**/login/two-factor/")


def test_sam_adds_a_passkey_renames_it_and_logs_in_by_it_alone_and_as_second_step(
    server: Served, page: Page
) -> None:
    plug_in(page)
    type_password(page, SAM)
    page.goto(SETTINGS)
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_label("Name").fill("Laptop")
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_role("button", name="I have kept them").click()
    expect(page.get_by_text("works without a password")).to_be_visible()

    page.get_by_role("button", name="Rename Laptop").click()
    page.get_by_label("Name").fill("Laptop at the office")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Laptop at the office").first).to_be_visible()

    log_out(page)
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/my-details/")
    expect(page.get_by_text("1 passkey")).to_be_visible()

    log_out(page)
    type_password(page, SAM)
    page.get_by_label("Trust this device for 30 days").check()
    page.get_by_role("button", name="Use a passkey or security key").click()
    page.wait_for_url("**/my-details/")

    page.goto(SETTINGS)
    expect(page.get_by_text("This device", exact=True)).to_be_visible()
    page.get_by_role("button", name="Remove Laptop at the office").click()
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("None yet.")).to_be_visible()
    log_out(page)
    type_password(page, SAM)
    page.wait_for_url("**/my-details/")


def test_a_passkey_added_as_a_second_step_does_not_log_in_alone(server: Served, page: Page) -> None:
    plug_in(page)
    type_password(page, SAM)
    page.goto(f"{SETTINGS}passkeys/add/")
    page.evaluate("document.querySelector('[name=passwordless]').disabled = true")  # keeps its key
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_role("button", name="I have kept them").click()
    expect(page.get_by_text("works without a password")).to_have_count(0)
    log_out(page)

    page.get_by_role("button", name="Use a passkey").click()

    expect(page.get_by_text("This passkey is only a second step.")).to_be_visible()


def test_a_passkey_that_nobody_knows_here_is_told_in_words(server: Served, page: Page) -> None:
    plug_in(page)
    page.goto("/login/")

    page.get_by_role("button", name="Use a passkey").click()

    expect(page.get_by_text("Your passkey or security key didn’t answer")).to_be_visible()


def test_when_dana_requires_it_sam_sets_it_up_before_anything_else(
    server: Served, tabs: Tabs
) -> None:
    dana, sam = tabs.open(), tabs.open()
    type_password(dana)
    set_up(dana, [])
    type_password(sam, SAM)
    dana.goto("/account-settings/")
    dana.get_by_role("button", name="Edit Security").click()
    dana.get_by_label("Require two-factor authentication for all users").check()
    dana.get_by_role("button", name="Save", exact=True).click()
    expect(dana.get_by_text("Required for everyone")).to_be_visible()
    expect(dana.get_by_text(SAM, exact=True)).to_be_visible()

    sam.goto("/clients/")
    sam.wait_for_url(f"**{SETTINGS}app/")
    expect(sam.get_by_text("requires two-factor authentication for everyone")).to_be_visible()
    used: list[str] = []
    app = App((sam.locator("#key").text_content() or "").replace(" ", ""))
    sam.get_by_label("Code", exact=True).fill(fresh_code(sam, app, used))
    sam.get_by_role("button", name="Turn on", exact=True).click()
    sam.get_by_role("button", name="I have kept them").click()
    sam.goto("/clients/")

    expect(sam.get_by_role("heading", name="Clients")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_dana_lost_her_phone_and_replaces_the_authenticator(
    server: Served, tabs: Tabs, axe: Auditor, scripts: bool
) -> None:
    page, used = tabs.open(scripts=scripts), list[str]()
    type_password(page)
    lost, codes = set_up(page, used)
    log_out(page)
    type_password(page)
    enter(page, codes[0])

    page.goto("/my-details/")
    page.get_by_role("button", name="Replace authenticator app").click()
    app = App((page.locator("#key").text_content() or "").replace(" ", ""))
    assert app.secret != lost.secret
    if scripts:
        axe.in_all_looks(page)
    page.get_by_label("Code", exact=True).fill(app.code())
    page.get_by_role("button", name="Turn on", exact=True).click()
    expect(page.get_by_text("9 of 10")).to_be_visible()

    log_out(page)
    type_password(page)
    enter(page, lost.code())
    expect(page.get_by_text("This code isn't right.")).to_be_visible()
    enter(page, codes[1])
    page.wait_for_url("**/my-details/")


def test_axe_finds_nothing_on_its_pages(server: Served, tabs: Tabs, axe: Auditor) -> None:
    page = tabs.open()
    plug_in(page)
    type_password(page)
    page.goto(f"{SETTINGS}app/")
    page.get_by_label("Code", exact=True).fill("1")
    page.get_by_role("button", name="Turn on", exact=True).click()
    axe.in_all_looks(page)
    app = App((page.locator("#key").text_content() or "").replace(" ", ""))
    page.get_by_label("Code", exact=True).fill(app.code())
    page.get_by_role("button", name="Turn on", exact=True).click()
    axe.in_all_looks(page)
    for address in ("recovery-codes/", "app/remove/", "passkeys/add/", "off/", ""):
        page.goto(SETTINGS + address)
        axe.in_all_looks(page)
    page.goto(f"{SETTINGS}passkeys/add/")
    page.get_by_role("button", name="Add", exact=True).click()
    page.wait_for_url(f"**{SETTINGS}")
    axe.in_all_looks(page)
    for button in ("Rename", "Remove Passkey"):
        page.goto(SETTINGS)
        page.get_by_role("button", name=re.compile(f"^{button}")).click()
        axe.in_all_looks(page)
    for address in ("/confirm/code/", "/confirm/passkey/"):
        page.goto(address)
        axe.in_all_looks(page)
    log_out(page)
    type_password(page)
    page.wait_for_url("**/login/two-factor/")
    axe.in_all_looks(page)
