"""Codes of authenticator apps and recovery codes: each of them works once.

allauth marks a used code in the cache. Here, one conditional update in the database claims the
code's time step, so that of two at the same time only one succeeds, on both databases.
"""

import re
import time

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt

from letterhead.accounts.models import UsedStep, User
from letterhead.accounts.two_factor.seeds import UnreadableSeed


def digits_of(typed: str) -> str:
    """Return the ASCII digits of a code; "" if anything else was typed.

    Spaces and hyphens are removed, since apps show codes in groups.
    """
    code = re.sub(r"[ \t\r\n-]", "", typed)
    return code if re.fullmatch(r"[0-9]+", code) else ""


class AppCodes(TOTP):
    """allauth's codes of an authenticator app, claimed in the database."""

    def validate_code(self, code: str) -> bool:
        """Use a code; return whether it is valid now and wasn't used before."""
        step = step_of(decrypt(self.instance.data["secret"]), code)
        return step is not None and claim(self.instance, step)


def step_of(secret: str, code: str) -> int | None:
    """Return the time step of a code: the present one or the one before; None for any other code.

    The step before is for a code typed in its last second, and for a phone that is a little slow.

    Source: RFC 6238, section 5.2.
    """
    now = int(time.time()) // app_settings.TOTP_PERIOD
    for step in (now, now - 1):
        if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, step))):
            return step
    return None


def claim(authenticator: Authenticator, step: int) -> bool:
    """Mark a time step as used; return False if it was already."""
    later = UsedStep.objects.filter(authenticator=authenticator, step__lt=step)
    if later.update(step=step):
        return True
    _, made = UsedStep.objects.get_or_create(authenticator=authenticator, defaults={"step": step})
    return made


def accepted(user: User, code: str) -> Authenticator | None:
    """Use a code, of the app or for recovery; return what made it, None if it isn't right.

    No code is right for a seed that can't be read.
    """
    rows = Authenticator.objects.filter(user_id=user.pk).exclude(type=Authenticator.Type.WEBAUTHN)
    for authenticator in rows.order_by("-type") if code else []:
        is_app = authenticator.type == Authenticator.Type.TOTP
        way = AppCodes(authenticator) if is_app else authenticator.wrap()
        try:
            is_right = way.validate_code(code)
        except UnreadableSeed:
            continue
        if is_right:
            authenticator.user = user
            return authenticator
    return None
