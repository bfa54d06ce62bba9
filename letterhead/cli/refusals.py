"""What the command line says in one line, instead of a traceback."""


class Refused(Exception):
    """A command that won't be done; its text says why and what to do."""


def is_refusal(error: Exception) -> bool:
    """Say whether an error is one that whoever typed the command can mend."""
    from cryptography.fernet import InvalidToken
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management.base import CommandError
    from django.db.utils import Error

    known = Refused, CommandError, Error, ImproperlyConfigured, InvalidToken, OSError
    return isinstance(error, known)


def in_one_line(refusal: BaseException) -> str:
    """Give a refusal's text on one line, with the cure where only we know it."""
    from cryptography.fernet import InvalidToken
    from django.db.utils import Error

    said = " ".join(str(refusal).split()) or type(refusal).__name__
    if isinstance(refusal, Error):
        return f"The database refused: {said} (see DATABASE_URL)"
    if isinstance(refusal, InvalidToken):
        return "A stored secret fits none of LETTERHEAD_ENCRYPTION_KEYS: add the key it was made by"
    return said
