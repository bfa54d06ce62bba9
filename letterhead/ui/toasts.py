"""Messages for the next page, in a cookie with our own name."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage
from django.utils.translation import gettext as _


class ToastCookie(CookieStorage):
    """Django's cookie, with a prefix that keeps other hosts from setting it over TLS."""

    cookie_name = settings.TOAST_COOKIE_NAME


class Toasts(FallbackStorage):
    """The cookie, or the session if the cookie is full."""

    storage_classes = (ToastCookie, SessionStorage)


def outcome(changed: bool, text: str) -> str:
    """Return the toast after Save: `text`, or that there was nothing to save."""
    return text if changed else _("No changes to save")
