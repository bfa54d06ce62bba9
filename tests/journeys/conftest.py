"""What journeys are made of: a served Letterhead, a browser, a person who is signed in.

`server` is new for each test, and so are its database and files; `shared_server` serves all
tests that only look. A test marked `embedded` runs on SQLite, the others on
PostgreSQL.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests import browser as browsers
from tests import postgres, served

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test in this folder as one that needs a browser."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The run's PostgreSQL: the one that `make test` started, or one of this process's own."""
    started = os.environ.get("LETTERHEAD_TEST_POSTGRES")
    if started:
        yield started
        return
    with postgres.running() as url:
        yield url


@pytest.fixture(scope="session")
def run_dir() -> Path:
    """The directory of this run, shared by all its processes."""
    return Path(os.environ["LETTERHEAD_TEST_DIR"])


@pytest.fixture
def server(request: pytest.FixtureRequest, run_dir: Path) -> Iterator[served.Served]:
    """A Letterhead with the demo practice, for this test alone."""
    embedded = request.node.get_closest_marker("embedded")
    url = None if embedded else request.getfixturevalue("postgres_url")
    with served.serving(served.template(run_dir, url), run_dir) as running:
        yield running


@pytest.fixture(scope="session")
def shared_server(postgres_url: str, run_dir: Path) -> Iterator[served.Served]:
    """A Letterhead for all tests of this process that only look, or that register a practice."""
    with served.serving(served.template(run_dir, postgres_url), run_dir) as running:
        yield running


@pytest.fixture(scope="module")
def module_server(postgres_url: str, run_dir: Path) -> Iterator[served.Served]:
    """A Letterhead for a module that signs up many: 20 practices an hour can, from one address."""
    with served.serving(served.template(run_dir, postgres_url), run_dir) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for this process."""
    with browsers.running() as running:
        yield running


@pytest.fixture
def tabs(request: pytest.FixtureRequest, browser: Browser) -> Iterator[browsers.Tabs]:
    """Opens pages: `tabs.open(scripts=False, dark=True, width=320)`; fails on broken scripts."""
    shared = [n for n in ("shared_server", "module_server") if n in request.fixturenames]
    name = shared[0] if shared else "server"
    opened = browsers.Tabs(browser, request.getfixturevalue(name).url)
    yield opened
    opened.close()


@pytest.fixture
def page(tabs: browsers.Tabs) -> Page:
    """A page with scripts, light, 1440 px wide."""
    return tabs.open()


@pytest.fixture
def signed_in() -> Callable[..., Page]:
    """`signed_in(page, "dana@riverside.example")` logs in through the form."""
    return browsers.sign_in


@pytest.fixture(scope="session")
def axe() -> browsers.Auditor:
    """`axe(page)` fails with what axe-core finds on the page as it stands."""
    return browsers.Auditor()
