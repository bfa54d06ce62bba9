"""From where the present request comes: set by the middleware, asked for by `record`."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

# The first that fits: most browsers call themselves by others' names too.
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
    """An internet address and a browser in short words; both "" where no browser asked."""

    address: str = ""
    agent: str = ""


_NOWHERE = Origin()
_origin: ContextVar[Origin] = ContextVar("origin", default=_NOWHERE)


def present_origin() -> Origin:
    """Give where the present request comes from; of worker and commands an empty one."""
    return _origin.get()


@contextmanager
def coming_from(origin: Origin) -> Iterator[None]:
    """Let all that is recorded during the block come from there."""
    token = _origin.set(origin)
    try:
        yield
    finally:
        _origin.reset(token)


def agent_in_words(header: str) -> str:
    """Give a User-Agent header in short words of our own, such as "Firefox on Windows".

    What the header says otherwise is left out: anyone can write anything there.
    """
    browser = _first(_BROWSERS, header)
    system = _first(_SYSTEMS, header)
    if browser and system:
        return f"{browser} on {system}"
    return browser or system or ("Another program" if header else "")


def _first(names: list[tuple[str, str]], header: str) -> str:
    return next((name for sign, name in names if re.search(sign, header)), "")
