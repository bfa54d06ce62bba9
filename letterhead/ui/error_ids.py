"""An id for each failure of ours: in the log, and on the page that says so."""

import logging
import secrets
from collections.abc import Callable
from http import HTTPStatus

from django.core.exceptions import (
    BadRequest,
    PermissionDenied,
    SuspiciousOperation,
)
from django.http import Http404, HttpRequest, HttpResponse  # noqa: TID251 (a middleware)

log = logging.getLogger("letterhead.errors")


# Django has a page for these, so strangers who try addresses don't fill the log with tracebacks.
_ANSWERED = (Http404, PermissionDenied, SuspiciousOperation, BadRequest)


class OneLineForRefusals(logging.Filter):
    """Log what was answered with 400 to 499 without a traceback: the request was wrong, not we."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass."""
        if getattr(record, "status_code", HTTPStatus.INTERNAL_SERVER_ERROR) < (
            HTTPStatus.INTERNAL_SERVER_ERROR
        ):
            record.exc_info = None
        return True


class ErrorIdMiddleware:
    """Log a failure of ours under an id, which the error page shows."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; `process_exception` does the work."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Set the failed request's id, and log it with the traceback."""
        if isinstance(exception, _ANSWERED):
            return
        error_id = secrets.token_hex(4)
        request.error_id = error_id  # type: ignore[attr-defined]
        log.error("error %s at %s %s", error_id, request.method, request.path, exc_info=exception)
