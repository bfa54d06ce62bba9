"""What a Letterhead administrator does for a practice at the command line, recorded."""

import getpass
import socket
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from typing import Any

LONGEST_REASON = 500


def describe(commands: Any) -> None:
    """Add these commands to the parser."""
    for name, act, text in _PLAIN:
        command = commands.add_parser(name, help=text.split(":")[0], description=text)
        command.set_defaults(act=act)
    _describe_change_login_email(
        commands.add_parser(
            "change-login-email", help="change someone's login email", description=_EMAIL
        )
    )

    _describe_reset_two_factor(
        commands.add_parser(
            "reset-two-factor",
            help="for a lost device: log in with the password alone",
            description=_RESET,
        )
    )


_EMAIL = (
    "Change the email that someone logs in with. There is no other way to change it. Both "
    "addresses get an email, all their sessions end, and the activity of each of their practices "
    "shows who did it and why. First make sure that the person who asks is who they say they are."
)


def _describe_change_login_email(command: ArgumentParser) -> None:
    command.add_argument("old", metavar="OLD", help="the email they log in with now")
    command.add_argument("new", metavar="NEW", help="the one they will log in with")
    command.add_argument("--reason", required=True, type=_reason, help="why; the practice reads it")
    command.set_defaults(act=_change_login_email)


_RESET = (
    "Remove authenticator app, passkeys, recovery codes and trusted devices of someone who lost "
    "them. They get an email, all their sessions end, and the activity of each of their practices "
    "shows who did it and why. First make sure that the person who asks is who they say they are."
)


def _describe_reset_two_factor(command: ArgumentParser) -> None:
    command.add_argument("email", metavar="EMAIL", help="the email they log in with")
    command.add_argument("--reason", required=True, type=_reason, help="why; the practice reads it")
    command.set_defaults(act=_reset_two_factor)


def _reason(text: str) -> str:
    words = " ".join(text.split())
    if not 0 < len(words) <= LONGEST_REASON:
        raise ArgumentTypeError(f"enter 1 to {LONGEST_REASON} characters")
    return words


def operator() -> str:
    """Return the system user who typed the command, and the host."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):  # a user id without a name
        name = "someone"
    return f"{name} at {socket.gethostname()} (command line)"[:254]


def _change_login_email(typed: Namespace) -> int:
    from letterhead.cli.database import start_at_this_version

    start_at_this_version()
    from letterhead.accounts.login_email import CannotChange, change_login_email
    from letterhead.cli.refusals import Refused

    try:
        change_login_email(old=typed.old, new=typed.new, reason=typed.reason, by=operator())
    except CannotChange as why:
        raise Refused(str(why)) from why
    print(f"{typed.old} now logs in as {typed.new}. Both addresses will get an email.")
    return 0


def _reset_two_factor(typed: Namespace) -> int:
    from letterhead.cli.database import start_at_this_version

    start_at_this_version()
    from letterhead.accounts.actions import NothingToReset, Unknown, reset_two_factor
    from letterhead.cli.refusals import Refused

    try:
        reset_two_factor(email=typed.email, reason=typed.reason, by=operator())
    except Unknown as why:
        raise Refused(f"No one logs in with {typed.email}. Check the spelling.") from why
    except NothingToReset as why:
        raise Refused(f"{typed.email} already logs in with the password alone.") from why
    print(f"{typed.email} now logs in with the password alone. They will get an email.")
    return 0


def _rotate_keys(_: Namespace) -> int:
    from letterhead.cli.database import start_at_this_version

    start_at_this_version()
    from letterhead.cli.refusals import Refused
    from letterhead.cli.rotating import rotate

    done = rotate(by=operator())
    for name, count in done.columns.items():
        print(f"{name}: {count.rotated} re-encrypted, {count.already} had the newest key")
    if done.unreadable:
        unreadable = ", ".join(f"{number} of {name}" for name, number in done.unreadable.items())
        raise Refused(
            f"No key can decrypt {unreadable}. Add the key they were encrypted with to the end of "
            "the keys, then run this again."
        )
    if not done.is_whole:
        raise Refused(
            "Other processes still encrypt with an older key. Restart them with the newest key "
            "first in LETTERHEAD_ENCRYPTION_KEYS, then run this again."
        )
    made = "A new key was made" if done.is_new_key else "No key was made"
    print(f"{made}; there are {done.keys}. Keep the older ones: backups of the database need them.")
    return 0


_PLAIN = [
    (
        "rotate-keys",
        _rotate_keys,
        "re-encrypt every encrypted column with the newest key: if the keys are in the data "
        "directory, a new one is made first; if they are in LETTERHEAD_ENCRYPTION_KEYS, the first "
        "one is used. Web and workers can keep running. An interrupted run continues the next time",
    ),
]
