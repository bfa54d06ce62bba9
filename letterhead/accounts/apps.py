"""Users and how they log in, on django-allauth."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "letterhead.accounts"
