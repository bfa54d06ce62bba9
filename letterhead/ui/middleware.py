"""What every request passes through: whom to believe about it, and a name for what goes wrong."""

import logging
import secrets
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

log = logging.getLogger("letterhead.errors")


class TrustedProxyMiddleware:
    """Forget what anyone but a trusted proxy says about where a request came from."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Drop forwarded headers unless LETTERHEAD_TRUSTED_PROXIES names their sender."""
        if request.META.get("REMOTE_ADDR") not in settings.TRUSTED_PROXIES:
            request.META.pop("HTTP_X_FORWARDED_PROTO", None)
            request.META.pop("HTTP_X_FORWARDED_FOR", None)
        return self.get_response(request)


class ErrorIdMiddleware:
    """Log what no one can mend under an id that the error page shows."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on; `process_exception` does the work."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Give the failed request its id, and log it with the traceback."""
        error_id = secrets.token_hex(4)
        request.error_id = error_id  # type: ignore[attr-defined]
        log.error("error %s at %s %s", error_id, request.method, request.path, exc_info=exception)
