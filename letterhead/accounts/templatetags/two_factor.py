"""What My Details shows about two-factor authentication."""

from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django import template
from django.utils.translation import gettext, ngettext

from letterhead.accounts.models import User
from letterhead.accounts.queries import authenticators_of, works_alone

register = template.Library()
register.filter("works_alone", works_alone)


@dataclass(frozen=True)
class TwoFactor:
    """Whether it is on, and with which second steps."""

    is_on: bool
    in_words: str
    has_app: bool = False


@register.simple_tag
def two_factor_of(user: Any) -> TwoFactor:
    """Return it for the user, in one query."""
    if not isinstance(user, User):  # a preview has no user
        return TwoFactor(is_on=False, in_words="")
    rows = authenticators_of(user)
    keys = sum(row.type == Authenticator.Type.WEBAUTHN for row in rows)
    app = any(row.type == Authenticator.Type.TOTP for row in rows)
    steps = [gettext("Authenticator app")] if app else []
    if keys:
        steps.append(ngettext("%(count)d passkey", "%(count)d passkeys", keys) % {"count": keys})
    return TwoFactor(is_on=bool(steps), in_words=", ".join(steps), has_app=app)
