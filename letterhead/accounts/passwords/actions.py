"""Choosing and changing passwords: other sessions end, devices are forgotten, emails are sent."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_noop, ngettext

from letterhead.accounts.hashing import normalized
from letterhead.accounts.mails import email_user
from letterhead.accounts.models import User
from letterhead.accounts.passwords.strength import Level, worth_of
from letterhead.accounts.proof import take_over
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
    """The password was changed by someone else in the meantime; nothing was done."""


@dataclass(frozen=True)
class Chooser:
    """Who chooses a password: it can't be made of what is known about them."""

    email: str = ""
    names: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """The words of their names and practices, their email and our product, longest first."""
        texts = (*self.names, self.email, PRODUCT)
        found = (
            word for text in texts for word in re.split(r"[\W_]+", normalized(text).casefold())
        )
        return tuple(sorted({word for word in found if len(word) > 2}, key=len, reverse=True))


def register_names(look_up: NamesOf) -> None:
    """Have `look_up(user_id)` return a person's and their practices' names; in `ready` only."""
    _names[:] = [look_up]


def on_password_change(hook: Hook) -> None:
    """Call `hook(user)` in the transaction of each change or reset; in `AppConfig.ready` only."""
    if hook not in _hooks:
        _hooks.append(hook)


@contextmanager
def registering_for_now() -> Iterator[None]:
    """Forget hooks registered during the block once it ends; no others are called in it."""
    before = _hooks[:]
    _hooks.clear()
    try:
        yield
    finally:
        _hooks[:] = before


def chooser(user: User) -> Chooser:
    """Return what is known about a person who has a login."""
    return Chooser(user.email, tuple(name for look_up in _names for name in look_up(user.pk)))


def password_errors(password: str, who: Chooser) -> list[str]:
    """Return why this password can't be chosen; [] if it can.

    The rules are settings.AUTH_PASSWORD_VALIDATORS, see accounts/passwords/validators.py.
    """
    try:
        validate_password(password, user=who)  # type: ignore[arg-type]  # our validators know it
    except ValidationError as refused:
        return refused.messages
    return []


def strength(password: str, who: Chooser) -> Level | str:
    """Return how strong a password is while it is typed, or what it still needs."""
    missing = LEAST - len(normalized(password))
    if not password:
        return ""
    if missing > 0:
        more = ngettext(
            "%(count)d more character to go", "%(count)d more characters to go", missing
        )
        return more % {"count": missing}
    if errors := password_errors(password, who):
        return errors[0]
    return worth_of(password, names=who.words).level


def change_password(user: User, new: str) -> None:
    """Change a user's own password. Every session from before ends.

    Raises PasswordChanged if another change came first.
    """
    replace_password(user, new, act=gettext_noop("changed the password"), mail="changed")


def replace_password(
    user: User, new: str, *, act: str, mail: str, keeps: bool | None = None
) -> None:
    """Replace the password that `user` was read with: of two changes at once, one succeeds.

    The hash is made before the transaction, which others wait for. `act`: see `record`; `mail` is
    the end of the template's name. `keeps`: the owner of the email does it; if nobody has proven
    the email, `proof.take_over` comes first. Raises PasswordChanged.
    """
    _replace(user, make_password(new), act=act, mail=mail, keeps=keeps)


@transaction.atomic(durable=True)
def _replace(user: User, made: str, *, act: str, mail: str, keeps: bool | None) -> None:
    if not User.objects.filter(pk=user.pk, password=user.password).update(password=made):
        raise PasswordChanged
    user.password = made
    if keeps is not None and not user.is_proven:
        user = take_over(user, keeps=keeps, hashed=made)
    for hook in _hooks:
        hook(user)
    context = {"reset_url": absolute(reverse("password-reset"))}
    email_user(user, template=f"accounts/passwords/mail/password_{mail}", context=context)
    record_for(user, act, changes={"password": "changed"})
