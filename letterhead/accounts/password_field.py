"""The field in which a person types the password they have."""

from typing import Any

from django import forms

from letterhead.accounts.hashing import MOST_TYPED


class SecretInput(forms.PasswordInput):
    """A password's box; where scripts run, with a button that shows what was typed."""

    template_name = "accounts/passwords/secret_input.html"


class PasswordField(forms.CharField):
    """A password that one has: whatever was typed, to the letter, and never shown again."""

    def __init__(self, **kwargs: Any) -> None:
        known: dict[str, Any] = {"max_length": MOST_TYPED, "strip": False}
        super().__init__(**known | {"label": "Password", "widget": secret()} | kwargs)
        self.widget.attrs.pop("maxlength", None)  # a browser would cut without a word


def secret(autocomplete: str = "current-password", **attributes: Any) -> SecretInput:
    """Give the box of a password, marked for password managers."""
    return SecretInput(attrs={"autocomplete": autocomplete, **attributes})
