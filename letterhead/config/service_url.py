"""The URL of a service as an operator writes it: whole, or refused; its host in ASCII."""

import re
from urllib.parse import SplitResult, urlsplit

from django.core.exceptions import ImproperlyConfigured

FILES = {"file", "sqlite", "unix"}  # what follows the slashes is a path, in which @ is a letter
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_CURE = "in the user name and password, write % as %25, / as %2F, ? as %3F, @ as %40, [ as %5B"


def ascii_host(name: str, host: str) -> str:
    """Return a host as the network knows it, by IDNA 2008: xn--praxis-mller-klb.example.

    Raises ImproperlyConfigured, in one line that names the setting.
    """
    if host.isascii():
        return host
    import idna

    try:
        return idna.encode(host, uts46=True).decode()
    except idna.IDNAError as wrong:
        raise ImproperlyConfigured(f"{name}: the host isn't a domain name ({wrong})") from wrong


def split_service_url(name: str, url: str) -> SplitResult:
    """Take the URL of the setting `name` apart.

    An unescaped character would silently end the password or drop what follows. Raises
    ImproperlyConfigured, in one line with the cure, and without a piece of the URL: it may hold a
    password.
    """
    if "#" in url:
        raise ImproperlyConfigured(f"{name} has a # in it, which ends a URL: write # as %23")
    if not url.isprintable():
        raise ImproperlyConfigured(f"{name} has a line break or another character to take out")
    try:
        parts = urlsplit(url)
        is_whole = parts.port != 0 and not _STRAY_PERCENT.search(parts.netloc)
    except ValueError:  # the port isn't a number, or a [ isn't closed
        is_whole = False
    if not is_whole or " " in parts.netloc or (parts.scheme not in FILES and "@" in parts.path):
        raise ImproperlyConfigured(f"{name} can't be read as a URL: {_CURE}")
    return parts
