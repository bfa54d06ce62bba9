"""What is settled before any page is asked for: health checks, methods, room for large bodies."""

import gc
from collections.abc import Callable

from django.conf import settings
from django.http import (  # noqa: TID251 (a middleware)
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    UnreadablePostError,
)

HEALTH_CHECKS = {"/healthz", "/readyz"}  # asked by address, by whatever watches over us
METHODS = ["GET", "HEAD", "POST"]
MOST_DRAINED = 1 << 20
# A request is part of a cycle, so that its body is kept until Python's collector runs, which is
# seldom. Measured: after 100 photos of 5.6 MB a process had grown to 700 MB.
LARGE_BODY = 1_000_000


class FrontDoorMiddleware:
    """Answer health checks whatever their Host; refuse methods that no page has.

    Before a large body is taken in, those of earlier requests are given back.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, or answer 405."""
        if request.path in HEALTH_CHECKS:
            request.META["HTTP_HOST"] = "localhost"
        if len(request.META.get("CONTENT_LENGTH") or "") >= len(str(LARGE_BODY)):
            gc.collect()
        if request.method in METHODS or _is_preview(request):
            return self.get_response(request)
        response = HttpResponseNotAllowed(METHODS)
        if not _drained(request):
            response["Connection"] = "close"
        return response


def _is_preview(request: HttpRequest) -> bool:
    """Whether a form is sent to be looked at: by PUT, so that nobody takes it for a save."""
    return request.method == "PUT" and request.path.startswith(settings.PREVIEW_PATHS)


def _drained(request: HttpRequest) -> bool:
    """Read the body, so that the next request on the connection begins where this one ends."""
    try:
        request.read(MOST_DRAINED)
        return not request.read(1)
    except UnreadablePostError:
        return False
