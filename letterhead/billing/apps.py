"""Visits, superbills, and what was issued."""

from django.apps import AppConfig


class BillingConfig(AppConfig):
    name = "letterhead.billing"
