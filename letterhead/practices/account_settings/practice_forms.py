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
from letterhead.practices.account_settings.moving import LOCATIONS, columns_moved, offers
from letterhead.practices.forms import PublicAddressForm, SettingsForm
from letterhead.practices.models import Practice
from letterhead.ui.forms.fields import phone_in, show_folded
from letterhead.ui.languages import of_paper, offered_for_paper

_ADDRESS = ("line1", "line2", "city", "state", "postal_code", "country")
_PRINTED = ("name", "line1", "line2", "city")
_ELSEWHERE = ("paper", "paper_language", "bills_us_payers")  # asked outside the US
_SEEN = "country_seen"


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
        self.offered: dict[str, str] = {}  # to change with the country
        self.ticked: set[str] = set()
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
        """Show what claims print, if that isn't what was typed; ask what moves with the country."""
        cleaned = super().clean()
        country = cleaned.get("country")
        if country and (country_of(country).bills_us_payers or cleaned.get("bills_us_payers")):
            show_folded(self, *_PRINTED)
        if country and country != self.practice.country:
            self._ask_what_moves(country, cleaned)
        return cleaned

    def _ask_what_moves(self, country: str, cleaned: dict[str, Any]) -> None:
        """Offer once, before it is saved, what changes with the country; all of it is ticked.

        The second save is the answer.
        """
        self.offered = offers(
            self.practice,
            country=country,
            currency=cleaned.get("currency", ""),
            paper=cleaned.get("paper", self.practice.paper),
        )
        if not self.offered:
            return
        data: Any = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        if data.get(_SEEN) != country:
            data |= {name: "on" for name in self.offered}
            self.add_error(
                "country", gettext("Choose below what changes with the country, and save again.")
            )
        self.ticked = {name for name in self.offered if name in data}
        self.fields |= {
            name: forms.BooleanField(label=label, required=False)
            for name, label in self.offered.items()
        }
        self.fields[_SEEN] = forms.CharField(required=False, widget=forms.HiddenInput)
        data[_SEEN] = country
        self.data = data

    @property
    def offers(self) -> list[forms.BoundField]:
        """The boxes of what can change with the country."""
        return [self[name] for name in self.offered]

    def columns(self) -> dict[str, Any]:
        """Include what moves with the country."""
        columns = super().columns()
        return columns | columns_moved(
            self.practice,
            country=columns["country"],
            offered=set(self.offered),
            ticked=self.ticked,
        )

    @property
    def moves_locations(self) -> bool:
        """Whether the locations in the old country move too."""
        return LOCATIONS in self.ticked

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


class PracticeAddressForm(PublicAddressForm):
    """The address of the practice's public page."""

    class Meta(PublicAddressForm.Meta):
        model = Practice
