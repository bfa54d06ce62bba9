"""Where we are reached, as the operator says it."""

from urllib.parse import SplitResult, urlsplit

from django.core.exceptions import ImproperlyConfigured


def split_base_url(text: str) -> SplitResult:
    """Take LETTERHEAD_BASE_URL apart; raises ImproperlyConfigured, in one line, for nonsense."""
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
    return parts
