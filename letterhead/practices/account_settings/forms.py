"""The forms of the pop-ups on Account Settings."""

import re
from typing import Any, BinaryIO, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from letterhead.countries.money import tax_in_words
from letterhead.files.logo import MOST_BYTES, NotALogo, as_logo
from letterhead.numbers.ids import clean_number, taxonomy_error
from letterhead.places.choices import kinds_of_places
from letterhead.practices.days import today_in
from letterhead.practices.forms import SettingsForm
from letterhead.practices.models import Location, Payer, Practice
from letterhead.ui.forms.addresses import CountryField
from letterhead.ui.forms.disclosures import Disclosure, disclosure
from letterhead.ui.forms.fields import show_folded
from letterhead.ui.forms.tax_ids import check_tax_id, offer_kinds, typed_tax_id
from letterhead.ui.forms.versioned import VersionedForm

ADDRESS = ("line1", "line2", "city", "state", "postal_code", "country")
_PRINTED = ("name", "line1", "line2", "city")
_WANTED = ("npi_in_24j", "other_id_in_24j", "bare_member_id", "facility_always")
_NUMBER = ("billing_other_id_qualifier", "billing_other_id")
_HOLDER = ("first_name", "middle_name", "last_name", "suffix")
_DIGITS = {"inputmode": "numeric", "autocomplete": "off"}


_ON_BILLS = ("tax_note", "bill_prefix")
# The billing provider of claims on the CMS-1500.
_ON_CLAIMS = (
    *("npi_type", "group_npi", *(f"holder_{part}" for part in _HOLDER), "holder_npi"),
    "taxonomy",
)


