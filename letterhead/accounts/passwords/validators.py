"""The rules for passwords, after NIST SP 800-63B-4, 3.1.1.2; Django checks them in this order.

No mix of kinds of characters is required, and passwords never expire.
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from letterhead.accounts.hashing import normalized
from letterhead.accounts.models import User
from letterhead.accounts.passwords.actions import LEAST, LEAST_OF_ITS_OWN, MOST, Chooser, chooser
from letterhead.accounts.passwords.strength import worth_of

Who = User | Chooser | None


class Length:
    """15 or more characters, counted as code points; 1,000 at most."""

    def validate(self, password: str, user: Who = None) -> None:
        """Refuse a password that is too short or too long."""
        length = len(normalized(password))
        if length < LEAST:
            raise ValidationError(
                ngettext(
                    "This has %(length)d character. Use %(least)d or more; a few words are fine.",
                    "This has %(length)d characters. Use %(least)d or more; a few words are fine.",
                    length,
                )
                % {"length": length, "least": LEAST},
                code="too short",
            )
        if length > MOST:
            raise ValidationError(
                _("This has %(length)d characters. Use %(most)s at most.")
                % {"length": length, "most": f"{MOST:,}"},
                code="too long",
            )

    def get_help_text(self) -> str:
        """The rule in words."""
        return _("%(least)d or more characters; a few words are fine") % {"least": LEAST}


class NotOfNames:
    """Not made of the person's or the practice's names, the email or our product's name."""

    def validate(self, password: str, user: Who = None) -> None:
        """Refuse names with little else."""
        if made_of(password, *_chooser(user).words):
            raise ValidationError(
                _("This is made of your name, email or practice, or of ours. Choose other words."),
                code="made of names",
            )

    def get_help_text(self) -> str:
        """The rule in words."""
        return _("Not made of your name, email or practice")


class NotCommon:
    """Not common or leaked, and not such passwords repeated, joined or padded."""

    def validate(self, password: str, user: Who = None) -> None:
        """Refuse what attackers try first; the length is checked elsewhere."""
        if not LEAST <= len(normalized(password)) <= MOST:
            return
        who = _chooser(user)
        if worth_of(password, names=who.words).is_common and not made_of(password, *who.words):
            raise ValidationError(
                _(
                    "This is a common or leaked password, or several of them joined, repeated or "
                    "padded. Choose four or more unrelated words."
                ),
                code="common",
            )

    def get_help_text(self) -> str:
        """The rule in words."""
        return _("Not a common or leaked password, or several of them joined")


def made_of(password: str, *names: str) -> bool:
    """Whether a password contains these names and little else."""
    whole = rest = normalized(password).casefold()
    for word in sorted(Chooser(names=names).words, key=len, reverse=True):
        rest = rest.replace(word, "")
    return rest != whole and len(rest) < LEAST_OF_ITS_OWN


def _chooser(user: Who) -> Chooser:
    if isinstance(user, User):
        return chooser(user) if user.pk else Chooser(user.email)
    return user or Chooser()
