"""The form behind an invitation: who joins, and the password of a new login."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict  # noqa: TID251 (reads what was sent)
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from letterhead.accounts.forms import Chooser, NewPasswordField, keeps_field, password_errors
from letterhead.accounts.models import User
from letterhead.details.models import Practitioner
from letterhead.practices.models import Invitation
from letterhead.ui.forms.fields import harden


def as_another_field(user: User, invitation: Invitation) -> forms.BooleanField:
    """Return the choice of someone whose login isn't the invited email."""
    names = {"login": user.email, "invited": invitation.email}
    missing = gettext("Select this to join with %(login)s, or log out to join with %(invited)s.")
    return forms.BooleanField(
        label=gettext("Join with %(login)s instead of %(invited)s") % names,
        error_messages={"required": missing % names},
    )


class JoiningForm(forms.ModelForm):
    """Name and contact email in the practice, and a password for people without a login."""

    password = NewPasswordField()

    class Meta:
        model = Practitioner
        fields = ("title", "first_name", "middle_name", "last_name", "suffix", "contact_email")
        help_texts = {
            "contact_email": _(
                "For documents, bills and notifications. If you enter another address, it is used "
                "after you open the link we email to it."
            )
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
        self,
        data: QueryDict | None,
        *,
        invitation: Invitation,
        user: User | None,
        registered: Sequence[str] = (),
    ) -> None:
        super().__init__(data, initial={"contact_email": invitation.email})
        self.invitation = invitation
        if user:
            del self.fields["password"]
        if user and user.email.casefold() != invitation.email.casefold():
            self.fields["as_another"] = as_another_field(user, invitation)
        if registered:
            self.fields["keeps"] = keeps_field(registered)
        harden(self)

    def clean(self) -> dict[str, Any]:
        """Check the password against the rules, and against the names in this form."""
        cleaned = super().clean() or self.cleaned_data
        if (password := cleaned.get("password")) is not None:
            names = (cleaned.get("first_name", ""), cleaned.get("last_name", ""))
            who = Chooser(self.invitation.email, (self.invitation.practice.name, *names))
            for error in password_errors(password, who):
                self.add_error("password", error)
        return cleaned

    def details(self) -> dict[str, str]:
        """Return the person's details by column."""
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}
