"""Encrypted columns."""

from django.apps import AppConfig


class EncryptionConfig(AppConfig):
    name = "letterhead.encryption"
