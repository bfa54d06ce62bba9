"""Encrypting everything again with the newest key, while others read and write.

Encrypted columns are found by walking the models. Rooms register what they encrypt elsewhere, such
as in JSON.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from cryptography.fernet import InvalidToken
from django.apps import apps
from django.db import models, transaction

from letterhead.encryption.fields import EncryptedTextField, Held, as_held, encrypted_fields
from letterhead.encryption.keys import (
    KeysAreGiven,
    WrongPlace,
    add_newest_key,
    bind,
    decrypt,
    is_newest,
    present_keys,
    renew,
)

AT_ONCE, MOST_ROUNDS = 100, 5


@dataclass(frozen=True)
class Count:
    """How many values of one column were encrypted again, were already, and can't be read."""

    rotated: int = 0
    already: int = 0
    unreadable: int = 0  # no key fits

    def __add__(self, other: "Count") -> "Count":
        return Count(
            self.rotated + other.rotated,
            self.already + other.already,
            self.unreadable + other.unreadable,
        )


Rotate = Callable[[], Count]
_others: dict[str, Rotate] = {}


def register(name: str, rotate: Rotate) -> None:
    """Have `rotate()` encrypt again what is in no encrypted column; in `AppConfig.ready` only.

    It changes what isn't `keys.is_newest`, without losing changes saved at the same time, and can
    be called any number of times.
    """
    _others[name] = rotate


@contextmanager
def registered(name: str, rotate: Rotate) -> Iterator[None]:
    """`register` for the length of a block."""
    register(name, rotate)
    try:
        yield
    finally:
        del _others[name]


def rotate_all() -> dict[str, Count]:
    """Encrypt everything with the newest key that isn't yet; return the counts by column."""
    columns = {name: _column(model, field) for name, model, field in _columns()}
    return {name: rotate() for name, rotate in sorted((columns | _others).items())}


def first_unreadable() -> str:
    """Return a column whose newest or oldest value no key fits; "" if there is none.

    Two rows of each column are quick to check on any database, and enough to notice that the keys
    of a restored database, or the older of several keys, are missing. Raises WrongPlace if one of
    them was encrypted for another place.
    """
    for name, model, field in _columns():
        held = _as_held(model, field).order_by("pk").values_list(field.row_attname, "as_held")
        try:
            for row, token in filter(None, (held.first(), held.last())):
                decrypt(token, at=field.place_in(row))
        except WrongPlace:
            raise
        except InvalidToken:
            return name
    return ""


def bind_column(model: type[models.Model], name: str) -> None:
    """Bind what was encrypted before secrets had places to its row, for a migration.

    What no key fits stays as it is.
    """
    field: Any = model._meta.get_field(name)
    rows = _as_held(model, field)
    for pk, row, held in rows.values_list("pk", field.row_attname, "as_held").iterator(AT_ONCE):
        try:
            token = bind(held, at=field.place_in(row))
        except InvalidToken:
            continue
        rows.filter(pk=pk).update(**{name: Held(token)})


def _columns() -> Iterator[tuple[str, type[models.Model], EncryptedTextField]]:
    for model in apps.get_models():
        for field in encrypted_fields(model):
            yield f"{model._meta.db_table}.{field.column}", model, field


def _as_held(model: type[models.Model], field: EncryptedTextField) -> models.QuerySet:
    """Return the rows that hold a value, annotated with the encrypted text."""
    return model._default_manager.annotate(as_held=as_held(field.name)).filter(as_held__gt="")


def _column(model: type[models.Model], field: EncryptedTextField) -> Rotate:
    return lambda: _rotate_column(model, field)


def _rotate_column(model: type[models.Model], field: EncryptedTextField) -> Count:
    """Rotate a column in the order of the primary key, a few rows at a time."""
    rows = _as_held(model, field)
    counted, last = Count(), None
    while True:
        ahead = rows.filter(pk__gt=last) if last is not None else rows
        few = list(ahead.order_by("pk").values_list("pk", "as_held")[:AT_ONCE])
        if not few:
            return counted
        last = few[-1][0]
        counted += _rotate_rows(rows, field.name, few)


def _rotate_rows(rows: models.QuerySet, name: str, few: list[tuple[int, str]]) -> Count:
    """Encrypt a few rows again, each only if it still holds what was read: no save is lost."""
    wanted, unreadable = [], 0
    for pk, held in few:
        try:
            if not is_newest(held):
                wanted.append((pk, held, renew(held)))
        except InvalidToken:
            unreadable += 1
    with transaction.atomic():
        rotated = sum(
            rows.filter(pk=pk, as_held=held).update(**{name: Held(new)}) for pk, held, new in wanted
        )
    return Count(rotated, len(few) - rotated - unreadable, unreadable)


@dataclass(frozen=True)
class Rotation:
    """What a rotation did, by column, and how many keys there are."""

    columns: dict[str, Count]
    keys: int
    is_new_key: bool
    is_whole: bool  # the last round found nothing under an older key

    @property
    def rotated(self) -> int:
        """How many values were encrypted again."""
        return sum(count.rotated for count in self.columns.values())

    @property
    def unreadable(self) -> dict[str, int]:
        """Columns with values that no key fits, and how many they are."""
        return {name: each.unreadable for name, each in self.columns.items() if each.unreadable}


def rotate_keys() -> Rotation:
    """Make a new key if the keys are in the data directory; encrypt everything with the newest.

    If an earlier rotation was interrupted, that one is completed and no key is made. Others can
    read and write at the same time.
    """
    columns, is_whole = _rounds()
    is_new_key = not any(count.rotated for count in columns.values()) and _made_a_key()
    if is_new_key:
        columns, is_whole = _rounds()
    return Rotation(columns, len(present_keys()), is_new_key, is_whole)


def _made_a_key() -> bool:
    try:
        add_newest_key()
    except KeysAreGiven:
        return False
    return True


def _rounds() -> tuple[dict[str, Count], bool]:
    """Repeat until nothing is left: a running transaction can still write with an older key."""
    total = found = rotate_all()
    for _ in range(MOST_ROUNDS):
        if not any(count.rotated for count in found.values()):
            return total, True
        found = rotate_all()
        total = {name: total[name] + Count(rotated=count.rotated) for name, count in found.items()}
    return total, False
