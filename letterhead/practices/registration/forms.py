"""The form of the page "Register your practice"."""

from functools import cache
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from letterhead.accounts.forms import Chooser, NewPasswordField, password_errors
from letterhead.places.choices import time_zones
from letterhead.places.countries import addressed_as
from letterhead.places.zones import country_of_zone, present_name, zones_of
from letterhead.texts.emails import EmailFormField
from letterhead.ui.forms.addresses import CountryField, LongSelect
from letterhead.ui.forms.fields import harden
from letterhead.ui.languages import region_of


class ZoneSelect(LongSelect):
    """A list of all time zones, each with its country and its present name, for `where.js`."""

    def written(self) -> SafeString:
        """Return the zones by region."""
        return _zones(get_language())

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Ask for a choice where there is none yet."""
        shown = super().render(name, value, attrs, renderer)
        if value:
            return shown
        blank = format_html('>\n<option value="" selected>{}</option>', gettext("Choose"))
        return SafeString(shown.replace(">", blank, 1))


@cache
def _zones(language: str | None) -> SafeString:
    groups = (
        format_html(
            '<optgroup label="{}">\n{}\n</optgroup>',
            region,
            format_html_join(
                "\n",
                '<option value="{}" data-country="{}"{}>{}</option>',
                (_zone(name, label) for name, label in zones),
            ),
        )
        for region, zones in time_zones()
    )
    return SafeString("\n".join(groups))


def _zone(name: str, label: Any) -> tuple[str, str, SafeString, str]:
    now = present_name(name)
    is_former = now != name and bool(country_of_zone(now))
    former = format_html(' data-now="{}"', now) if is_former else SafeString("")
    return name, addressed_as(country_of_zone(name)), former, str(label)


def where(accept_language: str) -> dict[str, str]:
    """Return the country and the time zone that a browser's languages tell, to begin with.

    With several time zones none is chosen, unless one of them is the form's own.
    """
    region = region_of(accept_language)
    if not region:
        return {}
    zones = zones_of(region)
    known = {"country": addressed_as(region)}
    if RegistrationForm.base_fields["time_zone"].initial in zones:
        return known
    return known | {"time_zone": zones[0] if len(zones) == 1 else ""}


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
        label=_("Time zone"), choices=time_zones, initial="America/New_York", widget=ZoneSelect
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
