"""Whose a login email is isn't known until a link that was mailed to it was opened.

Who registers a practice works at once, with an email that nobody has proven. When its owner turns
up by a reset link or an invitation, what was made before ends: it can be somebody else's.
Practices are in higher rooms, which register look-ups and what they do then.
"""

from collections.abc import Callable, Iterable
from functools import partial

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from letterhead.accounts.limits import forget_addresses
from letterhead.accounts.log_ins import end_all
from letterhead.accounts.mails import language_of
from letterhead.accounts.models import TrustedDevice, TypedText, User
from letterhead.accounts.recording import record_for
from letterhead.outbox.mail import absolute, post

VALID_DAYS = 7
_SALT = "prove login email"

NamesOf = Callable[[int], Iterable[str]]
Hook = Callable[[User], None]
ClaimHook = Callable[[User, bool], None]
_names: list[NamesOf] = []
_when_proven: list[Hook] = []
_when_claimed: list[ClaimHook] = []


class Unproven(Exception):
    """Not before the login email of who registered the practice is proven."""


class NoProof(Exception):
    """The link is older than a week, isn't ours, or is for an email that isn't used anymore."""


def register_what_was_registered(look_up: NamesOf) -> None:
    """Have `look_up(user_id)` return the practices a user registered; in `AppConfig.ready` only."""
    _names[:] = [look_up]


def on_proof(hook: Hook) -> None:
    """Call `hook(user)` in the transaction that proves an email; in `AppConfig.ready` only."""
    _when_proven[:] = [hook]


def on_claim(hook: ClaimHook) -> None:
    """Call `hook(user, keeps)` in the transaction of `take_over`; in `AppConfig.ready` only."""
    _when_claimed[:] = [hook]


def registered_unproven(user: User) -> list[str]:
    """Return the practices that were registered with a login's email before it was proven."""
    if user.is_proven:
        return []
    return [name for look_up in _names for name in look_up(user.pk)]


def unproven_with(email: str, *, locked: bool = False) -> User | None:
    """Return the login with this email, if nobody has proven that it is theirs.

    `locked`: until the caller's transaction ends.
    """
    users = User.objects.select_for_update() if locked else User.objects.all()
    return users.filter(email__iexact=email, is_active=True, proven_at=None).first()


def mail_proof(user: User, *, practice_name: str) -> None:
    """Email the link that proves the login email, in the caller's transaction."""
    token = signing.dumps([user.pk, user.email], salt=_SALT)
    context = {
        "user": user,
        "practice_name": practice_name,
        "url": absolute(reverse("confirm-login-email", args=[token])),
        "days": VALID_DAYS,
    }
    template = "accounts/log_in/mail/confirm_login_email"
    post(to=user.email, template=template, context=context, language=language_of(user.pk))


def check_proof(token: str, *, of: User) -> None:
    """Raise NoProof unless the link is one that was mailed to this user's email."""
    try:
        found = signing.loads(token, salt=_SALT, max_age=VALID_DAYS * 24 * 60 * 60)
    except signing.BadSignature as wrong:
        raise NoProof from wrong
    if found != [of.pk, of.email]:
        raise NoProof


def prove(user: User) -> None:
    """Take the login email as its user's; what waited for it happens. In the caller's transaction.

    A second time nothing happens.
    """
    now = timezone.now()
    if not User.objects.filter(pk=user.pk, proven_at=None).update(proven_at=now):
        return
    user.proven_at = now
    EmailAddress.objects.filter(user_id=user.pk, email__iexact=user.email).update(verified=True)
    for hook in _when_proven:
        hook(user)
    record_for(user, gettext_noop("confirmed the login email"), about=user.email)


@transaction.atomic(durable=True)
def confirm(user: User) -> None:
    """Prove the login email, by the link that was mailed to it."""
    prove(user)


@transaction.atomic(durable=True)
def send_again(user: User) -> None:
    """Email the link again."""
    mail_proof(user, practice_name=", ".join(registered_unproven(user)))


def take_over(user: User, *, keeps: bool, hashed: str) -> User:
    """Give an unproven login to the owner of its email, in the caller's transaction.

    Sessions, second steps, trusted devices and other addresses from before end. With `keeps` what
    was registered is the owner's own; else it stays behind with a login that nobody can use, and
    the owner gets a new one, which is returned. `hashed` is the owner's password.
    """
    if not keeps:  # recorded in its practice, before that is out of reach
        record_for(user, gettext_noop("lost the login email to its owner"), about=user.email)
    for hook in _when_claimed:
        hook(user, keeps)
    end_all(user)
    for model in (Authenticator, TrustedDevice, TypedText):
        model.objects.filter(user_id=user.pk).delete()
    EmailAddress.objects.filter(user_id=user.pk).exclude(email__iexact=user.email).delete()
    transaction.on_commit(partial(forget_addresses, user.email))
    owner = user if keeps else _new_login(user)
    owner.password = hashed
    owner.save(update_fields=["password"])
    prove(owner)
    return owner


def _new_login(before: User) -> User:
    """Return a new login with the email of another, which is shut."""
    email = before.email
    EmailAddress.objects.filter(user_id=before.pk).delete()
    User.objects.filter(pk=before.pk).update(
        email=f"nobody-{before.pk}@letterhead.invalid",
        password=make_password(None),
        is_active=False,
    )
    user = User.objects.create(email=email, password=make_password(None))
    EmailAddress.objects.create(user=user, email=email.lower(), primary=True)
    return user
