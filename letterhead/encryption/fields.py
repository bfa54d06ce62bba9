"""Columns for tax IDs and other secrets, which no one can read by SQL."""

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
    """Return an expression for `annotate`: the encrypted text itself, as the database holds it."""
    return Cast(field, models.TextField())
