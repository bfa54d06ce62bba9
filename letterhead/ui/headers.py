"""What every answer tells the browser, besides what Django and the content policy say already."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse  # noqa: TID251 (a middleware)

# Nothing of a browser's but the key store, which passkeys need. A photo is taken by the phone's
# own camera program, which needs no permission of ours.
_NEVER = (
    *("accelerometer", "bluetooth", "browsing-topics", "camera", "display-capture"),
    *("geolocation", "gyroscope", "hid", "magnetometer", "microphone", "midi", "payment"),
    *("serial", "usb", "xr-spatial-tracking"),
)
_OURS = ("publickey-credentials-create", "publickey-credentials-get")
PERMISSIONS = ", ".join([f"{name}=()" for name in _NEVER] + [f"{name}=(self)" for name in _OURS])


class HeadersMiddleware:
    """Let nothing be kept by a browser or a proxy unless its view says so.

    Other sites may show what is public, such as the picture of a shared card, and nothing else.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and add what is missing."""
        response = self.get_response(request)
        public = request.path_info.startswith(settings.PUBLIC_PATHS)
        response.setdefault("Cache-Control", "no-store")
        response.setdefault("Permissions-Policy", PERMISSIONS)
        response.setdefault(
            "Cross-Origin-Resource-Policy", "cross-origin" if public else "same-origin"
        )
        return response
