"""The forms of two-factor authentication: codes, passkeys, confirming who you are."""

from typing import TYPE_CHECKING, Any

from allauth.account.forms import ReauthenticateForm
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeAgainForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
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
from letterhead.accounts.password_field import PasswordField
from letterhead.accounts.recording import record_for
from letterhead.accounts.two_factor.codes import accepted, digits_of
from letterhead.accounts.two_factor.origins import is_ours
from letterhead.activity.models import Kind
from letterhead.encryption.fields import decrypt, encrypt
from letterhead.ui.forms.fields import no_invisible_characters

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

EITHER = _("From your authenticator app, or one of your recovery codes")
NOT_READ = _("Your browser sent nothing we can read. Turn on scripts and try again.")


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
    """The second step of a log-in, by code."""

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
    """Setting up an authenticator app; until it is on, its seed is in the session, encrypted."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        session = context.request.session
        stored = session.get(SECRET_SESSION_KEY)
        super().__init__(*args, **kwargs)
        if self.is_bound and stored:
            self.secret = decrypt(stored)
        session[SECRET_SESSION_KEY] = encrypt(self.secret)
        self.fields["code"] = code_field(_("The six digits the app shows now"))

    def clean_code(self) -> str:
        """Check it against the new seed; only ASCII digits count."""
        self.cleaned_data["code"] = digits_of(self.cleaned_data["code"]) or "-"
        return str(super().clean_code())


class Ceremony(forms.Form):
    """The answer of a passkey, which must have been asked on our own pages."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        messages = {"required": NOT_READ, "invalid": NOT_READ}
        self.fields["credential"].error_messages.update(messages)

    def refuse_strangers(self, credential: Any, *, registers: bool = False) -> None:
        """Raise ValidationError unless the browser asked at our address."""
        parse = parse_registration_response if registers else parse_authentication_response
        try:
            origin = parse(credential).response.client_data.origin
        except (AttributeError, KeyError, TypeError, ValueError) as made_up:
            raise ValidationError(NOT_READ) from made_up
        if not is_ours(origin):
            raise get_adapter().validation_error("incorrect_code")


class Answered(Ceremony):
    """The answer of a passkey that was added before."""

    def clean_credential(self) -> Authenticator:
        """Check it against the user's passkeys."""
        self.refuse_strangers(self.cleaned_data["credential"])
        return super().clean_credential()  # type: ignore[misc]  # of allauth's form


class PasskeyForm(Answered, AuthenticateWebAuthnForm):
    """The second step of a log-in, by passkey."""

    trust = trust_field(forms.HiddenInput)


class PasskeyAloneForm(Answered, LoginWebAuthnForm):
    """A log-in by passkey alone."""


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
        alone.help_text = _("It then asks for its PIN, your finger or your face each time.")
        self.order_fields(["name", "passwordless", "credential"])

    def clean(self) -> dict[str, Any]:
        """Accept what the browser made, if it was made on our pages."""
        credential = self.cleaned_data.get("credential")
        if credential:
            self.refuse_strangers(credential, registers=True)
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
