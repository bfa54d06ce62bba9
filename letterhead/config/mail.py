"""How mail leaves: what EMAIL_URL says, as Django's settings."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import dj_email_url
from django.core.exceptions import ImproperlyConfigured

AS_FILES = "letterhead.outbox.eml.EmailBackend"
SECONDS_TO_ANSWER = 30  # a server that hangs may not keep a worker for ever
# What EMAIL_URL may begin with: what dj-email-url calls it, what to add, the port unless said.
_KINDS = {
    "smtp": ("smtp", "", 25),
    "smtps": ("smtp", "ssl=true", 465),
    "smtp+ssl": ("smtp", "ssl=true", 465),
    "smtp+tls": ("smtp", "tls=true", 587),
    "submission": ("submission", "", 587),
    "file": ("file", "", None),
    "console": ("console", "", None),
}


def mail_settings(url: str, *, folder: Path, host: str) -> dict[str, Any]:
    """Give Django's mail settings for an EMAIL_URL; without one each mail is a file in `folder`.

    `?from=` names the sender, else it is letterhead@ the `host` that we are reached at.
    Raises ImproperlyConfigured, in one line, where the URL can't be understood.
    """
    try:
        found = _parsed(url) if url else {"EMAIL_BACKEND": AS_FILES, "EMAIL_FILE_PATH": str(folder)}
    except ValueError as wrong:
        raise ImproperlyConfigured(f"EMAIL_URL can't be read: {wrong}") from wrong
    sender = parse_qs(urlsplit(url).query).get("from", [f"letterhead@{host}"])[0]
    if "@" not in sender or sender.split() != [sender]:
        raise ImproperlyConfigured(f"EMAIL_URL: ?from={sender} is not an email address")
    return {**found, "DEFAULT_FROM_EMAIL": sender, "SERVER_EMAIL": sender}


def _parsed(url: str) -> dict[str, Any]:
    scheme, _, rest = url.partition("://")
    if not rest or scheme not in _KINDS:
        raise ValueError(f"it must begin with one of {', '.join(f'{kind}://' for kind in _KINDS)}")
    kind, more, port = _KINDS[scheme]
    rest += f"{'&' if '?' in rest else '?'}{more}"
    found = dj_email_url.parse(f"{kind}://{rest}")
    found["EMAIL_TIMEOUT"] = found["EMAIL_TIMEOUT"] or SECONDS_TO_ANSWER
    if port:
        if not urlsplit(url).hostname:
            raise ValueError("it names no mail server, as in smtp://user:password@mail.example:587")
        found["EMAIL_PORT"] = urlsplit(url).port or port
    if kind == "file":
        found["EMAIL_BACKEND"] = AS_FILES
        found["EMAIL_FILE_PATH"] = urlsplit(url).path
        if urlsplit(url).hostname or not found["EMAIL_FILE_PATH"]:
            raise ValueError("a folder is written with three slashes, as in file:///var/mail")
    return found