class BillingDetailsForm(SettingsForm):
    """The billing provider and its numbers."""

    address_label = _("Remit-to %(part)s")

    group_npi = forms.CharField(
        label=_("Group NPI"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs=_DIGITS),
        help_text=_("The organization's own, item 33a of claims. Yours is on My Details."),
    )
    holder_npi = forms.CharField(
        label=_("NPI of the billing provider"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs=_DIGITS),
    )
    tax_id = forms.CharField(
        label=_("Practice Tax ID"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs=_DIGITS),
        help_text=_("Item 25 of claims. Stored encrypted. Type it again to change it."),
    )
    tax_id_kind = forms.ChoiceField(
        label=_("Kind of practice tax ID"),
        choices=[("", _("Choose"))],
        required=False,
    )
    taxonomy = forms.CharField(
        label=_("Taxonomy"),
        max_length=40,
        required=False,
        help_text=_("Ten characters, like 133V00000X"),
    )
    remit_country = CountryField(label=_("Remit-to country"))
    tax = forms.ChoiceField(
        label=_("Tax on services"), required=False, help_text=_("Included in what you charge")
    )

    class Meta:
        model = Practice
        fields = (
            *(
                "npi_type",
                "legal_name",
                "group_npi",
                *(f"holder_{part}" for part in _HOLDER),
                "holder_npi",
            ),
            *("taxonomy", *(f"remit_{part}" for part in ADDRESS)),
            *("tax", *_ON_BILLS),
        )
        help_texts = {
            "tax_note": _("Prints on bills below the services"),
            "legal_name": _(
                "Item 33 of an organization’s claims, if the practice’s name is another one or has "
                "more than 29 characters"
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.country, self.uses_us_claims = self.instance.place, self.instance.uses_us_claims
        self.saved = (self.instance.tax_id, self.instance.tax_id_kind)
        self.mask = self.country.masked(self.instance.tax_id_kind, self.instance.tax_id)
        self.initial.update(tax_id=self.mask, tax_id_kind=self.instance.tax_id_kind)
        offer_kinds(self, self.country, of="practice", kept=self.instance.tax_id_kind)
        for field in self.fields.values():
            field.always_plain = True  # type: ignore[attr-defined]
        self._offer_taxes()
        if not self.uses_us_claims:
            self.leave_out(*_ON_CLAIMS)
            self.fields["tax_id"].help_text = _("Stored encrypted. Type it again to change it.")
            self.fields["legal_name"].help_text = _("If the practice’s name is another one")

    def _offer_taxes(self) -> None:
        """Offer the country's taxes, and the form of its bills' numbers, outside the US."""
        if self.country.bills_us_payers:
            self.leave_out("tax", *_ON_BILLS)
            return
        choices, code = self.country.taxes.choices, self.country.code
        taxes = {each.name: tax_in_words(each, country=code) for each in choices}
        if kept := self.instance.tax:
            taxes.setdefault(kept, kept)
        if taxes:
            self.fields["tax"].choices = [("", _("None")), *taxes.items()]  # type: ignore[attr-defined]
        else:
            self.leave_out("tax")
        prefix, year = self.country.document.prefix, today_in(self.instance).year % 100
        self.fields["bill_prefix"].help_text = gettext(
            "Up to 3 letters or digits. With %(prefix)s a number looks like %(example)s."
        ) % {"prefix": prefix, "example": f"{prefix}{year:02d}-0001"}

    def clean_bill_prefix(self) -> str:
        """Return it in capitals; take only what every portal takes in a number."""
        prefix: str = self.cleaned_data["bill_prefix"].upper()
        if not re.fullmatch("[A-Z0-9]{0,3}", prefix):
            raise ValidationError(gettext("Enter up to 3 letters or digits."))
        return prefix

    def columns(self) -> dict[str, Any]:
        """Include the tax ID, which is no model form field so that it is never shown in full."""
        secret = {name: self.cleaned_data[name] for name in ("tax_id", "tax_id_kind")}
        return super().columns() | secret

    def clean_group_npi(self) -> str:
        """Check the number."""
        return self.clean_npi_in("group_npi")

    def clean_holder_npi(self) -> str:
        """Check the number."""
        return self.clean_npi_in("holder_npi")

    def clean_taxonomy(self) -> str:
        """Return the code in capitals."""
        code = clean_number(self.cleaned_data["taxonomy"]).upper()
        if code and (error := taxonomy_error(code)):
            raise ValidationError(error)
        return code

    def clean_tax_id(self) -> str:
        """Return the saved number if its mask wasn't edited, else what was typed."""
        return typed_tax_id(self, kept=self.saved[0], mask=self.mask)

    def clean(self) -> dict[str, Any]:
        """Check what belongs together."""
        cleaned = super().clean()
        check_tax_id(self, self.country, kept=self.saved)
        if self.uses_us_claims:
            show_folded(self, "legal_name")
        self._check_holder(cleaned)
        rest = (cleaned.get(f"remit_{part}") for part in ("line2", "city", "state", "postal_code"))
        if cleaned.get("remit_line1") == "" and any(rest):
            self.add_error(
                "remit_line1", gettext("Enter the street, or clear the rest of the address.")
            )
        return cleaned

    def _check_holder(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("npi_type") != Practice.NpiType.INDIVIDUAL:
            return
        for part in ("first_name", "last_name"):
            if cleaned.get(f"holder_{part}") == "":
                self.add_error(f"holder_{part}", gettext("Enter the name of the person who bills."))

    def show_what_changed(self, now: Any) -> None:
        """Show only the last four digits of the tax ID."""
        typed = {name: self.cleaned_data[name] for name in ("tax_id", "tax_id_kind")}
        super().show_what_changed(now)
        if (now.tax_id, now.tax_id_kind) != tuple(typed.values()):
            shown = self.country.masked(now.tax_id_kind, now.tax_id)
            self.add_error(
                "tax_id",
                gettext("Someone else saved: %(value)s") % {"value": shown or gettext("nothing")},
            )


class LocationForm(SettingsForm):
    """Where care is given."""

    place_of_service = forms.ChoiceField(
        label=_("Place of service"),
        choices=kinds_of_places,
        help_text=_("Item 24B of claims, unless a service has its own"),
    )
    npi = forms.CharField(
        label=_("Location NPI"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs=_DIGITS),
        help_text=_("Only if the location has its own NPI, item 32a"),
    )

    class Meta:
        model = Location
        fields = (
            *("name", "place_of_service", "same_address", *ADDRESS),
            *("npi", "other_id_qualifier", "other_id"),
        )
        help_texts = {
            "other_id": _("Only if a payer or the state gave the location a number, item 32b"),
            "same_address": _("It follows when the practice’s address changes"),
        }

    def __init__(self, *args: Any, practice: Practice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.uses_us_claims = practice.uses_us_claims
        qualifier: Any = self.fields["other_id_qualifier"]
        qualifier.choices = [("", _("None")), *list(qualifier.choices)[1:]]
        if not self.uses_us_claims:
            self.leave_out("place_of_service", "npi", "other_id_qualifier", "other_id")

    def clean(self) -> dict[str, Any]:
        """Show what claims print, if that isn't what was typed; keep one address, not two."""
        cleaned = super().clean()
        if cleaned.get("same_address"):
            cleaned |= dict.fromkeys(ADDRESS[:-1], "")
        if self.uses_us_claims:
            show_folded(self, *_PRINTED)
        return cleaned

    def clean_npi(self) -> str:
        """Check the number."""
        return self.clean_npi_in("npi")


class RemovalForm(forms.Form):
    """Nothing to fill in: the question whether to remove something."""


class PayerForm(SettingsForm):
    """An insurer or program, and what it wants on a claim."""

    class Meta:
        model = Payer
        fields = (
            "name",
            "kind",
            *ADDRESS,
            *_WANTED,
            *_NUMBER,
        )
        help_texts = {
            "line1": _("Where its claims go"),
            "other_id_in_24j": _("Medicare always gets the NPI only"),
            "bare_member_id": _("Medicare’s are always printed so"),
            "facility_always": _("Always on for Medicare"),
            "billing_other_id": _(
                "Item 33b of a claim, in place of the taxonomy. Medicare never gets it."
            ),
        }

    def __init__(self, *args: Any, practice: Practice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.uses_us_claims = practice.uses_us_claims
        qualifier: Any = self.fields["billing_other_id_qualifier"]
        qualifier.choices = [("", _("None")), *list(qualifier.choices)[1:]]
        if not self.uses_us_claims:
            self.leave_out("kind", *_WANTED, *_NUMBER)
            self.fields["line1"].help_text = ""

    def folded_away(self) -> Disclosure:
        """The number that few payers gave the practice."""
        return disclosure(self, _("The practice’s number with this payer"), *_NUMBER)

    def clean(self) -> dict[str, Any]:
        """Show what claims print, if that isn't what was typed."""
        cleaned = super().clean()
        if self.uses_us_claims:
            show_folded(self, *_PRINTED)
        return cleaned


class LogoForm(VersionedForm):
    """A new logo, or the request to remove it."""

    logo = forms.FileField(
        label=_("Picture"),
        required=False,
        help_text=_("PNG, JPEG or WebP, up to 5 MB and 20 megapixels"),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )
    remove = forms.BooleanField(label=_("Remove the logo"), required=False)

    class Meta:
        model = Practice
        fields = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.png: bytes | None = None
        self.fields["logo"].always_plain = True  # type: ignore[attr-defined]
        if not self.instance.logo_sha256:
            del self.fields["remove"]

    def clean_logo(self) -> UploadedFile | None:
        """Convert the file to the small PNG that is saved."""
        sent: UploadedFile | None = self.cleaned_data["logo"]
        if sent is None:
            return None
        if (sent.size or 0) > MOST_BYTES:
            raise ValidationError(gettext("This file is larger than 5 MB. Choose a smaller one."))
        try:
            self.png = as_logo(cast(BinaryIO, sent))  # which a file that was sent acts as
        except NotALogo as refused:
            raise ValidationError(str(refused)) from refused
        return sent

    def clean(self) -> dict[str, Any]:
        """Require either a picture or its removal, not both."""
        cleaned = super().clean() or self.cleaned_data
        if "logo" in cleaned and bool(cleaned["logo"]) == bool(cleaned.get("remove")):
            both = gettext("Choose a picture or select Remove the logo, not both.")
            self.add_error("logo", both if cleaned["logo"] else gettext("Choose a picture."))
        return cleaned
