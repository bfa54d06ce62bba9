"""A new password by a mailed link, for who forgot theirs.

The request only puts a job aside, whoever is asked for: whether there is such a log-in is looked up
by the worker, so that neither words nor time tell. The link's token is Django's: it dies with the
password it was made for, with the next log-in, and after settings.PASSWORD_RESET_TIMEOUT.
"""

from hashlib import sha256

from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.urls import reverse
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from letterhead.accounts.models import User
from letterhead.accounts.passwords.actions import replace_password
from letterhead.outbox.actions import enqueue
from letterhead.outbox.mail import absolute, post

JOB = "password reset"


@transaction.atomic(durable=True)
def ask_for_reset(email: str) -> None:
    """Have a link mailed to this login email, if anybody logs in with it.

    While one is waiting to be sent, no second is.
    """
    marked = sha256(email.casefold().encode()).hexdigest()
    enqueue(JOB, key=f"{JOB} {marked}", email=email)


def mail_link(*, email: str) -> None:
    """Mail the link to the login email as it is kept (the worker's job); unknown ones get none."""
    user = User.objects.filter(email__iexact=email, is_active=True).first()
    if user is None or not user.has_usable_password():
        return
    key = urlsafe_base64_encode(str(user.pk).encode())
    token = default_token_generator.make_token(user)
    url = absolute(reverse("password-reset-link", args=[key, token]))
    with transaction.atomic():
        post(
            to=user.email,
            template="accounts/passwords/mail/password_reset",
            context={"user": user, "url": url},
        )


def user_of_link(key: str, token: str) -> User | None:
    """Give whose link this is; nobody where it was used, has expired, or never was ours."""
    try:
        pk = int(urlsafe_base64_decode(key))
    except (ValueError, OverflowError):
        return None
    if pk.bit_length() > 63:
        return None
    user = User.objects.filter(pk=pk, is_active=True).first()
    return user if user and default_token_generator.check_token(user, token) else None


def reset_password(user: User, new: str) -> None:
    """Set the password by a link that `user_of_link` found good.

    Every session ends; two-factor stays in force, since nobody is logged in by this.
    Raises PasswordChanged where the link was used at the same moment by somebody else.
    """
    replace_password(user, new, act="reset the password", mail="was_reset")
