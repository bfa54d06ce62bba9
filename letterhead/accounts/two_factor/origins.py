"""Whether a page is ours: the address that LETTERHEAD_BASE_URL says, and no other."""

from urllib.parse import urlsplit

from django.conf import settings

PORTS = {"http": 80, "https": 443}


def is_ours(origin: str) -> bool:
    """Compare an origin that a browser names with where people reach us."""
    try:
        return _parts(origin) == _parts(settings.BASE_URL)
    except ValueError:  # a port that is no number
        return False


def _parts(url: str) -> tuple[str, str | None, int | None]:
    split = urlsplit(url)
    return split.scheme, split.hostname, split.port or PORTS.get(split.scheme)
