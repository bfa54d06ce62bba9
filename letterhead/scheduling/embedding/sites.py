"""Sites that can show the online scheduler in a frame: origins like https://www.example.org."""

import re
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

MOST_SITES = 20
_HOST = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*")
_AT_HOME = {"localhost", "127.0.0.1"}


class NotASite(ValueError):
    """What was typed isn't the address of a site; the text says why."""


def read_site(typed: str) -> str:
    """Return the origin of a site's address as browsers compare it. Raises NotASite.

    Whatever stands behind the host doesn't matter: a frame is allowed for all pages of a site.
    """
    import idna

    text = typed.strip()
    if "://" not in text:
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        host, port = (parts.hostname or "").rstrip("."), parts.port
        host = host if host.isascii() else idna.encode(host, uts46=True).decode()
    except (ValueError, idna.IDNAError) as wrong:
        raise NotASite(_not_a_site(typed)) from wrong
    if parts.username or not _HOST.fullmatch(host) or ("." not in host and host not in _AT_HOME):
        raise NotASite(_not_a_site(typed))
    if parts.scheme != "https" and not (parts.scheme == "http" and host in _AT_HOME):
        text = _("%(site)s: use an address that begins with https://.")
        raise NotASite(text % {"site": typed.strip()})
    return f"{parts.scheme}://{host}" + (f":{port}" if port else "")


def _not_a_site(typed: str) -> str:
    text = _("%(site)s isn’t the address of a website. Enter one like www.riverside.example.")
    return text % {"site": typed.strip()[:60]}
