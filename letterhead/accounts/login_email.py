"""Changing the email that someone logs in with: for support. No page and no API does it."""

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from letterhead.accounts.log_ins import end_all
from letterhead.accounts.mails import addresses_of, language_of
from letterhead.accounts.models import User
from letterhead.accounts.recording import record_for
from letterhead.accounts.two_factor.trusted import forget_all
from letterhead.activity.models import Kind
from letterhead.outbox.mail import post
from letterhead.texts.emails import NotAnEmail, read_email

LONGEST_REASON = 500


class CannotChange(Exception):
    """The login email stays as it is; the text says why and what to do, in one line."""


def change_login_email(*, old: str, new: str, reason: str, by: str) -> None:
    """Have the user who logs in as `old` log in as `new`; the contact email stays as it is.

    Every session ends, no device is trusted anymore, both addresses and the contact email are
    notified, and each practice's record says who did it and why. Raises CannotChange.
    """
    reason = " ".join(reason.split())
    new = _checked(new, reason)
    try:
        with transaction.atomic(durable=True):
            _change(_user_with(old), new, reason, by)
    except IntegrityError as taken:
        raise CannotChange(_taken(new)) from taken


def _checked(new: str, reason: str) -> str:
    """Return the new email as it is saved."""
    if not reason or len(reason) > LONGEST_REASON:
        raise CannotChange(f"Give a --reason of 1 to {LONGEST_REASON} characters.")
    try:
        return read_email(new)
    except NotAnEmail as wrong:
        raise CannotChange(f"{ascii(new)} is not an email address: {wrong}") from wrong


def _user_with(old: str) -> User:
    user = User.objects.select_for_update().filter(email__iexact=old).first()
    if user is None:
        raise CannotChange(f"No one logs in with {old}: check the spelling.")
    return user


def _taken(new: str) -> str:
    return f"{new} is already in use: choose another email."


def _change(user: User, new: str, reason: str, by: str) -> None:
    before = user.email
    if before == new:
        raise CannotChange(f"{before} is already their login email: nothing to change.")
    if User.objects.filter(email__iexact=new).exclude(pk=user.pk).exists():
        raise CannotChange(_taken(new))
    addresses, language = addresses_of(user), language_of(user.pk)
    user.email, user.proven_at = new, timezone.now()  # by whoever asked support
    user.save(update_fields=["email", "proven_at"])
    _let_allauth_follow(user)
    end_all(user)
    forget_all(user)
    if new.casefold() not in map(str.casefold, addresses):
        addresses.append(new)
    context = {"old": before, "new": new, "reason": reason}
    template = "accounts/log_in/mail/login_email_changed"
    for address in addresses:
        post(to=address, template=template, context=context, language=language)
    changes = {"login_email": [before, new], "reason": reason}
    act = gettext_noop("changed the login email")
    record_for(user, act, kind=Kind.SUPPORT, by=by, changes=changes)


def _let_allauth_follow(user: User) -> None:
    """Update the row in which allauth stores a login's address."""
    EmailAddress.objects.filter(user_id=user.pk).delete()
    EmailAddress.objects.filter(email__iexact=user.email).delete()  # a leftover
    EmailAddress.objects.create(user_id=user.pk, email=user.email, verified=True, primary=True)
