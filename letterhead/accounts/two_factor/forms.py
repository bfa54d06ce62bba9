"""The words of two-factor authentication: codes, passkeys, proving again who one is."""

from typing import Any

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

from letterhead.accounts.again import password_error
from letterhead.accounts.limits import spend
from letterhead.accounts.password_field import PasswordField
from letterhead.accounts.recording import record_for
from letterhead.accounts.two_factor.codes import accepted, digits_of
from letterhead.accounts.two_factor.origins import is_ours
from letterhead.activity.models import Kind
from letterhead.encryption.fields import decrypt, encrypt

EITHER = "From your authenticator app, or one of your recovery codes"
NOT_READ = "Your browser sent nothing that we can read. Try again; passkeys need scripts."


def code_field(hint: str = "") -> forms.CharField:
    """Give the box of a code: phones show digits and offer what a message brought."""
    attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
    widget = forms.TextInput(attrs={**attrs, "class": "num"})
    return forms.CharField(label="Code", max_length=20, help_text=hint, widget=widget)


def trust_field(widget: type[forms.Widget] = forms.CheckboxInput) -> forms.BooleanField:
    """Give the box to trust this browser."""
    return forms.BooleanField(
        label="Trust this device for 30 days",
        required=False,
        widget=widget,
        help_text="Only where nobody else uses it. It then asks for your password alone.",
    )


class OnceCode(forms.Form):
    """A code that is used up when it fits; wrong ones are counted and kept in the record."""

    user: Any

    def clean_code(self) -> str:
        """Hold the code against the app's and the recovery codes."""
        spent = spend(context.request, "code", account=self.user.email)
        if spent.wait:
            raise ValidationError(spent.in_words, code="limited")
        code = digits_of(self.cleaned_data["code"])
        authenticator = accepted(self.user, code)
        if authenticator is None:
            record_for(self.user, "typed a wrong code", kind=Kind.FAILURE)
            raise get_adapter().validation_error("incorrect_code")
        spent.give_back()
        self.authenticator = authenticator
        return code


class CodeForm(OnceCode, AuthenticateForm):
    """The second step of a log-in, by code."""

    trust = trust_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = code_field(EITHER)
        self.order_fields(["code", "trust"])


class ProveByCodeForm(OnceCode, CodeAgainForm):
    """Proving again who one is, by code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = code_field(EITHER)


class ProveByPasswordForm(ReauthenticateForm):
    """Proving again who one is, by password: for who has no two-factor authentication yet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"] = PasswordField()

    def clean_password(self) -> str:
        """Compare it with the one logged in with."""
        typed: str = self.cleaned_data["password"]
        if error := password_error(context.request, typed):
            raise ValidationError(error)
        return typed


class TurnOnForm(ActivateTOTPForm):
    """Setting up an authenticator app; until that is done its seed is in the session, encrypted."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        session = context.request.session
        kept = session.get(SECRET_SESSION_KEY)
        super().__init__(*args, **kwargs)
        if self.is_bound and kept:
            self.secret = decrypt(kept)
        session[SECRET_SESSION_KEY] = encrypt(self.secret)
        self.fields["code"] = code_field("The six digits that the app shows now")

    def clean_code(self) -> str:
        """Hold it against the new seed; only ASCII digits count."""
        self.cleaned_data["code"] = digits_of(self.cleaned_data["code"]) or "-"
        return str(super().clean_code())


class Ceremony(forms.Form):
    """What a passkey answered. It must have been asked on our own pages."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        messages = {"required": NOT_READ, "invalid": NOT_READ}
        self.fields["credential"].error_messages.update(messages)

    def refuse_strangers(self, credential: Any, *, registers: bool = False) -> None:
        """Raise ValidationError unless the browser says that it asked at our address."""
        parse = parse_registration_response if registers else parse_authentication_response
        try:
            origin = parse(credential).response.client_data.origin
        except (AttributeError, KeyError, TypeError, ValueError) as made_up:
            raise ValidationError(NOT_READ) from made_up
        if not is_ours(origin):
            raise get_adapter().validation_error("incorrect_code")


class Answered(Ceremony):
    """What a passkey answered that we know already."""

    def clean_credential(self) -> Authenticator:
        """Hold it against the passkeys we know."""
        self.refuse_strangers(self.cleaned_data["credential"])
        return super().clean_credential()  # type: ignore[misc]  # of allauth's form


class PasskeyForm(Answered, AuthenticateWebAuthnForm):
    """The second step of a log-in, by passkey."""

    trust = trust_field(forms.HiddenInput)


class PasskeyAloneForm(Answered, LoginWebAuthnForm):
    """A log-in by passkey alone."""


class ProveByPasskeyForm(Answered, ReauthenticateWebAuthnForm):
    """Proving again who one is, by passkey."""


class AddPasskeyForm(Ceremony, AddWebAuthnForm):
    """One more passkey or security key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = name_field()
        self.fields["name"].required = False
        alone = self.fields["passwordless"]
        alone.label, alone.initial = "Log in with it alone, without a password", True
        alone.help_text = "Then it asks for its PIN, your finger or your face each time."
        self.order_fields(["name", "passwordless", "credential"])

    def clean(self) -> dict[str, Any]:
        """Take what the browser made, if it made it here."""
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
    """Give the box of a passkey's name."""
    return forms.CharField(
        label="Name", max_length=60, help_text="Where it is: “Phone”, “Key on my key ring”"
    )
