"""A person's browser: one Chromium for each test process, a new profile for each page."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

PASSWORD = "letterhead-demo-only"
PHONE_WIDTH, DESKTOP_WIDTH = 320, 1440
NAMES = ("chromium", "chromium-browser", "google-chrome")
ON_MACOS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
FLAGS = [
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--disable-sync",
]
FIND = "axe.run({resultTypes: ['violations']}).then(({violations}) => violations)"
BLOCKED = ("Content Security Policy", "Refused to ")


def chromium() -> str | None:
    """Give the path of a Chromium, if there is one."""
    found = [path for path in map(shutil.which, NAMES) if path]
    found += [path for path in ON_MACOS if Path(path).exists()]
    return found[0] if found else None


@contextmanager
def running() -> Iterator[Browser]:
    """Start Chromium, headless; close it at the end."""
    program = chromium()
    if program is None:
        raise RuntimeError("Chromium is missing: sudo apt install chromium")
    flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else FLAGS
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=flags)
        yield browser
        browser.close()


class Tabs:
    """Opens pages of separate people, and holds what went wrong in them behind their back."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.browser, self.url = browser, url
        self.complaints: list[str] = []

    def open(
        self,
        *,
        scripts: bool = True,
        dark: bool = False,
        width: int = DESKTOP_WIDTH,
        url: str | None = None,
        locale: str | None = None,
        time_zone: str | None = None,
    ) -> Page:
        """Open a page in a profile of its own; addresses like "/login/" then work."""
        context = self.browser.new_context(
            base_url=url or self.url,
            java_script_enabled=scripts,
            color_scheme="dark" if dark else "light",
            viewport={"width": width, "height": 900},
            reduced_motion="reduce",
            locale=locale,
            timezone_id=time_zone,
        )
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on("console", self._listen)
        page.on("request", lambda request: self._watch(request.url, url or self.url))
        return page

    def _listen(self, message: ConsoleMessage) -> None:
        refused = "the server responded with a status of 4" in message.text  # as the test wants
        if any(word in message.text for word in BLOCKED) or (
            message.type in {"error", "warning"} and not refused
        ):
            where = message.page.url if message.page else ""
            self.complaints.append(f"{where}: {message.type} on the console: {message.text}")

    def _watch(self, asked: str, home: str) -> None:
        if not asked.startswith((f"{home}/", "data:", "blob:")):
            self.complaints.append(f"asked another host: {asked}")

    def close(self) -> None:
        """Close every page; fail if a script broke or was stopped, the console shows a warning or
        an error, or another host was asked.
        """
        for context in self.browser.contexts:
            context.close()
        complaints, self.complaints = self.complaints, []
        assert not complaints, "\n".join(complaints)


def sign_in(page: Page, email: str, password: str = PASSWORD) -> Page:
    """Log in through the form, as a person does."""
    page.goto("/login/")
    page.get_by_label("Login email").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Log in", exact=True).click()
    page.wait_for_url("**/my-details/")
    return page


def download(page: Page, link: str) -> bytes:
    """Fetch the PDF behind a link with the page's own cookies; check how it is answered."""
    address = page.get_by_role("link", name=link, exact=True).first.get_attribute("href")
    answer = page.request.get(str(address))
    assert answer.status == 200, f"{address}: {answer.status}"
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith("inline")
    assert "no-store" in answer.headers["cache-control"]
    return answer.body()


def choose_for_newest_visit(page: Page, action: str) -> None:
    """On a client's page, press a button of the first visit."""
    visits = page.get_by_role("list", name="Visits")
    visits.get_by_role("button", name=action, exact=True).first.click()


class Auditor:
    """axe-core, read from its package once."""

    @cached_property
    def _script(self) -> str:
        return str(Axe().axe_script)

    def __call__(self, page: Page) -> None:
        """Fail with a list of what axe-core finds on the page as it stands."""
        if not page.evaluate("'axe' in window"):
            page.evaluate(self._script)
        found = page.evaluate(FIND)
        assert not found, f"{page.url}\n" + "\n".join(map(_in_words, found))

    def in_all_looks(self, page: Page) -> None:
        """Ask in light and in dark, on a phone and on a desk; nothing there scrolls sideways."""
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            for width in (PHONE_WIDTH, DESKTOP_WIDTH):
                page.set_viewport_size({"width": width, "height": 900})
                self(page)
                wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
                assert wide <= 0, f"{page.url} is {wide} px too wide at {width} px"


def _in_words(violation: dict[str, Any]) -> str:
    places = "\n".join(f"    {node['html'][:160]}" for node in violation["nodes"])
    return f"  {violation['impact']}: {violation['id']}: {violation['help']}\n{places}"
