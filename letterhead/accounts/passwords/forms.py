"""The forms to choose, change and reset a password."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from letterhead.accounts.hashing import normalized
from letterhead.accounts.password_field import PasswordField, secret
from letterhead.accounts.passwords.actions import LEAST, Chooser, password_errors
from letterhead.texts.emails import KnownEmailField


class NewPasswordField(PasswordField):
    """A new password, with its rules."""

    def __init__(self, **kwargs: Any) -> None:
        hint = format_lazy(_("{least} or more characters; a few words are fine"), least=LEAST)
        known: dict[str, Any] = {"widget": secret("new-password"), "help_text": hint}
        super().__init__(**known | kwargs)


def keeps_field(registered: Sequence[str]) -> forms.TypedChoiceField:
    """Return the question to the owner of an email about what was registered with it before."""
    label = gettext("Did you register %(practice)s?") % {"practice": ", ".join(registered)}
    return forms.TypedChoiceField(
        label=label,
        choices=[("yes", gettext("Yes, it's mine")), ("no", gettext("No, someone else did"))],
        coerce=lambda chosen: chosen == "yes",
        widget=forms.RadioSelect,
        help_text=gettext(
            "It was registered with this email, which nobody confirmed. If it isn't yours, you get "
            "a new login without it."
        ),
        error_messages={"required": gettext("Choose whether the practice is yours.")},
    )


class ChooseForm(forms.Form):
    """The password that replaces the one before."""

    new_password = NewPasswordField(label=_("New password"))

    def __init__(
        self, *args: Any, who: Chooser, registered: Sequence[str] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.who = who
        if registered:
            self.fields["keeps"] = keeps_field(registered)

    def clean_new_password(self) -> str:
        """Check the password by the rules."""
        typed: str = self.cleaned_data["new_password"]
        if errors := password_errors(typed, self.who):
            raise ValidationError(errors)
        return typed


class ChangeForm(ChooseForm):
    """The pop-up "Change Password"."""

    current_password = PasswordField(label=_("Current password"))
    field_order = ("current_password", "new_password")

    def __init__(self, *args: Any, check: Callable[[str], str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.check = check

    def clean(self) -> dict[str, Any]:
        """Check the current password only if the new one is good: each check is slow."""
        cleaned = super().clean() or self.cleaned_data
        current, new = cleaned.get("current_password"), cleaned.get("new_password")
        if current is None or new is None:
            return cleaned
        if error := self.check(current):
            self.add_error("current_password", error)
        elif normalized(current) == normalized(new):
            self.add_error("new_password", _("This is your current password. Choose another one."))
        return cleaned


class ResetForm(forms.Form):
    """The page "Password Reset"."""

    login_email = KnownEmailField(
        label=_("Login email"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
    )
