"""Changes to a person's two-factor authentication: each is emailed and recorded.

allauth's flows make the change, by its own rules. They need the request, since its session holds
who is logged in and how they confirmed it.
"""

from typing import TYPE_CHECKING, Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.flows import (
    auto_generate_recovery_codes,
    generate_recovery_codes,
)
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.totp.internal.flows import activate_totp, deactivate_totp
from allauth.mfa.webauthn.internal.flows import (
    add_authenticator,
    remove_authenticator,
    rename_authenticator,
)
from django.db import transaction
from django.http import HttpRequest  # noqa: TID251 (what allauth's flows are given)
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from letterhead.accounts.log_ins import end_all, renew_key
from letterhead.accounts.mails import email_user
from letterhead.accounts.models import User
from letterhead.accounts.queries import ALONE, authenticators_of, has_two_factor, required_by
from letterhead.accounts.recording import record_for
from letterhead.accounts.two_factor.codes import claim, step_of
from letterhead.accounts.two_factor.pending import drop_seed
from letterhead.accounts.two_factor.trusted import forget_all
from letterhead.activity.models import Kind
from letterhead.activity.origin import present_origin

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

MAIL = "accounts/two_factor/mail/two_factor_changed"


class Required(Exception):
    """Practices require this person's two-factor authentication; `names` are theirs."""

    def __init__(self, names: list[str]) -> None:
        super().__init__("two-factor authentication is required")
        self.names = names


class Unknown(Exception):
    """No one logs in with this email."""


class NothingToReset(Exception):
    """The user with this email has no second step."""


@transaction.atomic(durable=True)
def turn_on_app(request: HttpRequest, form: Any) -> bool:
    """Ask for an authenticator app's code at logins; return whether recovery codes were made."""
    had = has_two_factor(form.user)
    authenticator, codes = activate_totp(request, form)
    step = step_of(form.secret, form.cleaned_data["code"])
    if step is not None:
        claim(authenticator, step)  # the code that set it up can't log in too
    _confirmed(request, authenticator, turned_on=not had)
    what, act = _("An authenticator app was set up"), gettext_noop("set up an authenticator app")
    _notify(authenticator.user, what, act)
    return codes is not None


@transaction.atomic(durable=True)
def replace_app(request: HttpRequest, form: Any) -> bool:
    """Put a new authenticator app in the place of the old one, whose codes stop working.

    The caller has checked who it is. Return whether recovery codes were made: if there are none.
    """
    user = User.objects.select_for_update().get(pk=form.user.pk)  # of two at once, one waits
    Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).delete()
    authenticator = TOTP.activate(user, form.secret).instance
    step = step_of(form.secret, form.cleaned_data["code"])
    if step is not None:
        claim(authenticator, step)
    codes = auto_generate_recovery_codes(request)
    drop_seed(request)
    _confirmed(request, authenticator)
    what, act = (
        _("The authenticator app was replaced"),
        gettext_noop("replaced the authenticator app"),
    )
    _notify(user, what, act)
    return codes is not None


@transaction.atomic(durable=True)
def turn_off_app(request: HttpRequest, authenticator: Authenticator) -> None:
    """Stop asking for the app's code."""
    user = authenticator.user
    deactivate_totp(request, authenticator)
    what, act = _("An authenticator app was removed"), gettext_noop("removed an authenticator app")
    _notify(user, what, act)


@transaction.atomic(durable=True)
def add_passkey(request: HttpRequest, *, name: str, credential: Any, alone: bool) -> bool:
    """Add a passkey or security key; return whether recovery codes were made.

    `alone`: whether it logs in without the password.
    """
    had = has_two_factor(_who(request))
    authenticator, codes = add_authenticator(request, name, credential)
    authenticator.data[ALONE] = alone
    authenticator.save(update_fields=["data"])
    _confirmed(request, authenticator, turned_on=not had)
    what, act = _("A passkey was added"), gettext_noop("added a passkey")
    _notify(authenticator.user, what, act, about=name)
    return codes is not None


@transaction.atomic(durable=True)
def remove_passkey(request: HttpRequest, authenticator: Authenticator) -> None:
    """Remove a passkey or security key."""
    user, name = authenticator.user, str(authenticator)
    remove_authenticator(request, authenticator)
    what, act = _("A passkey was removed"), gettext_noop("removed a passkey")
    _notify(user, what, act, about=name)


@transaction.atomic(durable=True)
def rename_passkey(request: HttpRequest, authenticator: Authenticator, *, name: str) -> None:
    """Rename a passkey or security key."""
    before = str(authenticator)
    rename_authenticator(request, authenticator, name)
    changes = {"name": [before, name]}
    act = gettext_noop("renamed a passkey")
    record_for(authenticator.user, act, about=name, changes=changes)


@transaction.atomic(durable=True)
def make_recovery_codes(request: HttpRequest) -> None:
    """Make ten new recovery codes; the old ones stop working."""
    user = generate_recovery_codes(request).user
    what, act = _("New recovery codes were made"), gettext_noop("made new recovery codes")
    _notify(user, what, act)


@transaction.atomic(durable=True)
def turn_off(request: HttpRequest, user: User) -> None:
    """Turn off every second step: only the password is asked for. Raises Required."""
    if names := required_by(user):
        raise Required(names)
    for authenticator in authenticators_of(user):
        if authenticator.type == Authenticator.Type.TOTP:
            deactivate_totp(request, authenticator)
        elif authenticator.type == Authenticator.Type.WEBAUTHN:
            remove_authenticator(request, authenticator)
    act = gettext_noop("turned off two-factor authentication")
    _notify(user, _("Two-factor authentication was turned off"), act)


@transaction.atomic(durable=True)
def reset_two_factor(*, email: str, reason: str, by: str) -> User:
    """Remove the second step of someone who lost it: for support.

    All sessions end too, so that anyone who found the device is logged out. Raises Unknown, and
    NothingToReset if there is no second step.
    """
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        raise Unknown(email)
    if not has_two_factor(user):
        raise NothingToReset(email)
    Authenticator.objects.filter(user_id=user.pk).delete()
    forget_all(user)
    end_all(user)
    act, what = (
        gettext_noop("reset two-factor authentication"),
        _("Two-factor authentication was reset"),
    )
    context = {"what": what, "reason": reason, "has_two_factor": False}
    email_user(user, template=MAIL, context=context)
    changes = {"reason": ["", reason]}
    record_for(user, act, kind=Kind.SUPPORT, by=by, about=user.email, changes=changes)
    return user


def _who(request: HttpRequest) -> User:
    user: User = request.user  # type: ignore[assignment]  # only who is logged in gets here
    return user


def _confirmed(
    request: HttpRequest, authenticator: Authenticator, *, turned_on: bool = False
) -> None:
    """Setting it up confirmed who the person is: what follows right away doesn't ask again.

    If it was turned on by this, all other sessions end: they began with only a password.
    """
    how = {"id": authenticator.pk, "type": authenticator.type, "reauthenticated": True}
    record_authentication(request, authenticator.user, "mfa", **how)
    renew_key(request)
    if turned_on:
        end_all(authenticator.user, but=request.session.session_key)


def _notify(user: User, what: "_StrPromise", act: str, *, about: str = "") -> None:
    has = has_two_factor(user)
    if not has:
        forget_all(user)
    origin = present_origin()
    context = {
        "what": what,
        "about": about,
        "device": origin.agent,
        "address": origin.address,
        "has_two_factor": has,
    }
    email_user(user, template=MAIL, context=context)
    record_for(user, act, about=about)
