"""What the command line says in one line, instead of a traceback."""


class Refused(Exception):
    """A command that won't be done; its text says why and what to do."""


def is_refusal(error: Exception) -> bool:
    """Whether an error is one that the person who typed the command can fix."""
    from cryptography.fernet import InvalidToken
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management.base import CommandError
    from django.db.utils import Error

    known = Refused, CommandError, Error, ImproperlyConfigured, InvalidToken, OSError
    return isinstance(error, known)


def in_one_line(refusal: BaseException) -> str:
    """A refusal's text on one line, with the fix where only we know it."""
    from cryptography.fernet import InvalidToken
    from django.db.utils import Error

    from letterhead.encryption.keys import WrongPlace

    text = " ".join(str(refusal).split()) or type(refusal).__name__
    if isinstance(refusal, Error):
        return f"The database refused: {text} (check DATABASE_URL)"
    if isinstance(refusal, WrongPlace):
        return (
            f"{text} holds a secret that was encrypted for another place: someone changed the "
            "database outside Letterhead; compare with a backup"
        )
    if isinstance(refusal, InvalidToken):
        return "No key in LETTERHEAD_ENCRYPTION_KEYS can decrypt a stored secret: add its key"
    return text
