"""What every answer tells the browser, and what it may keep: nearly nothing."""

import re
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter

from letterhead.ui.proxies import TrustedProxyMiddleware
from tests.accounts.log_in.test_log_in import DANA
from tests.practices.office import Office

# What anyone may read, and browsers may keep; everything else is kept by nobody.
MAY_BE_KEPT = {
    "guide": "the guide, the same to everybody",
    "guide-page": "the guide, the same to everybody",
    "book": "a practice's public page",
    "book-clinician": "a clinician's public card",
    "book-service": "the free times of a service",
    "book-clinician-service": "the free times of a clinician",
    "book-vcard": "the public card for address books",
    "book-preview": "the picture of a shared link",
    "book-clinician-preview": "the picture of a shared link",
    "book-logo": "the logo on public pages",
    "calendar-feed-file": "a member's appointments, kept by the calendar program with the address",
    "book-embed": "the script of sites that show the online scheduler",
    "robots": "what search engines may read",
    "photo": "a clinician's photo, under the name of its content",
    "logo": "the practice's logo, kept by its members' browsers alone",
}
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}


def patterns(resolver: URLResolver | None = None) -> Iterator[URLPattern]:

    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern)
        else:
            yield pattern


def addresses() -> dict[str, str]:
    """Give an address of every name, with ids made up where it takes any."""
    found = {}
    for pattern in patterns():
        ids = {
            name: 1 if isinstance(converter, IntConverter) else "0" * 64
            for name, converter in pattern.pattern.converters.items()
        }
        found[str(pattern.name)] = reverse(str(pattern.name), kwargs=ids)
    return found


def test_every_name_has_an_address() -> None:

    assert len(addresses()) > 60
    assert MAY_BE_KEPT.keys() <= addresses().keys()


@pytest.mark.parametrize("method", ["get", "post"])
def test_no_page_with_anything_of_anyones_is_kept(cast: SimpleNamespace, method: str) -> None:

    dana = Office(cast.dana).browser
    kept = {}
    for name, address in addresses().items():
        if name == "account_logout" and method == "post":
            continue
        answer = getattr(dana, method)(address)
        if "no-store" not in answer.get("Cache-Control", "") and name not in MAY_BE_KEPT:
            kept[name] = f"{answer.status_code} {answer.get('Cache-Control')}"

    assert kept == {}


def test_strangers_are_told_nothing_that_is_kept(db: None) -> None:

    stranger = Client()
    for name, address in addresses().items():
        if name not in MAY_BE_KEPT:
            assert "no-store" in stranger.get(address)["Cache-Control"], name


@pytest.mark.parametrize(
    "address", ["/login/", "/my-details/", "/guide/", "/nowhere/", "/activity/", "/book/nobody/"]
)
def test_every_answer_carries_the_whole_policy(cast: SimpleNamespace, address: str) -> None:

    answer = Office(cast.dana).browser.get(address)

    policy = dict(
        part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";")
    )
    assert policy == POLICY
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]
    shown_elsewhere = "cross-origin" if address.startswith("/book/") else "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == shown_elsewhere


def test_nothing_inline_is_allowed_anywhere() -> None:

    told = str(settings.CONTENT_SECURITY_POLICY)

    assert not re.search(r"unsafe|\*|nonce|https?:", told)


def test_every_cookie_is_for_the_server_alone(cast: SimpleNamespace) -> None:

    dana = Office()
    dana.save("/login/", DANA)
    dana.save("/my-details/general/", {"Credentials": "RDN"})

    assert dana.browser.cookies.keys() == {"sessionid", "csrftoken", "toasts", "known"}
    for name, cookie in dana.browser.cookies.items():
        assert cookie["httponly"], name
        assert cookie["samesite"] in {"Lax", "Strict"}, name
        assert cookie["path"] == "/", name
        assert not cookie["domain"], name


def heard_from(remote: str, **told: str) -> dict[str, Any]:
    """Give what a request looks like once its middleware has judged what proxies told."""
    from django.http import HttpRequest, HttpResponse

    request = HttpRequest()
    request.META = {"REMOTE_ADDR": remote, **told}
    TrustedProxyMiddleware(lambda _: HttpResponse())(request)
    return request.META


@pytest.mark.parametrize(
    ("remote", "told", "address"),
    [
        ("192.0.2.1", "198.51.100.9", "192.0.2.1"),
        ("127.0.0.1", "198.51.100.9", "198.51.100.9"),
        ("127.0.0.1", "203.0.113.5, 198.51.100.9", "198.51.100.9"),
        ("127.0.0.1", "203.0.113.5, 198.51.100.9, 10.1.2.3", "198.51.100.9"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "unknown", "127.0.0.1"),
        ("127.0.0.1", "203.0.113.5, <script>", "127.0.0.1"),
        ("127.0.0.1", "2001:db8::7", "2001:db8::7"),
        ("127.0.0.1", "198.51.100.9:4001", "198.51.100.9"),
        ("127.0.0.1", "[2001:db8::1]:4001, 10.1.2.3:80", "2001:db8::1"),
        ("127.0.0.1", "[2001:db8::1]", "2001:db8::1"),
        ("::ffff:127.0.0.1", "::ffff:198.51.100.9", "198.51.100.9"),
        ("::ffff:192.0.2.1", "198.51.100.9", "192.0.2.1"),
        ("10.9.9.9", "127.0.0.1, 10.0.0.1", "127.0.0.1"),
    ],
)
def test_where_from_is_believed_only_of_our_own_proxies(
    settings: Any, remote: str, told: str, address: str
) -> None:

    settings.TRUSTED_PROXIES = ["127.0.0.1", " 10.0.0.0/8"]

    assert heard_from(remote, HTTP_X_FORWARDED_FOR=told)["REMOTE_ADDR"] == address


def test_a_trusted_proxy_may_be_written_as_ipv4_inside_ipv6(settings: Any) -> None:

    settings.TRUSTED_PROXIES = ["::ffff:10.0.0.0/104"]

    told = heard_from("10.9.9.9", HTTP_X_FORWARDED_FOR="198.51.100.9")

    assert told["REMOTE_ADDR"] == "198.51.100.9"


def test_what_a_proxy_sends_in_place_of_an_address_is_logged_once(
    settings: Any, caplog: pytest.LogCaptureFixture
) -> None:

    from django.http import HttpRequest, HttpResponse

    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    middleware = TrustedProxyMiddleware(lambda _: HttpResponse())
    for text in ("unknown", "unknown", "_hidden"):
        request = HttpRequest()
        request.META = {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": text}
        middleware(request)

    (line,) = caplog.messages
    assert line.startswith("the proxy 127.0.0.1 sends 'unknown' in X-Forwarded-For")


def test_https_is_believed_only_of_our_own_proxies() -> None:

    told = {"HTTP_X_FORWARDED_PROTO": "https"}

    assert "HTTP_X_FORWARDED_PROTO" in heard_from("127.0.0.1", **told)
    assert "HTTP_X_FORWARDED_PROTO" not in heard_from("192.0.2.1", **told)
