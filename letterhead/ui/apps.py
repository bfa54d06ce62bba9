"""The look."""

from django.apps import AppConfig
from django.forms import Field


class UiConfig(AppConfig):
    name = "letterhead.ui"

    def ready(self) -> None:
        """Say in our own words what every form says."""
        Field.default_error_messages["required"] = "Fill this in."
