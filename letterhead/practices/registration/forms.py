"""The form of the page "Register your practice"."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from letterhead.accounts.forms import Chooser, NewPasswordField, password_errors
from letterhead.places.choices import time_zones
from letterhead.texts.emails import EmailFormField
from letterhead.ui.forms.addresses import CountryField
from letterhead.ui.forms.fields import harden


class RegistrationForm(forms.Form):
    """A practice, and the person who registers it."""

    practice_name = forms.CharField(
        label=_("Practice name"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "organization", "autofocus": True}),
        help_text=_("As it appears on bills"),
    )
    country = CountryField(
        label=_("Country"),
        help_text=_("For Puerto Rico and other US territories, choose United States"),
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"), choices=time_zones, initial="America/New_York"
    )
    title = forms.CharField(
        label=_("Title"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "honorific-prefix"}),
    )
    first_name = forms.CharField(
        label=_("First name"),
        max_length=35,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    last_name = forms.CharField(
        label=_("Last name"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    login_email = EmailFormField(
        label=_("Login email"),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
        help_text=_("You log in with it. Your contact email can be a different one."),
    )
    password = NewPasswordField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        harden(self)

    def clean(self) -> dict[str, Any]:
        """Check the password against the rules, and against the names typed with it."""
        cleaned = super().clean() or self.cleaned_data
        password = cleaned.get("password")
        if password is None:
            return cleaned
        names = ("practice_name", "first_name", "last_name")
        who = Chooser(
            email=cleaned.get("login_email", ""),
            names=tuple(cleaned.get(name, "") for name in names),
        )
        for error in password_errors(password, who):
            self.add_error("password", error)
        return cleaned

    def focus_first_error(self) -> None:
        """Put the focus on the first field with an error."""
        self.fields["practice_name"].widget.attrs.pop("autofocus", None)
        wrong = next((name for name in self.fields if name in self.errors), "password")
        self.fields[wrong].widget.attrs["autofocus"] = True
