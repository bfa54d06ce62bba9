"""The pop-up "Edit General Details": words and shape of what is typed."""

from collections.abc import Callable
from copy import copy
from typing import Any

from django import forms
from django.db.models import Model

from letterhead.accounts.password_field import PasswordField
from letterhead.details.appearances import places
from letterhead.details.claim_name import SIGNATURE_CHARACTERS, cannot_print
from letterhead.details.fields import (
    FIELDS,
    GeneralDetails,
    NewLicense,
    NewOtherId,
    NewPhone,
    plain_rows,
)
from letterhead.details.general.row_forms import LicenseRows, OtherIdRows, PhoneRows
from letterhead.details.letterhead import Clinician
from letterhead.details.models import Practitioner
from letterhead.details.queries import clinician_picture, kept_rows
from letterhead.numbers.ids import (
    clean_number,
    mask_tax_id,
    provider_number_error,
)
from letterhead.practices.models import Payer, Practice
from letterhead.ui.forms.fields import check_tax_id, harden, typed_tax_id
from letterhead.ui.forms.versioned import VersionedForm

_US_TAX_ID_KINDS = ("SSN", "EIN", "ITIN")


class GeneralDetailsForm(VersionedForm):
    """The fields of General Details that there is one of."""

    tax_id = forms.CharField(
        label="Individual Tax ID",
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="Kept encrypted",
    )
    password = PasswordField(
        required=False,
        help_text="Once more, so that nobody signs for you from your screen",
    )

    class Meta:
        model = Practitioner
        fields = tuple(FIELDS)
        help_texts = {
            "short_signature": f"At most {SIGNATURE_CHARACTERS} characters, as item 31 prints them",
            "npi_label": "The word that prints before it",
            "npi": "The group NPI belongs to Account Settings.",
        }

    def __init__(
        self,
        *args: Any,
        practice: Practice,
        check_password: Callable[[str], str] | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        harden(self)
        self.check_password = check_password  # None: asked for just now, at log-in
        self.asks_password = False
        self.signed = (self.instance.signature, self.instance.short_signature)
        for name, field in FIELDS.items():
            if field.places:
                self.fields[name].places = places().get(field.places, [])  # type: ignore[attr-defined]
        self.practice = practice
        self.kept_tax_id = self.instance.tax_id
        self.mask = mask_tax_id(self.instance.tax_id, self.instance.tax_id_kind)
        self.initial["tax_id"] = self.mask
        self.initial["contact_email"] = self.instance.wanted_email
        self.fields["contact_email"].help_text = (
            "Notifications go there too. A new one counts once you have opened the link mailed "
            f"to it. Your login email stays {self.instance.user.email}."
        )
        if practice.country == "US":
            kinds = [(kind, kind) for kind in _US_TAX_ID_KINDS]
            self.fields["tax_id_kind"].choices = [("", "Choose"), *kinds]  # type: ignore[attr-defined]
        if practice.country != "US":
            self.fields["npi"].label = "Individual NPI (or Provider Number)"

    @property
    def groups(self) -> dict[str, list[tuple[int, forms.BoundField]]]:
        """The fields of each group of the pop-up, each with its width."""
        groups: dict[str, list[tuple[int, forms.BoundField]]] = {}
        for name, field in FIELDS.items():
            groups.setdefault(field.group, []).append((field.width, self[name]))
        return groups

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
        return typed_tax_id(self, kept=self.kept_tax_id, mask=self.mask)

    def clean(self) -> dict[str, Any]:
        """Check what belongs together."""
        cleaned = super().clean() or {}
        check_tax_id(self)
        if cleaned.get("signature") == "short" and cleaned.get("short_signature") == "":
            self.add_error("short_signature", "Enter the short form, or choose another signature.")
        self._check_claim_name(cleaned)
        self._check_signature(cleaned)
        cleaned["npi_label"] = cleaned.get("npi_label") or "NPI"
        return cleaned

    def show_what_changed(self, now: Model) -> None:
        """Tell of the tax ID as of all fields, but masked; an untouched one is theirs."""
        mask = self.shown(now, "tax_id")
        untouched = self.data.get("tax_id") == self.mask
        if untouched:
            self.cleaned_data["tax_id"] = getattr(now, "tax_id", "")
        super().show_what_changed(now)
        if untouched:
            self.data["tax_id"] = mask  # type: ignore[index]  # a copy, made above

    def shown(self, now: Model, name: str) -> str:
        """Mask the tax ID."""
        if name != "tax_id":
            return super().shown(now, name)
        return mask_tax_id(getattr(now, "tax_id", ""), getattr(now, "tax_id_kind", ""))

    def _check_signature(self, cleaned: dict[str, Any]) -> None:
        signed = (cleaned.get("signature"), cleaned.get("short_signature"))
        if self.check_password is None or signed == self.signed:
            return
        self.asks_password = True
        typed = cleaned.get("password") or ""
        missing = "" if typed else "Type your password to change the signature on claims."
        if error := missing or self.check_password(typed):
            self.add_error("password", error)

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


class General:
    """The whole pop-up: one form and three lists of rows, read and checked together."""

    def __init__(
        self,
        data: Any,
        *,
        practitioner: Practitioner,
        clinician: Clinician,
        payers: tuple[Payer, ...],
        check_password: Callable[[str], str] | None = None,
    ) -> None:
        practice = practitioner.practice
        self.form = GeneralDetailsForm(
            data, instance=practitioner, practice=practice, check_password=check_password
        )
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

    def show_what_changed(self, now: Practitioner) -> None:
        """Keep what was typed, say what is saved now, and let the next save win."""
        new, country = self.new(), now.practice.country
        now = copy(now)
        now.contact_email = now.wanted_email
        self.form.show_what_changed(now)
        saved = clinician_picture(now, country=country)
        phones = [f"{phone.label} {phone.shown}" for phone in saved.phones]
        other_ids = [f"{other.qualifier} {other.number}" for other in saved.other_ids]
        licenses = [f"{license.state} {license.number}".strip() for license in saved.licenses]
        for heading, rows, shown in (
            ("Phone Numbers", "phones", phones),
            ("Other ID Numbers", "other_ids", other_ids),
            ("Licenses", "licenses", licenses),
        ):
            if kept_rows(now, rows) != plain_rows(getattr(new, rows)):
                told = ", ".join(shown) or "none"
                self.form.add_error(None, f"{heading} that someone else saved: {told}.")

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

    password = PasswordField()

    def __init__(self, *args: Any, check: Callable[[str], str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.check = check

    def clean_password(self) -> str:
        """Ask `check`, which says what is wrong with a password or ""."""
        password: str = self.cleaned_data["password"]
        if error := self.check(password):
            raise forms.ValidationError(error)
        return password
