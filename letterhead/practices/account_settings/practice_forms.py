"""The form of Practice Details: what outsiders read, and what follows the practice's country."""

from copy import copy
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from letterhead.countries.table import country_of
from letterhead.numbers.phones import show_phone
from letterhead.places.choices import time_zones
from letterhead.places.currencies import CURRENCIES
from letterhead.practices.account_settings.moving import (
    LOCATIONS,
    columns_moved,
    kept_with,
    offers,
)
from letterhead.practices.forms import PublicAddressForm, SettingsForm
from letterhead.practices.models import Practice
from letterhead.ui.forms.fields import phone_in, show_folded
from letterhead.ui.languages import of_paper, offered_for_paper

_ADDRESS = ("line1", "line2", "city", "state", "postal_code", "country")
_PRINTED = ("name", "line1", "line2", "city")
_ELSEWHERE = ("paper", "paper_language", "bills_us_payers")  # asked outside the US


class PracticeDetailsForm(SettingsForm):
    """The practice's name, address and contact details; what follows its country, too."""

    phone = forms.CharField(
        label=_("Phone"),
        max_length=40,
        required=False,
        widget=forms.TelInput,
        help_text=_("Superbills, invoices and item 33 of claims"),
    )
    website = forms.URLField(
        label=_("Website"), max_length=200, required=False, assume_scheme="https"
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=time_zones)
    currency = forms.ChoiceField(label=_("Currency"), choices=CURRENCIES)
    paper_language = forms.ChoiceField(label=_("Language of paper"), required=False)

    class Meta:
        model = Practice
        fields = (
            *("name", *_ADDRESS),
            *("phone", "website", "time_zone", "currency", "profession"),
            *_ELSEWHERE,
        )
        help_texts = {
            "name": _("As it appears on bills and in item 33 of claims"),
            "country": _("For Puerto Rico and other US territories, choose United States"),
            "line1": _("Street and number. Claims don't accept a P.O. box."),
            "profession": _("Such as Registered dietitian"),
            "bills_us_payers": _(
                "Turns on the claim form of insurers in the United States, with its numbers and "
                "codes."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        practice = self.practice = copy(self.instance)  # as saved
        self.shown_phone = ""
        if practice.phone:
            self.shown_phone = show_phone(practice.phone, country=practice.country)
        self.initial["phone"] = self.shown_phone
        if practice.place.bills_us_payers:
            self.leave_out(*_ELSEWHERE)
        else:
            self._offer_papers(practice)
        if not practice.uses_us_claims:
            self.fields["phone"].help_text = _("On bills and your public page")
            self.fields["name"].help_text = _("As it appears on bills")
            self.fields["line1"].help_text = _("Street and number")

    def _offer_papers(self, practice: Practice) -> None:
        papers: Any = dict(Practice.Paper.choices)
        own = practice.practice_way.language
        by_country = gettext("As usual in your country (%(value)s)")
        paper, language = self.fields["paper"], self.fields["paper_language"]
        paper.choices = [  # type: ignore[attr-defined]
            ("", by_country % {"value": papers[practice.place.paper]}),
            *papers.items(),
        ]
        default = gettext("Practice default (%(value)s)") % {"value": of_paper(own)}
        languages = offered_for_paper(practice.place.paper_languages, kept=practice.paper_language)
        language.choices = [("", default), *languages]  # type: ignore[attr-defined]
        paper.always_plain = language.always_plain = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Show what claims print, if that isn't what was typed."""
        cleaned = super().clean()
        country = cleaned.get("country")
        if country and (country_of(country).bills_us_payers or cleaned.get("bills_us_payers")):
            show_folded(self, *_PRINTED)
        return cleaned

    def columns(self) -> dict[str, Any]:
        """Leave paper as it was where only the country changes; what follows it is asked next."""
        columns = super().columns()
        if not self.has_moved:
            return columns
        chosen = {"paper"} if columns.get("paper", "") != self.practice.paper else set()
        kept = kept_with(self.practice, country=columns["country"])
        return columns | {name: value for name, value in kept.items() if name not in chosen}

    @property
    def has_moved(self) -> bool:
        """Whether the country isn't the one that is saved."""
        return bool(self.cleaned_data["country"] != self.practice.country)

    def clean_website(self) -> str:
        """Accept only addresses that a browser opens as a page."""
        website: str = self.cleaned_data["website"]
        if website and not website.startswith(("https://", "http://")):
            raise ValidationError(gettext("Enter a web address like https://practice.example."))
        return website

    def clean_phone(self) -> str:
        """Return the saved number if it wasn't edited, else read it the country's way."""
        typed: str = self.cleaned_data["phone"]
        if typed == self.shown_phone:
            return self.practice.phone
        return phone_in(typed, country=self.cleaned_data.get("country", self.practice.country))


class FollowingForm(SettingsForm):
    """What can follow the practice's country; all of it is ticked. `old` is where it was."""

    class Meta:
        model = Practice
        fields = ()

    def __init__(self, *args: Any, old: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = offers(self.instance, old=old)
        self.fields |= {
            name: forms.BooleanField(label=label, required=False, initial=True)
            for name, label in self.offered.items()
        }

    @property
    def boxes(self) -> list[forms.BoundField]:
        """The boxes of what can follow."""
        return [self[name] for name in self.offered]

    @property
    def moves_locations(self) -> bool:
        """Whether the locations in the old country move too."""
        return bool(self.cleaned_data.get(LOCATIONS))

    def columns(self) -> dict[str, Any]:
        """Return what changes by what was ticked."""
        ticked = {name for name in self.offered if self.cleaned_data[name]}
        return columns_moved(self.instance, ticked=ticked)


class PracticeAddressForm(PublicAddressForm):
    """The address of the practice's public page."""

    class Meta(PublicAddressForm.Meta):
        model = Practice
