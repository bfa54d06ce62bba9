"""The seeds of authenticator apps and recovery codes, encrypted again when keys rotate."""

from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.db import transaction

from letterhead.encryption.keys import decrypt, encrypt, is_newest
from letterhead.encryption.rotation import Count

# Where allauth stores what our adapter encrypts.
_SEED_OF = {Authenticator.Type.TOTP: "secret", Authenticator.Type.RECOVERY_CODES: "seed"}


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
    name = _SEED_OF[Authenticator.Type(row.type)] if row else ""
    if row is None or name not in row.data:  # just deleted, or codes from before seeds
        return Count()
    try:
        if is_newest(row.data[name]):
            return Count(already=1)
        row.data[name] = encrypt(decrypt(row.data[name]))
    except InvalidToken:
        return Count(unreadable=1)
    row.save(update_fields=["data"])
    return Count(rotated=1)
