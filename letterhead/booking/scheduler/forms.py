"""The form of a visitor who books, and the one that moves an appointment."""

import unicodedata
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from letterhead.numbers.phones import NotAPhoneNumber, read_phone
from letterhead.scheduling.actions import Who
from letterhead.scheduling.columns import MOST_REASON
from letterhead.texts.emails import EmailFormField
from letterhead.ui.forms.fields import harden, phone_error

_LINES = "\n\r\t"


class BookingForm(forms.Form):
    """Who books. `company` is for programs that fill in everything: people don't see it."""

    first_name = forms.CharField(label=_("First name"), max_length=35)
    last_name = forms.CharField(label=_("Last name"), max_length=60)
    email = EmailFormField(label=_("Email"), max_length=254)
    phone = forms.CharField(label=_("Phone"), max_length=40, widget=forms.TelInput)
    company = forms.CharField(label=_("Leave this empty"), required=False)
    token = forms.CharField(required=False, widget=forms.HiddenInput)
    time = forms.CharField(required=False, widget=forms.HiddenInput)
    zone = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        practice: str,
        country: str,
        for_current: bool = False,
        other_times: Sequence[tuple[str, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._country = country
        for name, filled_by in _AUTOCOMPLETE.items():
            self.fields[name].widget.attrs["autocomplete"] = filled_by
        self.fields["company"].widget.attrs["tabindex"] = "-1"
        harden(self)
        self.fields["reason"] = forms.CharField(
            label=_("Reason (optional)"),
            required=False,
            max_length=MOST_REASON,
            validators=[_can_be_shown],
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("Only the practice reads this."),
            error_messages={"max_length": _TOO_LONG},
        )
        self.fields["reason"].always_plain = True  # type: ignore[attr-defined] # its label says so
        self.fields["reason"].widget.attrs.pop("maxlength", None)
        if for_current:
            self.fields["been_here"] = _been_here()
        self.fields["agree"] = _agree(practice)
        if other_times:
            self.fields["time"] = forms.ChoiceField(
                label=_("Choose another time"), choices=list(other_times), widget=forms.RadioSelect
            )

    def clean_phone(self) -> str:
        """Return the number as E.164, read by the rules of the practice's country."""
        try:
            number, _extension = read_phone(self.cleaned_data["phone"], country=self._country)
        except NotAPhoneNumber as error:
            raise ValidationError(phone_error(error)) from error
        return number

    def clean_company(self) -> str:
        """Refuse what only a program fills in."""
        if self.cleaned_data["company"]:
            raise ValidationError(gettext("Leave this field empty, then book again."))
        return ""

    def who(self, *, time_zone: str, language: str) -> Who:
        """Return what a valid form says."""
        said = self.cleaned_data
        return Who(
            first_name=said["first_name"],
            last_name=said["last_name"],
            email=said["email"],
            phone=said["phone"],
            reason=said["reason"],
            time_zone=time_zone,
            language=language,
            been_here=bool(said.get("been_here")),
        )


_AUTOCOMPLETE = {
    "first_name": "given-name",
    "last_name": "family-name",
    "email": "email",
    "phone": "tel",
    "company": "off",
}
_TOO_LONG = _(
    "This has %(show_value)d characters. Shorten it to %(limit_value)d; you can tell the rest at "
    "the appointment."
)


def _been_here() -> forms.BooleanField:
    return forms.BooleanField(
        label=_("I have been here before"),
        error_messages={
            "required": _(
                "This is for clients who have been here before. If you haven’t, go back and "
                "choose another service."
            )
        },
    )


def _agree(practice: str) -> forms.BooleanField:
    words = gettext("%(practice)s can store these details to arrange my appointment.")
    return forms.BooleanField(
        label=_("I agree"),
        help_text=words % {"practice": practice},
        error_messages={
            "required": _(
                "Without your consent the practice can’t store your details. Select this to book."
            )
        },
    )


def _can_be_shown(text: str) -> None:
    """Refuse characters that can't be seen, apart from new lines."""
    bad = {"Cc", "Cf", "Co", "Cs"}
    if any(each not in _LINES and unicodedata.category(each) in bad for each in text):
        raise ValidationError(gettext("This has a character that can't be shown. Type it again."))
