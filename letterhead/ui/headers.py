"""Headers that every response carries, in addition to Django's and the content policy's."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse  # noqa: TID251 (a middleware)

# No feature of the browser except the key store, which passkeys need. Photos are taken by the
# phone's own camera app, which doesn't need our permission.
_NEVER = (
    *("accelerometer", "browsing-topics", "camera", "display-capture"),
    *("geolocation", "gyroscope", "hid", "magnetometer", "microphone", "midi", "payment"),
    *("serial", "usb", "xr-spatial-tracking"),
)
_OURS = ("publickey-credentials-create", "publickey-credentials-get")
PERMISSIONS = ", ".join([f"{name}=()" for name in _NEVER] + [f"{name}=(self)" for name in _OURS])


class HeadersMiddleware:
    """Keep browsers and proxies from storing a response unless its view allows it.

    Other sites can show public files, such as the picture of a shared card, and nothing else.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the headers that the view didn't set."""
        response = self.get_response(request)
        public = request.path_info.startswith(settings.PUBLIC_PATHS)
        response.setdefault("Cache-Control", "no-store")
        response.setdefault("Permissions-Policy", PERMISSIONS)
        response.setdefault(
            "Cross-Origin-Resource-Policy", "cross-origin" if public else "same-origin"
        )
        return response
