"""The page behind an invitation: who joins, and with which password where there is no log-in."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict  # noqa: TID251 (what was posted is read here)

from letterhead.accounts.forms import Chooser, NewPasswordField, password_errors
from letterhead.accounts.models import User
from letterhead.details.models import Practitioner
from letterhead.practices.models import Invitation
from letterhead.ui.forms.fields import harden


class JoiningForm(forms.ModelForm):
    """Name and contact email in the practice; a password too, for who has no log-in yet."""

    password = NewPasswordField()

    class Meta:
        model = Practitioner
        fields = ("title", "first_name", "middle_name", "last_name", "suffix", "contact_email")
        help_texts = {
            "contact_email": "On documents and bills, and for notifications. Another one than "
            "this is used once you have opened the link that we mail to it."
        }
        widgets = {
            "title": forms.TextInput(attrs={"autocomplete": "honorific-prefix"}),
            "first_name": forms.TextInput(attrs={"autocomplete": "given-name"}),
            "middle_name": forms.TextInput(attrs={"autocomplete": "additional-name"}),
            "last_name": forms.TextInput(attrs={"autocomplete": "family-name"}),
            "suffix": forms.TextInput(attrs={"autocomplete": "honorific-suffix"}),
            "contact_email": forms.EmailInput(attrs={"autocomplete": "email"}),
        }

    def __init__(
        self, data: QueryDict | None, *, invitation: Invitation, user: User | None
    ) -> None:
        super().__init__(data, initial={"contact_email": invitation.email})
        self.invitation = invitation
        if user:
            del self.fields["password"]
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
        if (password := cleaned.get("password")) is not None:
            names = (cleaned.get("first_name", ""), cleaned.get("last_name", ""))
            who = Chooser(self.invitation.email, (self.invitation.practice.name, *names))
            for error in password_errors(password, who):
                self.add_error("password", error)
        return cleaned

    def details(self) -> dict[str, str]:
        """Give what is typed of the person, by column."""
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}
