"""The seeds of authenticator apps and recovery codes: encrypted, and encrypted again."""

from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import connection

from letterhead.encryption.keys import is_newest
from letterhead.encryption.rotation import Count, rotate_keys


@pytest.fixture
def seed(own_keys: object, cast: SimpleNamespace) -> str:
    """Dana's authenticator app and recovery codes, of which one is used."""
    secret: str = generate_totp_secret()
    TOTP.activate(cast.dana.user, secret)
    codes = RecoveryCodes.activate(cast.dana.user)
    assert codes.validate_code(codes.generate_codes()[0])
    return secret


def held() -> str:
    """What the database itself holds of all seeds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator ORDER BY id")
        return " ".join(str(row[0]) for row in cursor.fetchall())


def test_a_row_read_by_sql_holds_no_seed(seed: str) -> None:
    text = held()

    assert text.count("gAAAA") == 2
    assert not any(seed[at : at + 6] in text for at in range(len(seed) - 5))


def test_seeds_get_the_newest_key_and_used_codes_stay_used(
    seed: str, cast: SimpleNamespace
) -> None:
    before = RecoveryCodes.activate(cast.dana.user)
    codes, unused = before.generate_codes(), before.get_unused_codes()

    done = rotate_keys()

    assert done.columns["seeds of codes"] == Count(rotated=2)
    app, recovery = Authenticator.objects.order_by("pk")
    assert is_newest(app.data["secret"])
    assert is_newest(recovery.data["seed"])
    assert RecoveryCodes(recovery).generate_codes() == codes
    assert RecoveryCodes(recovery).get_unused_codes() == unused == codes[1:]


def test_what_has_the_newest_key_is_left_alone(seed: str) -> None:
    rotate_keys()
    before = held()

    from letterhead.accounts.two_factor.seeds import rotate_seeds

    assert rotate_seeds() == Count(already=2)
    assert held() == before


def test_a_seed_that_no_key_fits_is_reported(seed: str) -> None:
    row = Authenticator.objects.get(type=Authenticator.Type.TOTP)
    Authenticator.objects.filter(pk=row.pk).update(data={"secret": "gAAAAno-token"})

    assert rotate_keys().unreadable == {"seeds of codes": 1}
