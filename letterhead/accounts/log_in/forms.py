"""The form to log in."""

from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.utils.translation import gettext as _

from letterhead.accounts.password_field import PasswordField
from letterhead.texts.emails import KnownEmailField


class LogInForm(LoginForm):
    """Log in with the login email and the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = KnownEmailField(
            label=_("Login email"),
            max_length=254,
            widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
        )
        self.fields["password"] = PasswordField()
        self.order_fields(["login", "password"])
