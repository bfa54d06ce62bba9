"""What every request passes through: whom to believe about it, and a name for what goes wrong."""

import logging
import secrets
from collections.abc import Callable
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.core.exceptions import (
    BadRequest,
    ImproperlyConfigured,
    PermissionDenied,
    SuspiciousOperation,
)
from django.http import Http404, HttpRequest, HttpResponse

log = logging.getLogger("letterhead.errors")


class TrustedProxyMiddleware:
    """Learn from trusted proxies, and from nobody else, where a request came from."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.trusted = trusted_networks()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set REMOTE_ADDR to whom the nearest trusted proxy heard; drop what others claim.

        X-Forwarded-For grows to the right: the first address from there that is no proxy of ours
        is the last one that we know of; what stands left of it is anyone's tale.
        """
        heard = request.META.pop("HTTP_X_FORWARDED_FOR", "").split(",")
        if not self._trusts(request.META.get("REMOTE_ADDR", "")):
            request.META.pop("HTTP_X_FORWARDED_PROTO", None)
            return self.get_response(request)
        for address in reversed([each.strip() for each in heard]):
            if not _is_address(address):
                break
            request.META["REMOTE_ADDR"] = address
            if not self._trusts(address):
                break
        return self.get_response(request)

    def _trusts(self, address: str) -> bool:
        return _is_address(address) and any(ip_address(address) in net for net in self.trusted)


def trusted_networks() -> list[IPv4Network | IPv6Network]:
    """Give the proxies that are believed; raises ImproperlyConfigured for nonsense."""
    try:
        return [ip_network(name.strip()) for name in settings.TRUSTED_PROXIES if name.strip()]
    except ValueError as wrong:
        raise ImproperlyConfigured(
            f"LETTERHEAD_TRUSTED_PROXIES: {wrong}; write addresses or networks, with commas between"
        ) from wrong


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


# Django has a page for these: strangers who try addresses fill no log with tracebacks.
_ANSWERED = (Http404, PermissionDenied, SuspiciousOperation, BadRequest)


class ErrorIdMiddleware:
    """Log what no one can mend under an id that the error page shows."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on; `process_exception` does the work."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Give the failed request its id, and log it with the traceback."""
        if isinstance(exception, _ANSWERED):
            return
        error_id = secrets.token_hex(4)
        request.error_id = error_id  # type: ignore[attr-defined]
        log.error("error %s at %s %s", error_id, request.method, request.path, exc_info=exception)
