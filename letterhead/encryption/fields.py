"""Columns for tax IDs and other secrets, which no one can read by SQL, or move to another row."""

import logging
from collections.abc import Iterable
from typing import Any, NoReturn

from cryptography.fernet import InvalidToken
from django.db import models
from django.db.models.functions import Cast
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext_lazy as _

from letterhead.encryption.keys import decrypt, encrypt, place

__all__ = ["NOT_READ", "EncryptedTextField", "as_held", "bound", "decrypt", "encrypt", "place"]

log = logging.getLogger(__name__)
NOT_READ = _("Can't be read. Enter it again.")


class Held:
    """An encrypted value that nobody asked for yet, with its row. Only the row's field reads it."""

    __slots__ = ("row", "token")

    def __init__(self, token: str, row: object = None) -> None:
        self.token, self.row = token, row

    def _refuse(self, *_: object) -> NoReturn:
        raise TypeError("Encrypted: read it from its row, not by values() or values_list()")

    __str__ = __bool__ = __len__ = __iter__ = __eq__ = __add__ = __radd__ = _refuse
    __hash__ = None  # type: ignore[assignment]


class Unreadable(str):
    """What is read if a value is under no key of ours, or was encrypted for another place.

    It is empty, equals nothing, and is saved as what the database held: nothing is lost.
    """

    held: Held
    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        return self is other

    def __ne__(self, other: object) -> bool:
        return self is not other


def is_unreadable(text: str) -> bool:
    """Whether a value that was read couldn't be."""
    return isinstance(text, Unreadable)


class _Read(DeferredAttribute):
    """Decrypts a value when it is first asked for."""

    field: "EncryptedTextField"

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        """Return the text."""
        value = super().__get__(instance, cls)
        if not isinstance(value, Held):
            return value
        text = self.field.read(value, instance)
        if not is_unreadable(text):
            instance.__dict__[self.field.attname] = text
        return text

    def __set__(self, instance: Any, value: Any) -> None:
        """Remember of which row a value is that was read from the database."""
        if isinstance(value, Unreadable):
            value = value.held
        if isinstance(value, Held) and value.row is None:
            value.row = instance.__dict__.get(self.field.row_attname)
        instance.__dict__[self.field.attname] = value


class EncryptedTextField(models.TextField):
    """Text that the database holds encrypted; empty text stays empty. It can't be searched.

    It is bound to table, column and row; `row` names the field that identifies the row, which must
    be known before the first save. `save` and `bulk_create` encrypt; `QuerySet.update` takes what
    `bound` returns. Text is decrypted when it is first asked for.
    """

    descriptor_class = _Read
    non_db_attrs = (*models.TextField.non_db_attrs, "row")

    def __init__(self, *args: Any, row: str = "pk", **options: Any) -> None:
        self.row = row
        super().__init__(*args, **options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        return name, path, args, options if self.row == "pk" else {**options, "row": self.row}

    @property
    def row_attname(self) -> str:
        """The attribute that identifies a row."""
        meta = self.model._meta
        return str((meta.pk if self.row == "pk" else meta.get_field(self.row)).attname)  # type: ignore[union-attr]

    def place_in(self, row: object) -> str:
        """Return this column's place in a row."""
        return place(self.model._meta.db_table, str(self.column), row)

    def read(self, held: Held, instance: models.Model) -> str:
        """Return the text, or an Unreadable, which is logged."""
        at = self.place_in(getattr(instance, self.row_attname))
        try:
            return decrypt(held.token, at=at)
        except InvalidToken as why:
            log.error("%s isn't readable: %s", at, type(why).__name__)
            text = Unreadable()
            text.held = held
            return text

    def bind(self, text: str, row: object) -> Held | str:
        """Return the text encrypted for its row. Raises TypeError if the row isn't known yet."""
        if not text:
            return text
        if row is None:
            raise TypeError(f"Save the row first, then its secret: {self.place_in('?')}")
        return Held(encrypt(text, at=self.place_in(row)), row)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Encrypt; what nobody asked for stays as it is."""
        row = getattr(model_instance, self.row_attname)
        value = model_instance.__dict__.get(self.attname)
        if not isinstance(value, Held):
            return self.bind(value or "", row)
        if value.row != row:
            raise TypeError(f"Encrypted for another row: {self.place_in(row)}")
        return value

    def from_db_value(self, value: str | None, *_: object) -> Held | str | None:
        return Held(value) if value else value

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, Held):
            return value.token
        if value:
            raise TypeError("Encrypted for one row: use bound() with update(), and never search")
        return super().get_prep_value(value)


def bound(row: models.Model, columns: dict[str, Any]) -> dict[str, Any]:
    """Return the columns as `QuerySet.update` of this one row takes them."""
    secret = {field.name: field for field in encrypted_fields(type(row))}
    return {
        name: secret[name].bind(value, getattr(row, secret[name].row_attname))
        if name in secret
        else value
        for name, value in columns.items()
    }


def encrypted_fields(model: type[models.Model]) -> Iterable[EncryptedTextField]:
    """Return the encrypted columns of a model."""
    return (field for field in model._meta.concrete_fields if isinstance(field, EncryptedTextField))


def as_held(field: str) -> Cast:
    """Return an expression for `annotate`: the encrypted text itself, as the database holds it."""
    return Cast(field, models.TextField())
