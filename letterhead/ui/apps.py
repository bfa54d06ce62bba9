"""The look of pages and forms."""

from urllib.parse import urlsplit

from django.apps import AppConfig
from django.core.signals import request_finished
from django.forms import Field
from django.utils.translation import gettext_lazy as _


class UiConfig(AppConfig):
    name = "letterhead.ui"

    def ready(self) -> None:
        """Use our own words for what every form says, and forget each request's URLs."""
        Field.default_error_messages["required"] = _("Fill this in.")
        request_finished.connect(_forget_urls)


def _forget_urls(**_request: object) -> None:
    """Empty the standard library's cache of URLs: some have a client's name that was searched."""
    urlsplit.cache_clear()  # type: ignore[attr-defined]
