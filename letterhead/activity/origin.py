"""Where the present request comes from: set by the middleware, read by `record`."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.utils.translation import gettext, gettext_noop

OTHER_PROGRAM = gettext_noop("Another program")
UNKNOWN_DEVICE = gettext_noop("Unknown device")

# The first that matches: most browsers call themselves by others' names too.
_BROWSERS = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrom", "Chrome"),
    ("Safari", "Safari"),
    ("curl", "curl"),
]
_SYSTEMS = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS X|Macintosh", "macOS"),
    ("Linux", "Linux"),
]


@dataclass(frozen=True)
class Origin:
    """An IP address and a browser in a few words; both "" without a browser."""

    address: str = ""
    agent: str = ""


_NOWHERE = Origin()
_origin: ContextVar[Origin] = ContextVar("origin", default=_NOWHERE)


def present_origin() -> Origin:
    """Return where the present request comes from; empty in the worker and in commands."""
    return _origin.get()


@contextmanager
def coming_from(origin: Origin) -> Iterator[None]:
    """Set the origin for everything recorded during the block."""
    token = _origin.set(origin)
    try:
        yield
    finally:
        _origin.reset(token)


def agent_in_words(header: str) -> str:
    """Return a User-Agent header in our own words, in English: "Firefox on Windows".

    Nothing else of the header is used: anyone can write anything there.
    """
    browser = _first(_BROWSERS, header)
    system = _first(_SYSTEMS, header)
    if browser and system:
        return f"{browser} on {system}"
    return browser or system or (OTHER_PROGRAM if header else "")


def agent_for_people(agent: str) -> str:
    """Translate what `agent_in_words` returned and what was stored of it."""
    browser, on, system = agent.partition(" on ")
    if on:
        return gettext("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return gettext(agent) if agent in {OTHER_PROGRAM, UNKNOWN_DEVICE} else agent


def _first(names: list[tuple[str, str]], header: str) -> str:
    return next((name for sign, name in names if re.search(sign, header)), "")
