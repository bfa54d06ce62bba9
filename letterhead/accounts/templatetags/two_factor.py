"""What My Details says of one's two-factor authentication."""

from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django import template

from letterhead.accounts.models import User
from letterhead.accounts.queries import authenticators_of

register = template.Library()


@dataclass(frozen=True)
class TwoFactor:
    """Whether it is on, and what with."""

    is_on: bool
    in_words: str


@register.simple_tag
def two_factor_of(user: Any) -> TwoFactor:
    """Give it for who is logged in, in one query."""
    if not isinstance(user, User):  # a preview has nobody
        return TwoFactor(is_on=False, in_words="")
    rows = authenticators_of(user)
    keys = sum(row.type == Authenticator.Type.WEBAUTHN for row in rows)
    app = any(row.type == Authenticator.Type.TOTP for row in rows)
    ways = ["authenticator app"] * app
    ways += [f"{keys} passkey" + "s" * (keys > 1)] * bool(keys)
    return TwoFactor(is_on=bool(ways), in_words=", ".join(ways).capitalize())
