"""Where we are reached, as the operator says it."""

from urllib.parse import SplitResult, urlsplit

from django.core.exceptions import ImproperlyConfigured

from letterhead.config.service_url import ascii_host

PORTS = {"http": 80, "https": 443}


def split_base_url(text: str) -> SplitResult:
    """Take LETTERHEAD_BASE_URL apart, in the form in which browsers send it as Host and Origin.

    Raises ImproperlyConfigured, in one line, for nonsense.
    """
    try:
        parts = urlsplit(text)
        named = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
        only_that = f"{parts.scheme}://{parts.netloc}" == text and "@" not in parts.netloc
    except ValueError:  # a port that is no number, an unclosed [
        named = only_that = False
    if not (named and only_that) or text.split() != [text]:
        raise ImproperlyConfigured(
            f"LETTERHEAD_BASE_URL is {text!r}: write where Letterhead is reached, without a path, "
            "as in https://letterhead.example"
        )
    host = ascii_host("LETTERHEAD_BASE_URL", parts.hostname or "")
    netloc = f"[{host}]" if ":" in host else host
    if parts.port not in {None, PORTS[parts.scheme]}:
        netloc = f"{netloc}:{parts.port}"
    return SplitResult(parts.scheme, netloc, "", "", "")
