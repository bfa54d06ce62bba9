"""Changing the email that somebody logs in with: a support act. No page and no API does it."""

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from letterhead.accounts.log_ins import end_all
from letterhead.accounts.mails import addresses_of
from letterhead.accounts.models import User
from letterhead.accounts.recording import record_for
from letterhead.accounts.two_factor.trusted import forget_all
from letterhead.activity.models import Kind
from letterhead.outbox.mail import post

LONGEST_REASON = 500


class CannotChange(Exception):
    """The login email stays as it is; the text says why and what to do, in one line."""


def change_login_email(*, old: str, new: str, reason: str, by: str) -> None:
    """Let whoever logs in as `old` log in as `new`; the contact email stays as it is.

    Every session ends, no device is trusted any longer, both addresses and the contact email are
    mailed, and each practice's record says who did it and why. Raises CannotChange.
    """
    reason = " ".join(reason.split())
    _check(new, reason)
    try:
        with transaction.atomic(durable=True):
            _change(_whose(old), new, reason, by)
    except IntegrityError as taken:
        raise CannotChange(_taken(new)) from taken


def _check(new: str, reason: str) -> None:
    try:
        validate_email(new)
    except ValidationError as wrong:
        raise CannotChange(f"{new!r} is not an email address: check the spelling.") from wrong
    if len(new) > 254:
        raise CannotChange("The new email is longer than 254 characters: use a shorter one.")
    if not reason or len(reason) > LONGEST_REASON:
        raise CannotChange(f"Give a --reason of 1 to {LONGEST_REASON} characters.")


def _whose(old: str) -> User:
    user = User.objects.select_for_update().filter(email__iexact=old).first()
    if user is None:
        raise CannotChange(f"Nobody logs in with {old}: check the spelling.")
    return user


def _taken(new: str) -> str:
    return f"Somebody logs in with {new} already: choose another email."


def _change(user: User, new: str, reason: str, by: str) -> None:
    before = user.email
    if before == new:
        raise CannotChange(f"{before} is what they log in with: nothing to change.")
    if User.objects.filter(email__iexact=new).exclude(pk=user.pk).exists():
        raise CannotChange(_taken(new))
    told = addresses_of(user)
    user.email = new
    user.save(update_fields=["email"])
    _let_allauth_follow(user)
    end_all(user)
    forget_all(user)
    told += [new] if new.casefold() not in map(str.casefold, told) else []
    for address in told:
        context = {"old": before, "new": new, "reason": reason}
        post(to=address, template="accounts/log_in/mail/login_email_changed", context=context)
    changes = {"login_email": [before, new], "reason": reason}
    record_for(user, "changed the login email", kind=Kind.SUPPORT, by=by, changes=changes)


def _let_allauth_follow(user: User) -> None:
    """Keep the one row by which allauth knows a log-in's address."""
    EmailAddress.objects.filter(user_id=user.pk).delete()
    EmailAddress.objects.filter(email__iexact=user.email).delete()  # nobody logs in with it
    EmailAddress.objects.create(user_id=user.pk, email=user.email, verified=True, primary=True)
