"""A new password by an emailed link, for people who forgot theirs.

The request only adds a job, for any email. The worker looks up whether there is such a login, so
that neither the answer nor its time reveals it. The link's token is Django's: it expires when the
password changes, with the next login, after settings.PASSWORD_RESET_TIMEOUT, and when a newer link
is mailed.
"""

from hashlib import sha256
from typing import Any

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode
from django.utils.translation import gettext_noop

from letterhead.accounts.mails import language_of
from letterhead.accounts.models import User
from letterhead.accounts.passwords.actions import replace_password
from letterhead.outbox.actions import enqueue
from letterhead.outbox.mail import absolute, post

JOB = "password reset"


class NewestLink(PasswordResetTokenGenerator):
    """Tokens that end when a newer link is mailed."""

    def _make_hash_value(self, user: Any, timestamp: int) -> str:
        return f"{super()._make_hash_value(user, timestamp)} {user.reset_links}"


LINKS = NewestLink()


@transaction.atomic(durable=True)
def ask_for_reset(email: str) -> None:
    """Have a link emailed to this login email, if someone logs in with it.

    While one is waiting to be sent, no second one is added.
    """
    marked = sha256(email.casefold().encode()).hexdigest()
    enqueue(JOB, key=f"{JOB} {marked}", email=email)


def mail_link(*, email: str) -> None:
    """Email the link to the login email as it is stored (the worker's job); others get none."""
    user = User.objects.filter(email__iexact=email, is_active=True).first()
    if user is None or not user.has_usable_password():
        return
    key = urlsafe_base64_encode(str(user.pk).encode())
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(reset_links=F("reset_links") + 1)
        user.refresh_from_db(fields=["reset_links"])
        url = absolute(reverse("password-reset-link", args=[key, LINKS.make_token(user)]))
        post(
            to=user.email,
            template="accounts/passwords/mail/password_reset",
            context={"user": user, "url": url},
            language=language_of(user.pk),
        )


def user_of_link(key: str, token: str) -> User | None:
    """Return the user of a link; None if it was used, has expired, or isn't ours."""
    try:
        pk = int(urlsafe_base64_decode(key))
    except (ValueError, OverflowError):
        return None
    if pk.bit_length() > 63:
        return None
    user = User.objects.filter(pk=pk, is_active=True).first()
    return user if user and LINKS.check_token(user, token) else None


def reset_password(user: User, new: str, *, keeps: bool = True) -> None:
    """Set the password after `user_of_link` accepted the link.

    Every session ends. This logs no one in, so two-factor authentication still applies, unless it
    was set up before anyone proved the email: then all that ends, and `keeps` says whether what was
    registered with it is the owner's. Raises
    PasswordChanged if the link was used by someone else at the same moment.
    """
    act = gettext_noop("reset the password")
    replace_password(user, new, act=act, mail="was_reset", keeps=keeps)
