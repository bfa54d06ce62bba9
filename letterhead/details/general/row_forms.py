"""The repeated rows of "Edit General Details": phones, other IDs, licenses."""

from typing import Any

from django import forms

from letterhead.details.models import OtherId, PhoneNumber
from letterhead.numbers.ids import taxonomy_error
from letterhead.numbers.phones import NotAPhoneNumber, read_phone
from letterhead.practices.models import Payer
from letterhead.ui.forms.fields import DayField, harden
from letterhead.ui.forms.rows import RowFormSet


class RowForm(forms.Form):
    """A row whose texts hold nothing that can't be shown."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        harden(self)


class PhoneForm(RowForm):
    """One phone number."""

    kind = forms.ChoiceField(label="Type", choices=PhoneNumber.Kind)
    own_label = forms.CharField(label="Own label", max_length=20, required=False)
    number = forms.CharField(
        label="Phone number",
        max_length=40,
        widget=forms.TelInput(attrs={"autocomplete": "tel"}),
    )
    print_on_bills = forms.BooleanField(label="Print on bills", required=False)
    use_in_messages = forms.BooleanField(label="Use in messages", required=False)

    def __init__(self, *args: Any, country: str = "US", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        harden(self)
        self.country = country

    def clean(self) -> dict[str, Any]:
        """Read the number the country's way; a label of one's own is for Other only."""
        cleaned = super().clean() or {}
        if "number" in cleaned:
            try:
                read = read_phone(_in_ascii_digits(cleaned["number"]), country=self.country)
                cleaned["number"], cleaned["extension"] = read
            except NotAPhoneNumber:
                self.add_error(
                    "number",
                    "This is no phone number we know. Write it as you would dial it, "
                    "with + and the country code where it is abroad.",
                )
        if cleaned.get("kind") != PhoneNumber.Kind.OTHER:
            cleaned["own_label"] = ""
        elif not cleaned.get("own_label"):
            self.add_error("own_label", "Enter a label of your own, or choose another type.")
        return cleaned


def _in_ascii_digits(typed: str) -> str:
    """Refuse digits of other scripts, which telephones don't have. Raises NotAPhoneNumber."""
    if any(c.isdigit() and not c.isascii() for c in typed):
        raise NotAPhoneNumber
    return typed


class PhoneRows(RowFormSet):
    """Phone numbers, in the order in which they print."""

    form, row_name, add_label, movable = PhoneForm, "Phone", "Add phone number", True
    row_template = "details/general/phone_row.html"


class OtherIdForm(RowForm):
    """One other ID with its qualifier."""

    number = forms.CharField(label="Other ID Number", max_length=50, required=False)
    qualifier = forms.ChoiceField(
        label="Other ID Qualifier", choices=[("", "Choose"), *OtherId.Qualifier.choices],
        required=False,
    )  # fmt: skip
    payer = forms.ChoiceField(label="Payer", required=False)
    is_default = forms.BooleanField(label="Default", required=False)

    def __init__(self, *args: Any, payers: tuple[Payer, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["payer"].choices = [  # type: ignore[attr-defined]
            ("", "Any payer"),
            *((str(payer.pk), payer.name) for payer in payers),
        ]
        for field in self.fields.values():
            field.always_plain = True  # type: ignore[attr-defined]
        harden(self)

    def clean(self) -> dict[str, Any]:
        """Number and qualifier need each other."""
        cleaned = super().clean() or {}
        number, qualifier = cleaned.get("number"), cleaned.get("qualifier")
        if number and qualifier == "":
            self.add_error("qualifier", "Choose the qualifier of this number.")
        if qualifier and number == "":
            self.add_error("number", "Enter the number for this qualifier.")
        if number == "" and qualifier == "":
            self.add_error("number", "Enter a number and its qualifier, or remove this row.")
        if number and qualifier == OtherId.Qualifier.TAXONOMY and (e := taxonomy_error(number)):
            self.add_error("number", e)
        if cleaned.get("is_default") and cleaned.get("payer"):
            self.add_error("is_default", "The default is for any payer: leave Payer on Any payer.")
        cleaned["payer_id"] = int(cleaned["payer"]) if cleaned.get("payer") else None
        return cleaned


class OtherIdRows(RowFormSet):
    """Other IDs; one is the default, others may be tied to a payer."""

    form, row_name, add_label = OtherIdForm, "Other ID", "Add other ID"
    row_template = "details/general/other_id_row.html"

    def clean(self) -> None:
        """One default, one number a payer, nothing twice."""
        seen: set[tuple[str, object]] = set()
        for form in self.forms:
            row = getattr(form, "cleaned_data", None) or {}
            marks = [
                ("is_default", bool(row.get("is_default")), "Only one other ID is the default."),
                ("payer", row.get("payer_id"), "Another row is for this payer already."),
            ]
            for field, mark, message in marks:
                if mark and (field, mark) in seen:
                    form.add_error(field, message)
                seen.add((field, mark))


class LicenseForm(RowForm):
    """One license."""

    type = forms.CharField(label="License type", max_length=60, required=False)
    state = forms.CharField(label="License state", max_length=60, required=False)
    number = forms.CharField(label="License number", max_length=30)
    since = DayField(label="License since", required=False)
    expires = DayField(label="License expires", required=False)
    board_url = forms.URLField(
        label="Link to the board", max_length=200, required=False, assume_scheme="https"
    )
    print_on_superbill = forms.BooleanField(
        label="Print on superbill", required=False, initial=True
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        harden(self)

    def clean(self) -> dict[str, Any]:
        """A license ends after it begins."""
        cleaned = super().clean() or {}
        since, expires = cleaned.get("since"), cleaned.get("expires")
        if since and expires and expires < since:
            self.add_error("expires", "It expires before it began. Check both dates.")
        return cleaned


class LicenseRows(RowFormSet):
    """Licenses; the client's state picks the one that prints, else the first."""

    form, row_name, add_label = LicenseForm, "License", "Add license"
    row_template = "details/general/license_row.html"
