"""How passwords are kept: Argon2id over the one way of writing them (NFKC).

The same letters reach us composed from one keyboard and in pieces from another (é, e + ´), wide or
narrow. Normalised here, when set and when checked alike, both are one password.
"""

import unicodedata
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher

MOST_TYPED = 4_000  # an ü can be typed as two characters; counted is what is kept


def normalised(password: str) -> str:
    """Write a password in the one way in which it is counted, checked and hashed.

    What is longer than any password we take stays as it is: a megabyte of accents would keep
    a core busy for hours. Source: NIST SP 800-63B-4, 3.1.1.2.
    """
    return password if len(password) > MOST_TYPED else unicodedata.normalize("NFKC", password)


class NormalisingHasher(Argon2PasswordHasher):
    """Argon2id at the cost that settings.ARGON2 states.

    A name of its own tells these hashes from those made before, of passwords as they were typed:
    each is checked in its own way with one hash, so that time tells nothing. The older ones, and
    those of another cost, are made anew at the next log-in.
    """

    algorithm = "argon2nfkc"
    time_cost = settings.ARGON2["time_cost"]
    memory_cost = settings.ARGON2["memory_cost"]
    parallelism = settings.ARGON2["parallelism"]

    def encode(self, password: str, salt: str) -> Any:
        """Hash a password."""
        return super().encode(normalised(password), salt)

    def verify(self, password: str, encoded: str) -> bool:
        """Compare a password with a hash."""
        return bool(super().verify(normalised(password), encoded))
