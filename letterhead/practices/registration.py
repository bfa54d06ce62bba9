"""The page "Register your practice": words and shape of what is typed."""

import re
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from letterhead.accounts.models import User
from letterhead.practices.choices import time_zones
from letterhead.practices.countries import COUNTRIES
from letterhead.practices.fields import harden

LEAST_OF_ITS_OWN = 8


class RegistrationForm(forms.Form):
    """A practice, and the person who registers it."""

    practice_name = forms.CharField(
        label="Practice name",
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "organization", "autofocus": True}),
        help_text="As it shall stand on bills",
    )
    country = forms.ChoiceField(label="Country", choices=COUNTRIES)
    time_zone = forms.ChoiceField(label="Time zone", choices=time_zones, initial="America/New_York")
    title = forms.CharField(
        label="Title",
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "honorific-prefix"}),
    )
    first_name = forms.CharField(
        label="First name",
        max_length=35,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    last_name = forms.CharField(
        label="Last name",
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    login_email = forms.EmailField(
        label="Login email",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
        help_text="You log in with it; your contact email may become another one",
    )
    password = forms.CharField(
        label="Password",
        max_length=1_000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="15 or more characters; a few words are fine",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        harden(self)

    def clean_last_name(self) -> str:
        """Refuse a comma: what follows it is no part of the name on claims."""
        name: str = self.cleaned_data["last_name"]
        if "," in name:
            raise ValidationError(
                "A last name has no comma. Credentials have their place on My Details."
            )
        return name

    def clean(self) -> dict[str, Any]:
        """Hold the password against the rules, and against the names beside it."""
        cleaned = super().clean() or self.cleaned_data
        password = cleaned.get("password")
        if password is None:
            return cleaned
        try:
            validate_password(password, user=User(email=cleaned.get("login_email", "")))
        except ValidationError as error:
            self.add_error("password", error)
        names = ("practice_name", "first_name", "last_name", "login_email")
        if made_of(password, *(cleaned.get(name, "") for name in names)):
            self.add_error(
                "password", "This is made of your name or the practice's. Choose other words."
            )
        return cleaned

    def look_at_first_wrong(self) -> None:
        """Put the focus where something is to be mended."""
        self.fields["practice_name"].widget.attrs.pop("autofocus", None)
        wrong = next((name for name in self.fields if name in self.errors), "password")
        self.fields[wrong].widget.attrs["autofocus"] = True


def made_of(password: str, *names: str) -> bool:
    """Say whether a password holds these names, and little else of its own."""
    rest = password.casefold()
    words = {word for name in names for word in re.split(r"\W+", name.casefold()) if len(word) > 2}
    for word in sorted(words, key=len, reverse=True):
        rest = rest.replace(word, "")
    return len(rest) < min(len(password), LEAST_OF_ITS_OWN)
