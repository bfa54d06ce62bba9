"""The pop-up "Edit General Details": words and shape of what is typed."""

from collections.abc import Callable
from typing import Any

from django import forms

from letterhead.details.claim_name import cannot_print
from letterhead.details.general import GeneralDetails, NewLicense, NewOtherId, NewPhone
from letterhead.details.letterhead import Clinician, PersonName
from letterhead.details.models import OtherId, PhoneNumber, Practitioner
from letterhead.practices.models import Payer, Practice
from letterhead.practices.numbers import (
    clean_number,
    mask_tax_id,
    provider_number_error,
    tax_id_error,
    taxonomy_error,
)
from letterhead.practices.phones import NotAPhoneNumber, read_phone
from letterhead.ui.rows import RowFormSet
from letterhead.ui.versioned import VersionedForm

_NAMES = (
    *("first_name", "middle_name", "last_name", "suffix"),
    *("claim_first_name", "claim_middle_name", "claim_last_name", "claim_suffix"),
    *("credentials", "signature", "short_signature"),
)
_US_TAX_ID_KINDS = ("SSN", "EIN", "ITIN")


class GeneralDetailsForm(VersionedForm):
    """The fields of General Details that there is one of."""

    tax_id = forms.CharField(
        label="Individual Tax ID",
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="Kept encrypted. Invoices and superbills; never on insurance claims.",
    )

    class Meta:
        model = Practitioner
        fields = (
            "title",
            "first_name",
            "middle_name",
            "last_name",
            "suffix",
            "pronouns",
            "claim_first_name",
            "claim_middle_name",
            "claim_last_name",
            "claim_suffix",
            "credentials",
            "signature",
            "short_signature",
            "contact_email",
            "npi_label",
            "npi",
            "tax_id",
            "tax_id_kind",
            "tax_id_on_bills",
        )
        help_texts = {
            "credentials": "Superbill, CMS-1500 item 31",
            "short_signature": "At most 21 characters, as item 31 prints them",
            "npi_label": "The word that prints before it",
            "npi": "Superbill, CMS-1500 item 24J. The group NPI belongs to Account Settings.",
        }

    def __init__(self, *args: Any, practice: Practice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.practice = practice
        self.kept_tax_id = self.instance.tax_id
        self.mask = mask_tax_id(self.instance.tax_id, self.instance.tax_id_kind)
        self.initial["tax_id"] = self.mask
        self.fields["contact_email"].help_text = (
            "Documents, bills, and where notifications go. "
            f"Your login email stays {self.instance.user.email}."
        )
        if practice.country == "US":
            kinds = [(kind, kind) for kind in _US_TAX_ID_KINDS]
            self.fields["tax_id_kind"].choices = [("", "Choose"), *kinds]  # type: ignore[attr-defined]
        if practice.country != "US":
            self.fields["npi"].label = "Individual NPI (or Provider Number)"

    def clean_last_name(self) -> str:
        """Refuse a comma; the page offers to move what follows it to Credentials."""
        name: str = self.cleaned_data["last_name"]
        if "," in name:
            self.after_comma = name.partition(",")[2].strip()
            raise forms.ValidationError(
                "A last name has no comma. If credentials follow it, move them to Credentials."
            )
        return name

    def clean_npi(self) -> str:
        """Take blanks and hyphens out, then ask the country's rule."""
        number = clean_number(self.cleaned_data["npi"])
        if number and (error := provider_number_error(number, country=self.practice.country)):
            raise forms.ValidationError(error)
        return number

    def clean_tax_id(self) -> str:
        """Keep the number where its mask came back untouched, else take what was typed."""
        typed = self.cleaned_data["tax_id"]
        return self.kept_tax_id if typed == self.mask else clean_number(typed)

    def clean(self) -> dict[str, Any]:
        """Check what belongs together."""
        cleaned = super().clean() or {}
        self._check_tax_id(cleaned.get("tax_id"), cleaned.get("tax_id_kind"))
        if cleaned.get("signature") == "short" and not self.data.get("short_signature"):
            self.add_error("short_signature", "Enter the short form, or choose another signature.")
        self._check_claim_name(cleaned)
        cleaned["npi_label"] = cleaned.get("npi_label") or "NPI"
        return cleaned

    def _check_tax_id(self, number: str | None, kind: str | None) -> None:
        if number is None or kind is None:
            return
        if number and not kind:
            self.add_error("tax_id_kind", "Choose what kind of tax ID this is.")
        elif kind and not number:
            self.add_error("tax_id", "Enter the tax ID, or leave its kind empty too.")
        elif number and (error := tax_id_error(number, kind)):
            self.add_error("tax_id", error)

    def _check_claim_name(self, cleaned: dict[str, Any]) -> None:
        parts = ("first_name", "middle_name", "last_name", "suffix")
        claim = {part: cleaned.get(f"claim_{part}") or "" for part in parts}
        if any(claim.values()) and not claim["last_name"]:
            self.add_error(
                "claim_last_name", "Enter the last name too: claims print the whole name."
            )
        for part in parts:
            if bad := cannot_print(claim[part]):
                self.add_error(f"claim_{part}", f"Claims can't print “{bad}”. Use Latin letters.")
        if self.practice.country != "US" or any(claim.values()):
            return
        if bad := "".join(cannot_print(cleaned.get(part) or "") for part in parts):
            self.add_error(
                "claim_last_name",
                f"Claims can't print “{bad}” of your name. Enter the name as NPPES has it, "
                "in Latin letters.",
            )

    def _get_validation_exclusions(self) -> set[str]:
        # Checked together by `clean`, which says it beside the right field.
        exclusions: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return exclusions | {"tax_id", "tax_id_kind"}


class PhoneForm(forms.Form):
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
        self.country = country

    def clean(self) -> dict[str, Any]:
        """Read the number the country's way; a label of one's own is for Other only."""
        cleaned = super().clean() or {}
        if "number" in cleaned:
            try:
                read = read_phone(cleaned["number"], country=self.country)
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


class PhoneRows(RowFormSet):
    """Phone numbers, in the order in which they print."""

    form, row_name, add_label, movable = PhoneForm, "Phone", "Add phone number", True
    row_template = "details/phone_row.html"


class OtherIdForm(forms.Form):
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
    row_template = "details/other_id_row.html"

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


class LicenseForm(forms.Form):
    """One license."""

    type = forms.CharField(label="License type", max_length=60, required=False)
    state = forms.CharField(label="License state", max_length=60, required=False)
    number = forms.CharField(label="License number", max_length=30)
    since = forms.DateField(label="License since", required=False)
    expires = forms.DateField(label="License expires", required=False)
    board_url = forms.URLField(
        label="Link to the board", max_length=200, required=False, assume_scheme="https"
    )
    print_on_superbill = forms.BooleanField(
        label="Print on superbill", required=False, initial=True
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("since", "expires"):
            self.fields[name].widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

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
    row_template = "details/license_row.html"


class General:
    """The whole pop-up: one form and three lists of rows, read and checked together."""

    def __init__(
        self,
        data: Any,
        *,
        practitioner: Practitioner,
        clinician: Clinician,
        payers: tuple[Payer, ...],
    ) -> None:
        practice = practitioner.practice
        self.form = GeneralDetailsForm(data, instance=practitioner, practice=practice)
        self.phones = PhoneRows(
            data,
            prefix="phones",
            initial=_phones_as_typed(practitioner, clinician),
            form_kwargs={"country": practice.country},
        )
        self.other_ids = OtherIdRows(
            data,
            prefix="other_ids",
            initial=[
                {**row, "payer": str(row["payer_id"] or "")} for row in practitioner.other_id_rows
            ],
            form_kwargs={"payers": payers},
        )
        self.licenses = LicenseRows(
            data, prefix="licenses", initial=list(practitioner.license_rows)
        )

    def parts(self) -> dict[str, Any]:
        """Give the forms by the names that the template uses."""
        return {
            "form": self.form,
            "phones": self.phones,
            "other_ids": self.other_ids,
            "licenses": self.licenses,
        }

    def is_valid(self) -> bool:
        """Check every part, so that all errors show at once."""
        return all([part.is_valid() for part in self.parts().values()])

    def typed_clinician(self) -> Clinician:
        """Give the name and signature as they are typed now, saved or not."""
        typed = {name: str(self.form[name].value() or "").strip() for name in _NAMES}
        name = PersonName(
            first=typed["first_name"],
            middle=typed["middle_name"],
            last=typed["last_name"],
            suffix=typed["suffix"],
        )
        claim_name = PersonName(
            first=typed["claim_first_name"],
            middle=typed["claim_middle_name"],
            last=typed["claim_last_name"],
            suffix=typed["claim_suffix"],
        )
        return Clinician(
            id=0,
            name=name,
            claim_name=claim_name if claim_name.last else name,
            credentials=typed["credentials"],
            signature=typed["signature"],  # type: ignore[arg-type]  # only looked at
            short_signature=typed["short_signature"],
        )

    def new(self) -> GeneralDetails:
        """Give what is to be kept."""
        return GeneralDetails(
            **self.form.columns(),
            phones=tuple(NewPhone(**row) for row in self.phones.rows),
            other_ids=tuple(
                NewOtherId(**{k: v for k, v in row.items() if k != "payer"})
                for row in self.other_ids.rows
            ),
            licenses=tuple(NewLicense(**row) for row in self.licenses.rows),
        )


def _phones_as_typed(practitioner: Practitioner, clinician: Clinician) -> list[dict[str, Any]]:
    """Phones as their fields show them: the number the country's way, extension included."""
    return [
        {**row, "number": phone.shown}
        for row, phone in zip(practitioner.phone_rows, clinician.phones, strict=True)
    ]


class PasswordForm(forms.Form):
    """The password once more, before something secret is shown."""

    password = forms.CharField(
        label="Password",
        max_length=1_000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, check: Callable[[str], str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.check = check

    def clean_password(self) -> str:
        """Ask `check`, which says what is wrong with a password or ""."""
        password: str = self.cleaned_data["password"]
        if error := self.check(password):
            raise forms.ValidationError(error)
        return password
