"""The look."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "letterhead.ui"
