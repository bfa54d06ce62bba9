"""The field for the present password."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from letterhead.accounts.hashing import MOST_TYPED


class SecretInput(forms.PasswordInput):
    """A password input; with scripts, it has a button that shows what was typed."""

    template_name = "accounts/passwords/secret_input.html"


class PasswordField(forms.CharField):
    """A present password: exactly as typed, and never sent back to the page."""

    def __init__(self, **kwargs: Any) -> None:
        known: dict[str, Any] = {"max_length": MOST_TYPED, "strip": False}
        super().__init__(**known | {"label": _("Password"), "widget": secret()} | kwargs)
        self.widget.attrs.pop("maxlength", None)  # a browser would cut it silently


def secret(autocomplete: str = "current-password", **attributes: Any) -> SecretInput:
    """Return a password input with the hint that password managers use."""
    return SecretInput(attrs={"autocomplete": autocomplete, **attributes})
