"""Log lines: the live token of an emailed link stands in none of them."""

import logging
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from letterhead.config.log_lines import Lines

TOKEN = "Zm9yLXlvdXItZXllcy1vbmx5"


def with_tokens(patterns: list[URLPattern | URLResolver], before: str = "/") -> Iterator[str]:
    """The addresses that hold a token."""
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from with_tokens(pattern.url_patterns, route)
        elif "<str:token>" in route:
            yield route.replace("<str:token>", TOKEN).replace("<str:key>", "MQ")


@pytest.mark.parametrize("address", list(with_tokens(get_resolver().url_patterns)))
@pytest.mark.parametrize("said", ["Gone: %s", "error 1f at POST %s", "Forbidden (CSRF): %s"])
def test_no_line_holds_a_token(address: str, said: str) -> None:
    assert TOKEN in address
    record = logging.makeLogRecord({"msg": said, "args": (address,)})

    line = Lines().format(record)

    assert TOKEN not in line
    assert "…" in line


def test_other_addresses_stay_as_they_are() -> None:
    for path in ("/clients/7/", "/password/reset/sent/", "/my-details/contact-email/"):
        record = logging.makeLogRecord({"msg": "Not Found: %s", "args": (path,)})
        assert path in Lines().format(record)
