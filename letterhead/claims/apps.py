"""Claims: readiness, the CMS-1500 and its printers."""

from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    name = "letterhead.claims"
