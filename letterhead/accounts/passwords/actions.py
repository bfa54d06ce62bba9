"""What a password must be, and changing it: other sessions end, devices are forgotten, mails go."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from letterhead.accounts.hashing import normalised
from letterhead.accounts.mails import tell
from letterhead.accounts.models import User
from letterhead.accounts.passwords.strength import worth_of
from letterhead.accounts.recording import record_for
from letterhead.outbox.mail import absolute

LEAST, MOST = 15, 1_000
LEAST_OF_ITS_OWN = 8
PRODUCT = "Letterhead"

NamesOf = Callable[[int], Iterable[str]]
Hook = Callable[[User], None]
_names: list[NamesOf] = []
_hooks: list[Hook] = []


class PasswordChanged(Exception):
    """The password is no longer the one that this change began with; nothing was done."""


@dataclass(frozen=True)
class Chooser:
    """Who chooses a password: what is known of them can't be what it is made of."""

    email: str = ""
    names: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """Give the single words of their names, their practices', their email and ours."""
        texts = (*self.names, self.email, PRODUCT)
        found = (
            word for text in texts for word in re.split(r"[\W_]+", normalised(text).casefold())
        )
        return tuple(sorted({word for word in found if len(word) > 2}, key=len, reverse=True))


def register_names(look_up: NamesOf) -> None:
    """Let `look_up(user_id)` give the names of a person and their practices; from `ready` only."""
    _names[:] = [look_up]


def on_password_change(hook: Hook) -> None:
    """Call `hook(user)` in the transaction of each change or reset; from `AppConfig.ready` only."""
    if hook not in _hooks:
        _hooks.append(hook)


def chooser(user: User) -> Chooser:
    """Give what is known of a person who has a log-in already."""
    return Chooser(user.email, tuple(name for look_up in _names for name in look_up(user.pk)))


def password_errors(password: str, who: Chooser) -> list[str]:
    """Say in words why this password can't be chosen; nothing where it can.

    The rules are settings.AUTH_PASSWORD_VALIDATORS, see accounts/passwords/validators.py.
    """
    try:
        validate_password(password, user=who)  # type: ignore[arg-type]  # our validators know it
    except ValidationError as refused:
        return refused.messages
    return []


def strength(password: str, who: Chooser) -> str:
    """Say how good a password is that is still being typed."""
    missing = LEAST - len(normalised(password))
    if not password:
        return ""
    if missing > 0:
        return f"{missing} more character{'s' if missing > 1 else ''} to go"
    if errors := password_errors(password, who):
        return errors[0]
    return worth_of(password, names=who.words).in_a_word


def change_password(user: User, new: str) -> None:
    """Change one's own password. Every session made with the older one ends by that.

    Raises PasswordChanged where another change came first.
    """
    replace_password(user, new, act="changed the password", mail="changed")


def replace_password(user: User, new: str, *, act: str, mail: str) -> None:
    """Put a password in the place of the one `user` was read with: of two at once, one wins.

    The hash is made before the transaction, which others wait for. Raises PasswordChanged.
    """
    _put(user, make_password(new), act=act, mail=mail)


@transaction.atomic(durable=True)
def _put(user: User, made: str, *, act: str, mail: str) -> None:
    if not User.objects.filter(pk=user.pk, password=user.password).update(password=made):
        raise PasswordChanged
    user.password = made
    for hook in _hooks:
        hook(user)
    context = {"reset_url": absolute(reverse("password-reset"))}
    tell(user, template=f"accounts/passwords/mail/password_{mail}", context=context)
    record_for(user, act, changes={"password": "changed"})
