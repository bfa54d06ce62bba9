"""Columns that hold what no one may read by SQL: tax IDs and other secrets."""

from typing import Any

from django.db import models
from django.db.models.functions import Cast

from letterhead.encryption.keys import decrypt, encrypt

__all__ = ["EncryptedTextField", "as_held", "decrypt", "encrypt"]


class EncryptedTextField(models.TextField):
    """Text that the database holds encrypted; empty text stays empty. It can't be searched."""

    def get_prep_value(self, value: Any) -> Any:
        text = super().get_prep_value(value)
        return encrypt(text) if text else text

    def from_db_value(self, value: str | None, *_: object) -> str | None:
        return decrypt(value) if value else value


def as_held(field: str) -> Cast:
    """Give, for `annotate`, what the database holds of an encrypted field: it isn't decrypted."""
    return Cast(field, models.TextField())
