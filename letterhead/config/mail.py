"""How mail leaves: what EMAIL_URL says, as Django's settings."""

from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qs

import dj_email_url
from django.core.exceptions import ImproperlyConfigured

from letterhead.config.service_url import ascii_host, split_service_url

AS_FILES = "letterhead.outbox.eml.EmailBackend"
SECONDS_TO_ANSWER = 30  # a server that hangs may not keep a worker for ever
_SSL = {"EMAIL_USE_SSL": True, "EMAIL_USE_TLS": False}
_TLS = {"EMAIL_USE_SSL": False, "EMAIL_USE_TLS": True}
# What EMAIL_URL may begin with: what dj-email-url calls it, what holds whatever else the URL says,
# the port unless said.
_KINDS: dict[str, tuple[str, dict[str, bool], int | None]] = {
    "smtp": ("smtp", {}, 25),
    "smtps": ("smtp", _SSL, 465),
    "smtp+ssl": ("smtp", _SSL, 465),
    "smtp+tls": ("smtp", _TLS, 587),
    "submission": ("submission", _TLS, 587),
    "file": ("file", {}, None),
    "console": ("console", {}, None),
}
_QUERY = {"from", "timeout", "ssl", "tls"}


def mail_settings(url: str, *, folder: Path, host: str) -> dict[str, Any]:
    """Give Django's mail settings for an EMAIL_URL; without one each mail is a file in `folder`.

    `?from=` names the sender, else it is letterhead@ the `host` that we are reached at.
    Raises ImproperlyConfigured, in one line, where the URL can't be understood.
    """
    parts = split_service_url("EMAIL_URL", url)
    try:
        found = (
            _parsed(url, parts)
            if url
            else {"EMAIL_BACKEND": AS_FILES, "EMAIL_FILE_PATH": str(folder)}
        )
    except ValueError as wrong:
        raise ImproperlyConfigured(f"EMAIL_URL can't be read: {wrong}") from None
    sender = parse_qs(parts.query).get("from", [f"letterhead@{host}"])[0]
    if sender.count("@") != 1 or sender.split() != [sender]:
        raise ImproperlyConfigured("EMAIL_URL: what follows ?from= is not an email address")
    mailbox, _, domain = sender.partition("@")
    sender = f"{mailbox}@{ascii_host('EMAIL_URL', domain)}"
    return {**found, "DEFAULT_FROM_EMAIL": sender, "SERVER_EMAIL": sender}


def _parsed(url: str, parts: SplitResult) -> dict[str, Any]:
    scheme, _, rest = url.partition("://")
    if not rest or scheme not in _KINDS:
        raise ValueError(f"it must begin with one of {', '.join(f'{kind}://' for kind in _KINDS)}")
    query = parse_qs(parts.query, keep_blank_values=True)
    if not query.keys() <= _QUERY:
        raise ValueError("after the ? it takes only from=, timeout=, ssl= and tls=, joined by &")
    if not all(each.isdecimal() for each in query.get("timeout", [])):
        raise ValueError("timeout= is a number of seconds")
    kind, held, port = _KINDS[scheme]
    found = dj_email_url.parse(f"{kind}://{rest}") | held
    found["EMAIL_TIMEOUT"] = found["EMAIL_TIMEOUT"] or SECONDS_TO_ANSWER
    if port:
        if not parts.hostname or parts.path not in {"", "/"}:
            raise ValueError(
                "it names the mail server and no path, as in smtp://user:password@mail.example:587"
            )
        found["EMAIL_HOST"] = ascii_host("EMAIL_URL", parts.hostname)
        found["EMAIL_PORT"] = parts.port or port
    if kind == "file":
        found["EMAIL_BACKEND"] = AS_FILES
        found["EMAIL_FILE_PATH"] = parts.path
        if parts.hostname or not found["EMAIL_FILE_PATH"]:
            raise ValueError("a folder is written with three slashes, as in file:///var/mail")
    return found
