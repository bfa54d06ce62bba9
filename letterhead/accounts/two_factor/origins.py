"""Whether a page is ours: at the address in LETTERHEAD_BASE_URL, and no other."""

from urllib.parse import urlsplit

from django.conf import settings

PORTS = {"http": 80, "https": 443}


def is_ours(origin: str) -> bool:
    """Whether an origin that a browser sent is our own address."""
    try:
        return _parts(origin) == _parts(settings.BASE_URL)
    except ValueError:  # a port that isn't a number
        return False


def _parts(url: str) -> tuple[str, str | None, int | None]:
    split = urlsplit(url)
    return split.scheme, split.hostname, split.port or PORTS.get(split.scheme)
