"""The seeds of authenticator apps and recovery codes: each is bound to its person and kind.

allauth asks our adapter to encrypt and decrypt without saying whose seed it is. So the rows say it:
a seed is bound when its row is saved, and knows its place when the row is read.
"""

import logging
from typing import Any

from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.db import transaction

from letterhead.encryption.keys import bind, decrypt, encrypt, is_newest, place, renew
from letterhead.encryption.rotation import Count

log = logging.getLogger(__name__)
# Where allauth stores what our adapter encrypts. Of each kind, a person has one row.
_SEED_OF = {"totp": "secret", "recovery_codes": "seed"}
_NOT_SAVED = place("mfa_authenticator", "data", "not saved yet")


class Seed(str):
    """An encrypted seed that knows the place it is for."""

    at: str


def new_seed(text: str) -> str:
    """Encrypt a seed whose row isn't known yet."""
    return encrypt(text, at=_NOT_SAVED)


class UnreadableSeed(InvalidToken):
    """No key fits a seed, or it isn't its row's. Templates show nothing in its place."""

    silent_variable_failure = True


def read_seed(token: str) -> str:
    """Decrypt a seed of a row. Raises UnreadableSeed, which is logged."""
    at = token.at if isinstance(token, Seed) else _NOT_SAVED
    try:
        return decrypt(token, at=at)
    except InvalidToken as why:
        log.error("%s isn't readable: %s", at, type(why).__name__)
        raise UnreadableSeed(at) from why


def bind_new_seed(*, instance: Any, **_: object) -> None:
    """Bind a new seed to its person, before its row is saved."""
    name = _SEED_OF.get(instance.type, "")
    token = instance.data.get(name)
    if token and not isinstance(token, Seed):
        text = decrypt(token, at=_NOT_SAVED)
        instance.data[name] = _seed(encrypt(text, at=_place_of(instance)), instance)


def tell_seed_its_place(*, instance: Any, **_: object) -> None:
    """Have a seed that was read know whose it has to be."""
    name = _SEED_OF.get(instance.type, "")
    if instance.pk and name in instance.__dict__.get("data", ()):
        instance.data[name] = _seed(instance.data[name], instance)


def _seed(token: str, row: Any) -> Seed:
    seed = Seed(token)
    seed.at = _place_of(row)
    return seed


def _place_of(row: Any) -> str:
    return place("mfa_authenticator", f"data.{row.type}", row.user_id)


def bind_seeds(model: Any) -> None:
    """Bind the seeds of before secrets had places, for a migration; `model` is as it was then."""
    for row in model.objects.filter(type__in=_SEED_OF).order_by("pk"):
        name = _SEED_OF[row.type]
        try:
            row.data[name] = bind(row.data.get(name, ""), at=_place_of(row))
        except InvalidToken:
            continue
        row.save(update_fields=["data"])


def rotate_seeds() -> Count:
    """Encrypt every seed with the newest key, for `letterhead rotate-keys`."""
    counted = Count()
    rows = Authenticator.objects.filter(type__in=_SEED_OF).order_by("pk")
    for pk in rows.values_list("pk", flat=True):
        counted += _rotate_one(pk)
    return counted


@transaction.atomic
def _rotate_one(pk: int) -> Count:
    """Rotate one row, locked: the same JSON holds which recovery codes are used."""
    row = Authenticator.objects.select_for_update().filter(pk=pk).first()
    name = _SEED_OF[row.type] if row else ""
    if row is None or name not in row.data:  # just deleted, or codes from before seeds
        return Count()
    try:
        if is_newest(row.data[name]):
            return Count(already=1)
        row.data[name] = _seed(renew(row.data[name]), row)
    except InvalidToken:
        return Count(unreadable=1)
    row.save(update_fields=["data"])
    return Count(rotated=1)
