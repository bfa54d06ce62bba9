"""The seed of an authenticator app that is being set up: one for each session.

A reload or a second tab shows the same key and QR code, so that the app that scanned it fits. It
stays, encrypted for its person, until it is used, canceled or 30 minutes old.
"""

import time
from contextlib import suppress

from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, generate_totp_secret
from cryptography.fernet import InvalidToken
from django.http import HttpRequest  # noqa: TID251 (its session holds the seed)

from letterhead.encryption.fields import decrypt, encrypt, place

SINCE = "two-factor-seed-since"
LASTS = 30 * 60


def pending_seed(request: HttpRequest) -> str:
    """Return the seed of this session, made if there is none, or if it is too old or unreadable."""
    session, at = request.session, place("accounts_session", "two-factor seed", request.user.pk)
    stored = session.get(SECRET_SESSION_KEY)
    if stored and time.time() - session.get(SINCE, 0) < LASTS:
        with suppress(InvalidToken):
            return decrypt(stored, at=at)
    seed: str = generate_totp_secret()
    session[SECRET_SESSION_KEY], session[SINCE] = encrypt(seed, at=at), time.time()
    return seed


def drop_seed(request: HttpRequest) -> None:
    """Forget the seed: it was used, or the set-up was canceled."""
    for name in (SECRET_SESSION_KEY, SINCE):
        request.session.pop(name, None)
