"""The rules of passwords, after NIST SP 800-63B-4, 3.1.1.2; Django asks them in this order.

No mixture of kinds of characters is asked for, and nothing is ever to be changed by the calendar.
"""

from django.core.exceptions import ValidationError

from letterhead.accounts.hashing import normalised
from letterhead.accounts.models import User
from letterhead.accounts.passwords.actions import LEAST, LEAST_OF_ITS_OWN, MOST, Chooser, chooser
from letterhead.accounts.passwords.strength import worth_of

Who = User | Chooser | None


class Length:
    """15 or more characters, each code point one; 1,000 at most."""

    def validate(self, password: str, user: Who = None) -> None:
        """Refuse what is too short or too long."""
        length = len(normalised(password))
        if length < LEAST:
            raise ValidationError(
                f"This has {length} character{'' if length == 1 else 's'}. Use {LEAST} or more; "
                "a few words are fine.",
                code="too short",
            )
        if length > MOST:
            raise ValidationError(
                f"This has {length} characters. Use {MOST:,} at most.", code="too long"
            )

    def get_help_text(self) -> str:
        """Say the rule."""
        return f"{LEAST} or more characters; a few words are fine"


class NotOfNames:
    """Not made of the person's or the practice's names, the email or ours."""

    def validate(self, password: str, user: Who = None) -> None:
        """Refuse what is names and little else."""
        if made_of(password, *_chooser(user).words):
            raise ValidationError(
                "This is made of your name, email or practice, or of ours. Choose other words.",
                code="made of names",
            )

    def get_help_text(self) -> str:
        """Say the rule."""
        return "Not made of your name, email or practice"


class NotCommon:
    """Neither common nor leaked, nor made of such by repeating, joining or padding."""

    def validate(self, password: str, user: Who = None) -> None:
        """Refuse what guessers try first; what is too short is refused already."""
        if not LEAST <= len(normalised(password)) <= MOST:
            return
        who = _chooser(user)
        if worth_of(password, names=who.words).is_common and not made_of(password, *who.words):
            raise ValidationError(
                "This is a common or leaked password, or such ones joined, repeated or padded. "
                "Choose four or more words that have nothing to do with each other.",
                code="common",
            )

    def get_help_text(self) -> str:
        """Say the rule."""
        return "No common or leaked password, nor such ones joined"


def made_of(password: str, *names: str) -> bool:
    """Say whether a password holds these names, and little else of its own."""
    whole = rest = normalised(password).casefold()
    for word in sorted(Chooser(names=names).words, key=len, reverse=True):
        rest = rest.replace(word, "")
    return rest != whole and len(rest) < LEAST_OF_ITS_OWN


def _chooser(user: Who) -> Chooser:
    if isinstance(user, User):
        return chooser(user) if user.pk else Chooser(user.email)
    return user or Chooser()
