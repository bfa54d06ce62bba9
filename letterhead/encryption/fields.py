"""Columns that hold what no one may read by SQL: tax IDs and other secrets."""

from functools import cache
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import models


@cache
def _keyring(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key.strip()) for key in keys])


def encrypt(text: str) -> str:
    """Encrypt with the newest key."""
    return _keyring(tuple(settings.ENCRYPTION_KEYS)).encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    """Decrypt with whichever key fits. Raises cryptography's InvalidToken where none does."""
    return _keyring(tuple(settings.ENCRYPTION_KEYS)).decrypt(token).decode()


class EncryptedTextField(models.TextField):
    """Text that the database holds encrypted; empty text stays empty. It can't be searched."""

    def get_prep_value(self, value: Any) -> Any:
        text = super().get_prep_value(value)
        return encrypt(text) if text else text

    def from_db_value(self, value: str | None, *_: object) -> str | None:
        return decrypt(value) if value else value
