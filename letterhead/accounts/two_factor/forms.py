"""The forms of two-factor authentication: codes, passkeys, confirming who you are."""

import json
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from allauth.account.forms import ReauthenticateForm
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeAgainForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from allauth.mfa.webauthn.internal.auth import (
    parse_authentication_response,
    parse_registration_response,
)
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from letterhead.accounts.again import password_error
from letterhead.accounts.limits import count_try
from letterhead.accounts.models import User
from letterhead.accounts.password_field import PasswordField
from letterhead.accounts.queries import works_alone
from letterhead.accounts.recording import record_for
from letterhead.accounts.two_factor.codes import accepted, digits_of, step_of
from letterhead.accounts.two_factor.origins import is_ours
from letterhead.accounts.two_factor.pending import pending_seed
from letterhead.activity.models import Kind
from letterhead.ui.forms.fields import no_invisible_characters

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

EITHER = _("From your authenticator app, or one of your recovery codes")
SECOND_ONLY = _(
    "This passkey is only a second step. Log in with your email and password, then use it."
)
LONGEST_ANSWER = 50_000  # characters; a passkey's answer has about 2,000
UNREADABLE, SECOND_STEP_ONLY = "unreadable", "second step only"
NOT_READ = _("We couldn't read what your browser sent. Turn on JavaScript and try again.")


def code_field(hint: "_StrPromise") -> forms.CharField:
    """Return a field for a code: phones show digits and suggest codes from messages."""
    attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
    widget = forms.TextInput(attrs={**attrs, "class": "num"})
    return forms.CharField(label=_("Code"), max_length=20, help_text=hint, widget=widget)


def trust_field(widget: type[forms.Widget] = forms.CheckboxInput) -> forms.BooleanField:
    """Return the checkbox to trust this browser."""
    return forms.BooleanField(
        label=_("Trust this device for 30 days"),
        required=False,
        widget=widget,
        help_text=_("Only if no one else uses it. It then asks only for your password."),
    )


class OnceCode(forms.Form):
    """A code that works once; wrong ones are counted and recorded."""

    user: Any

    def clean_code(self) -> str:
        """Check the code against the app's and the recovery codes."""
        attempt = count_try(context.request, "code", account=self.user.email)
        if attempt.wait:
            raise ValidationError(attempt.error, code="limited")
        code = digits_of(self.cleaned_data["code"])
        authenticator = accepted(self.user, code)
        if authenticator is None:
            record_for(self.user, gettext_noop("typed a wrong code"), kind=Kind.FAILURE)
            raise get_adapter().validation_error("incorrect_code")
        attempt.take_back()
        self.authenticator = authenticator
        return code


class CodeForm(OnceCode, AuthenticateForm):
    """The second step of a login, by code."""

    trust = trust_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = code_field(EITHER)
        self.order_fields(["code", "trust"])


class ConfirmByCodeForm(OnceCode, CodeAgainForm):
    """Confirming who you are, by code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = code_field(EITHER)


class ConfirmByPasswordForm(ReauthenticateForm):
    """Confirming who you are, by password: for people without two-factor authentication."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"] = PasswordField()

    def clean_password(self) -> str:
        """Compare it with the user's password."""
        typed: str = self.cleaned_data["password"]
        if error := password_error(context.request, typed):
            raise ValidationError(error)
        return typed


