"""The repeated rows of "Edit General Details": phones, other IDs, licenses."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from letterhead.countries.country import Country
from letterhead.details.models import OtherId, PhoneNumber
from letterhead.numbers.ids import clean_number, taxonomy_error
from letterhead.numbers.phones import NotAPhoneNumber, read_phone
from letterhead.practices.models import Practice
from letterhead.ui.forms.fields import DayField, harden, number_on_claims, phone_error
from letterhead.ui.forms.rows import RowFormSet


class RowForm(forms.Form):
    """A row whose texts contain no invisible characters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        harden(self)


class PhoneForm(RowForm):
    """A phone number."""

    kind = forms.ChoiceField(label=_("Type"), choices=PhoneNumber.Kind)
    own_label = forms.CharField(label=_("Own label"), max_length=20, required=False)
    number = forms.CharField(
        label=_("Phone number"),
        max_length=40,
        widget=forms.TelInput(attrs={"autocomplete": "tel"}),
    )
    print_on_bills = forms.BooleanField(label=_("Print on bills"), required=False)
    use_in_messages = forms.BooleanField(label=_("Use in messages"), required=False)

    def __init__(self, *args: Any, country: str = "US", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.country = country

    def clean(self) -> dict[str, Any]:
        """Read the number as its country writes it; only Other has its own label."""
        cleaned = super().clean() or {}
        if "number" in cleaned:
            try:
                read = read_phone(_in_ascii_digits(cleaned["number"]), country=self.country)
                cleaned["number"], cleaned["extension"] = read
            except NotAPhoneNumber as error:
                self.add_error("number", phone_error(error))
        if cleaned.get("kind") != PhoneNumber.Kind.OTHER:
            cleaned["own_label"] = ""
        elif not cleaned.get("own_label"):
            self.add_error("own_label", gettext("Enter your own label, or choose another type."))
        return cleaned


def _in_ascii_digits(number: str) -> str:
    """Refuse digits of other scripts, which phones don't have. Raises NotAPhoneNumber."""
    if any(c.isdigit() and not c.isascii() for c in number):
        raise NotAPhoneNumber
    return number


class PhoneRows(RowFormSet):
    """Phone numbers in the order in which they print."""

    form, row_name, add_label = PhoneForm, _("Phone"), _("Add phone number")
    movable = True
    row_template = "details/general/phone_row.html"


class OtherIdForm(RowForm):
    """A provider number besides the NPI, with its qualifier."""

    number = forms.CharField(
        label=_("Other ID Number"), max_length=50, required=False, validators=[number_on_claims]
    )
    qualifier = forms.ChoiceField(
        label=_("Other ID Qualifier"), choices=[("", _("Choose")), *OtherId.Qualifier.choices],
        required=False,
    )  # fmt: skip
    payer = forms.ChoiceField(label=_("Payer"), required=False)
    is_default = forms.BooleanField(label=_("Default"), required=False)

    def __init__(self, *args: Any, payers: dict[int, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["payer"].choices = [  # type: ignore[attr-defined]
            ("", _("Any payer")),
            *((str(pk), name) for pk, name in (payers or {}).items()),
        ]
        for field in self.fields.values():
            field.always_plain = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Check the number with its qualifier, and the default with its payer."""
        cleaned = super().clean() or {}
        number, qualifier = cleaned.get("number"), cleaned.get("qualifier")
        if number and qualifier == OtherId.Qualifier.TAXONOMY:
            number = cleaned["number"] = clean_number(number).upper()
        if number and qualifier == "":
            self.add_error("qualifier", gettext("Choose the qualifier for this number."))
        if qualifier and number == "":
            self.add_error("number", gettext("Enter the number for this qualifier."))
        if number == "" and qualifier == "":
            self.add_error(
                "number", gettext("Enter a number and its qualifier, or remove this row.")
            )
        if number and qualifier == OtherId.Qualifier.TAXONOMY and (e := taxonomy_error(number)):
            self.add_error("number", e)
        if cleaned.get("is_default") and cleaned.get("payer"):
            self.add_error(
                "is_default", gettext("The default is for any payer. Set Payer to Any payer.")
            )
        cleaned["payer_id"] = int(cleaned["payer"]) if cleaned.get("payer") else None
        return cleaned


class OtherIdRows(RowFormSet):
    """Other IDs: one is the default, others can be for one payer."""

    form, row_name, add_label = OtherIdForm, _("Other ID"), _("Add other ID")
    row_template = "details/general/other_id_row.html"

    def clean(self) -> None:
        """Allow one default, and one number for each payer."""
        seen: set[tuple[str, object]] = set()
        for form in self.forms:
            row = getattr(form, "cleaned_data", None) or {}
            marks = [
                (
                    "is_default",
                    bool(row.get("is_default")),
                    gettext("Only one other ID can be the default."),
                ),
                ("payer", row.get("payer_id"), gettext("Another row is already for this payer.")),
            ]
            for field, mark, message in marks:
                if mark and (field, mark) in seen:
                    form.add_error(field, message)
                seen.add((field, mark))


# In a group that has the country's word for a license.
_OF_ELSEWHERE = {
    "type": _("Type"),
    "number": _("Number"),
    "since": _("Since"),
    "expires": _("Expires"),
    "print_on_superbill": _("Print on bills"),
}


class LicenseForm(RowForm):
    """A license to practice."""

    type = forms.CharField(label=_("License type"), max_length=60, required=False)
    state = forms.CharField(label=_("License state"), max_length=60, required=False)
    number = forms.CharField(label=_("License number"), max_length=30)
    since = DayField(label=_("License since"), required=False)
    expires = DayField(label=_("License expires"), required=False)
    board_url = forms.URLField(
        label=_("Link to the board"), max_length=200, required=False, assume_scheme="https"
    )
    print_on_superbill = forms.BooleanField(
        label=_("Print on superbill"), required=False, initial=True
    )

    def __init__(self, *args: Any, country: Country, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.in_the_wrong_order = gettext("The license expires before it began. Check both dates.")
        if not country.bills_us_payers:
            self.in_the_wrong_order = gettext("It expires before it began. Check both dates.")
            words = {"state": country.license.issuer, **_OF_ELSEWHERE}
            for name, label in words.items():
                self.fields[name].label = str(label)

    def clean(self) -> dict[str, Any]:
        """Check that it expires after it began."""
        cleaned = super().clean() or {}
        since, expires = cleaned.get("since"), cleaned.get("expires")
        if since and expires and expires < since:
            self.add_error("expires", self.in_the_wrong_order)
        return cleaned


class LicenseRows(RowFormSet):
    """Licenses: superbills print the one for the client's state, otherwise the first."""

    form = LicenseForm
    row_template = "details/general/license_row.html"


def license_rows(data: Any, practice: Practice, saved: list[dict[str, Any]]) -> LicenseRows:
    """Return the licenses of a form in the words of the practice's country."""
    country = practice.place
    rows = LicenseRows(data, prefix="licenses", initial=saved, form_kwargs={"country": country})
    rows.row_name, rows.add_label = str(country.license.label), str(country.license.add)
    return rows
