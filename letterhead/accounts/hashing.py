"""How passwords are stored: as Argon2id hashes of their normalized text (NFKC).

One keyboard sends é as one character and another as two (e + ´), and some send wide letters. Since
passwords are normalized when they are set and when they are checked, these are the same password.
"""

import unicodedata
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher

MOST_TYPED = 4_000  # an ü can be typed as two characters; limits count the normalized text


def normalized(password: str) -> str:
    """Return a password in the form in which it is counted, checked and hashed.

    Text longer than any password stays as it is: normalizing a megabyte of accents would take
    hours. Source: NIST SP 800-63B-4, 3.1.1.2.
    """
    return password if len(password) > MOST_TYPED else unicodedata.normalize("NFKC", password)


class NormalizingHasher(Argon2PasswordHasher):
    """Argon2id at the cost in settings.ARGON2.

    Its own name separates these hashes from older ones of passwords as they were typed. Each kind
    is checked with one hash, so that the time it takes reveals nothing. Older hashes, and those of
    another cost, are replaced at the next login.
    """

    algorithm = "argon2nfkc"
    time_cost = settings.ARGON2["time_cost"]
    memory_cost = settings.ARGON2["memory_cost"]
    parallelism = settings.ARGON2["parallelism"]

    def encode(self, password: str, salt: str) -> Any:
        """Hash a normalized password."""
        return super().encode(normalized(password), salt)

    def verify(self, password: str, encoded: str) -> bool:
        """Compare a normalized password with a hash."""
        return bool(super().verify(normalized(password), encoded))
