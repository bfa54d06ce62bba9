"""Practices: tenants, memberships, locations, payers, Account Settings."""

from django.apps import AppConfig


class PracticesConfig(AppConfig):
    name = "letterhead.practices"
