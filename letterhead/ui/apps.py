"""The look of pages and forms."""

from django.apps import AppConfig
from django.forms import Field
from django.utils.translation import gettext_lazy as _


class UiConfig(AppConfig):
    name = "letterhead.ui"

    def ready(self) -> None:
        """Use our own words for what every form says."""
        Field.default_error_messages["required"] = _("Fill this in.")