class TurnOnForm(ActivateTOTPForm):
    """Setting up an authenticator app, with the session's pending seed."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        forms.Form.__init__(self, *args, **kwargs)  # allauth's makes another seed at each look
        self.user, self.secret = user, pending_seed(context.request)
        self.fields["code"] = code_field(_("The six digits the app shows now"))

    def clean_code(self) -> str:
        """Check it against the new seed; only ASCII digits count."""
        attempt = count_try(context.request, "code", account=self.user.email)
        if attempt.wait:
            raise ValidationError(attempt.error, code="limited")
        code = digits_of(self.cleaned_data["code"])
        if step_of(self.secret, code) is None:
            raise get_adapter().validation_error("incorrect_code")
        attempt.take_back()
        return code


class Credential(forms.JSONField):
    """What a passkey answered: JSON of a bounded length, or nothing we can read."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput, required=False)

    def to_python(self, value: Any) -> Any:
        """Return the parsed answer."""
        if isinstance(value, str) and len(value) > LONGEST_ANSWER:
            raise ValidationError(NOT_READ, code=UNREADABLE)
        with made_up_refused():
            return json.loads(value) if isinstance(value, str) else dict(value)

    def validate(self, value: Any) -> None:
        """Refuse anything but an object with something in it."""
        if not isinstance(value, dict) or not value:
            raise ValidationError(NOT_READ, code=UNREADABLE)

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Never show an answer again: each of them is good once."""
        return None

    def prepare_value(self, value: Any) -> str:
        """Show an empty field, for the browser's script to fill in."""
        return ""


@contextmanager
def made_up_refused() -> Iterator[None]:
    """Raise ValidationError for whatever a made-up answer breaks: its JSON, CBOR or keys."""
    try:
        yield
    except (ArithmeticError, AttributeError, LookupError, RecursionError) as made_up:
        raise ValidationError(NOT_READ, code=UNREADABLE) from made_up
    except (TypeError, ValueError, struct.error) as made_up:
        raise ValidationError(NOT_READ, code=UNREADABLE) from made_up


class Ceremony(forms.Form):
    """The answer of a passkey, which must have been asked on our own pages."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"] = Credential()

    def refuse_strangers(self, credential: Any, *, registers: bool = False) -> None:
        """Raise ValidationError unless the browser asked at our address."""
        parse = parse_registration_response if registers else parse_authentication_response
        try:
            with made_up_refused():
                origin = parse(credential).response.client_data.origin
        except ValidationError as refused:  # by allauth, in words for a wrong passkey
            raise ValidationError(NOT_READ, code=UNREADABLE) from refused
        if not is_ours(origin):
            raise get_adapter().validation_error("incorrect_code")


class Answered(Ceremony):
    """The answer of a passkey that was added before."""

    def clean_credential(self) -> Authenticator:
        """Check it against the user's passkeys."""
        self.refuse_strangers(self.cleaned_data["credential"])
        with made_up_refused():
            return super().clean_credential()  # type: ignore[misc]  # of allauth's form


class PasskeyForm(Answered, AuthenticateWebAuthnForm):
    """The second step of a login, by passkey."""

    trust = trust_field(forms.HiddenInput)


class PasskeyAloneForm(Answered, LoginWebAuthnForm):
    """A login by passkey alone, if that was chosen when the passkey was added."""

    def clean_credential(self) -> Authenticator:
        """Refuse a passkey that is only a second step."""
        passkey = super().clean_credential()
        if not works_alone(passkey):
            raise ValidationError(SECOND_ONLY, code=SECOND_STEP_ONLY)
        return passkey


class ConfirmByPasskeyForm(Answered, ReauthenticateWebAuthnForm):
    """Confirming who you are, by passkey."""


class AddPasskeyForm(Ceremony, AddWebAuthnForm):
    """A new passkey or security key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = name_field()
        self.fields["name"].required = False
        alone = self.fields["passwordless"]
        alone.label, alone.initial = _("Log in with it alone, without a password"), True
        alone.help_text = _("It then asks for a PIN, your fingerprint or your face each time.")
        self.order_fields(["name", "passwordless", "credential"])

    def clean(self) -> dict[str, Any]:
        """Accept what the browser made, if it was made on our pages."""
        credential = self.cleaned_data.get("credential")
        if credential:
            self.refuse_strangers(credential, registers=True)
        with made_up_refused():
            return super().clean() or {}


class RenamePasskeyForm(EditWebAuthnForm):
    """The name of a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = name_field()


def name_field() -> forms.CharField:
    """Return the field for a passkey's name."""
    return forms.CharField(
        label=_("Name"),
        max_length=60,
        help_text=_("Where it is: “Phone”, “Key on my key ring”"),
        validators=[no_invisible_characters],
    )
