"""What a person changes about their two-factor authentication: each told by mail and recorded.

allauth's flows do the change, with its own rules; they need the request, since who asks and what
was proved is kept in its session.
"""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.flows import generate_recovery_codes
from allauth.mfa.totp.internal.flows import activate_totp, deactivate_totp
from allauth.mfa.webauthn.internal.flows import (
    add_authenticator,
    remove_authenticator,
    rename_authenticator,
)
from django.db import transaction
from django.http import HttpRequest  # noqa: TID251 (what allauth's flows are given)

from letterhead.accounts.log_ins import end_all, renew_key
from letterhead.accounts.mails import tell
from letterhead.accounts.models import User
from letterhead.accounts.queries import authenticators_of, has_two_factor, required_by
from letterhead.accounts.recording import record_for
from letterhead.accounts.two_factor.codes import claim, step_of
from letterhead.accounts.two_factor.trusted import forget_all
from letterhead.activity.models import Kind
from letterhead.activity.origin import present_origin

MAIL = "accounts/two_factor/mail/two_factor_changed"


class Required(Exception):
    """Practices require this person's two-factor authentication; `names` says which."""

    def __init__(self, names: list[str]) -> None:
        super().__init__("two-factor authentication is required")
        self.names = names


class Unknown(Exception):
    """Nobody logs in with this email."""


class NothingToReset(Exception):
    """Who logs in with this email has no second step."""


@transaction.atomic(durable=True)
def turn_on_app(request: HttpRequest, form: Any) -> bool:
    """Have log-ins ask for an authenticator app's code; say whether recovery codes were made."""
    authenticator, codes = activate_totp(request, form)
    step = step_of(form.secret, form.cleaned_data["code"])
    if step is not None:
        claim(authenticator, step)  # the code that set it up doesn't log in too
    _proved(request, authenticator)
    _tell(authenticator.user, "An authenticator app was set up", "set up an authenticator app")
    return codes is not None


@transaction.atomic(durable=True)
def turn_off_app(request: HttpRequest, authenticator: Authenticator) -> None:
    """Ask for the app's code no longer."""
    user = authenticator.user
    deactivate_totp(request, authenticator)
    _tell(user, "An authenticator app was removed", "removed an authenticator app")


@transaction.atomic(durable=True)
def add_passkey(request: HttpRequest, *, name: str, credential: Any) -> bool:
    """Add a passkey or security key; say whether recovery codes were made."""
    authenticator, codes = add_authenticator(request, name, credential)
    _proved(request, authenticator)
    _tell(authenticator.user, "A passkey was added", "added a passkey", about=name)
    return codes is not None


@transaction.atomic(durable=True)
def remove_passkey(request: HttpRequest, authenticator: Authenticator) -> None:
    """Know a passkey no longer."""
    user, name = authenticator.user, str(authenticator)
    remove_authenticator(request, authenticator)
    _tell(user, "A passkey was removed", "removed a passkey", about=name)


@transaction.atomic(durable=True)
def rename_passkey(request: HttpRequest, authenticator: Authenticator, *, name: str) -> None:
    """Call a passkey otherwise."""
    before = str(authenticator)
    rename_authenticator(request, authenticator, name)
    changes = {"name": [before, name]}
    record_for(authenticator.user, "renamed a passkey", about=name, changes=changes)


@transaction.atomic(durable=True)
def make_recovery_codes(request: HttpRequest) -> None:
    """Make ten new recovery codes; those before work no longer."""
    user = generate_recovery_codes(request).user
    _tell(user, "New recovery codes were made", "made new recovery codes")


@transaction.atomic(durable=True)
def turn_off(request: HttpRequest, user: User) -> None:
    """Log in by password alone from now on. Raises Required."""
    if names := required_by(user):
        raise Required(names)
    for authenticator in authenticators_of(user):
        if authenticator.type == Authenticator.Type.TOTP:
            deactivate_totp(request, authenticator)
        elif authenticator.type == Authenticator.Type.WEBAUTHN:
            remove_authenticator(request, authenticator)
    _tell(user, "Two-factor authentication was turned off", "turned off two-factor authentication")


@transaction.atomic(durable=True)
def reset_two_factor(*, email: str, reason: str, by: str) -> User:
    """Take the second step off the log-in of who lost it: a support act.

    Raises Unknown, and NothingToReset for who logs in by password alone already.

    All sessions end too: whoever found the device is logged out.
    """
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        raise Unknown(email)
    if not has_two_factor(user):
        raise NothingToReset(email)
    Authenticator.objects.filter(user_id=user.pk).delete()
    forget_all(user)
    end_all(user)
    act, said = "reset two-factor authentication", "Two-factor authentication was reset"
    context = {"said": said, "reason": reason, "where": "", "has_two_factor": False}
    tell(user, template=MAIL, context=context)
    changes = {"reason": ["", reason]}
    record_for(user, act, kind=Kind.SUPPORT, by=by, about=user.email, changes=changes)
    return user


def _proved(request: HttpRequest, authenticator: Authenticator) -> None:
    """Setting it up proved who one is; what follows at once needs no proof of its own."""
    how = {"id": authenticator.pk, "type": authenticator.type, "reauthenticated": True}
    record_authentication(request, authenticator.user, "mfa", **how)
    renew_key(request)


def _tell(user: User, said: str, act: str, *, about: str = "") -> None:
    has = has_two_factor(user)
    if not has:
        forget_all(user)
    origin = present_origin()
    where = " from ".join(filter(None, (origin.agent, origin.address)))
    context = {"said": said, "about": about, "where": where, "has_two_factor": has}
    tell(user, template=MAIL, context=context)
    record_for(user, act, about=about)
