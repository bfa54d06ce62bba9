"""My Details: the heart."""

from django.apps import AppConfig


class DetailsConfig(AppConfig):
    name = "letterhead.details"
