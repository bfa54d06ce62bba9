"""People with a second step, and their authenticator app."""

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from django.utils import timezone

from letterhead.accounts.models import User
from tests.factories import PASSWORD, Person
from tests.practices.office import Office, Shown

STEP = "/login/two-factor/"
HERE = "/my-details/two-factor/"
SET_UP = f"{HERE}app/"
PERIOD = 30


@dataclass
class App:
    """An authenticator app with someone's seed."""

    secret: str

    def code(self, *, steps_later: int = 0) -> str:
        """The code that it shows now, or some steps later."""
        step = int(timezone.now().timestamp()) // PERIOD + steps_later
        return format_hotp_value(hotp_value(self.secret, step))

    def wrong_code(self) -> str:
        """A code that it shows neither now nor around now."""
        good = {self.code(steps_later=n) for n in range(-2, 3)}
        return next(code for code in ("111111", "222222", "333333") if code not in good)


def with_app(user: User) -> App:
    """Give a user an authenticator app."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return App(secret)


def with_recovery_codes(user: User) -> list[str]:
    """Give a user ten recovery codes."""
    codes: list[str] = RecoveryCodes.activate(user).generate_codes()
    return codes


def first_step(
    person: Person, *, address: str = "198.51.100.7", office: Office | None = None
) -> Office:
    """Log in with the password, from an address, and no further."""
    visitor = office or Office()
    visitor.browser.defaults["REMOTE_ADDR"] = address
    typed = {"Login email": person.user.email, "Password": PASSWORD}
    answer = visitor.save("/login/", typed)
    assert (answer.status, answer.location) == (302, STEP)
    return visitor


def second_step(visitor: Office, code: str, *, trust: bool = False) -> Shown:
    """Type a code at the second step."""
    page = visitor.open(STEP)
    trusting = {"trust": "on"} if trust else {}
    return visitor.send(STEP, page, {"Code": code}, **trusting)


def is_in(visitor: Office) -> bool:
    """Whether the visitor is logged in."""
    return visitor.open("/my-details/").status == 200


def kinds_of(user: User) -> set[str]:
    """The kinds of a user's second steps."""
    return set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
