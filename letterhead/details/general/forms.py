"""The pop-up "Edit General Details": its fields and what they accept."""

from collections.abc import Callable
from copy import copy
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.db.models import Model
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from letterhead.accounts.password_field import PasswordField
from letterhead.details.appearances import places
from letterhead.details.fields import (
    FIELDS,
    GeneralDetails,
    NewLicense,
    NewOtherId,
    NewPhone,
    plain_rows,
)
from letterhead.details.general.moving import NAMES_TO_SPLIT, Move, move_out_of
from letterhead.details.general.row_forms import OtherIdRows, PhoneRows, license_rows
from letterhead.details.letterhead import Clinician
from letterhead.details.models import DEFAULT_LABEL, LONGEST_LABEL, Practitioner
from letterhead.details.queries import clinician_of, saved_rows
from letterhead.practices.forms import number_rows
from letterhead.practices.models import Practice
from letterhead.texts.claim_letters import SIGNATURE_CHARACTERS, cannot_print, fold
from letterhead.texts.person_names import repeated_part
from letterhead.ui.forms.fields import harden
from letterhead.ui.forms.tax_ids import check_tax_id, offer_kinds, typed_tax_id
from letterhead.ui.forms.versioned import VersionedForm

# only for claims on the CMS-1500
_ON_CLAIMS = (
    *("claim_first_name", "claim_middle_name", "claim_last_name", "claim_suffix"),
    *("signature", "short_signature"),
)


class GeneralDetailsForm(VersionedForm):
    """The fields of General Details that aren't lists."""

    tax_id_kind = forms.ChoiceField(label=_("Kind of tax ID"), required=False)
    tax_id = forms.CharField(
        label=_("Individual Tax ID"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Stored encrypted"),
    )
    password = PasswordField(
        required=False,
        help_text=_("So that no one else can sign for you from your screen"),
    )

    class Meta:
        model = Practitioner
        fields = tuple(FIELDS)
        help_texts = {
            "npi_label": _("Prints before the number"),
            "npi": _("The group NPI belongs in Account Settings."),
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
        self.check_password = check_password  # None: entered a moment ago, at login
        self.asks_password = False
        self.saved_signature = (self.instance.signature, self.instance.short_signature)
        for name, field in FIELDS.items():
            if field.places:
                self.fields[name].places = places(practice).get(field.places, [])  # type: ignore[attr-defined]
        self.practice, self.country = practice, practice.place
        self.saved_tax_id = self.instance.tax_id
        self.mask = self.country.masked(self.instance.tax_id_kind, self.instance.tax_id)
        self.initial["tax_id"] = self.mask
        self.initial["contact_email"] = self.instance.wanted_email
        self._set_help_texts()
        offer_kinds(self, self.country, of="clinician", kept=self.instance.tax_id_kind)
        if not self.country.bills_us_payers:
            self._ask_for_the_countrys_number()
        if not practice.uses_us_claims:
            self.leave_out(*_ON_CLAIMS)
            self.fields["tax_id_on_bills"].label = _("Print on bills")

    def _ask_for_the_countrys_number(self) -> None:
        """Name the main number as the country does; its label is the default of what prints."""
        kind, number, label = (
            self.country.provider_number,
            self.fields["npi"],
            self.fields["npi_label"],
        )
        self.initial["npi_label"] = self.instance.number_label
        label.validators = [v for v in label.validators if not isinstance(v, MaxLengthValidator)]
        if self.practice.uses_us_numbers_too:
            number.label = _("Individual NPI (or Provider Number)")
            return
        number.label, number.help_text = str(kind.label), ""
        number.widget.attrs["inputmode"] = kind.keyboard
        if kind.example:
            number.help_text = gettext("Like %(example)s") % {"example": kind.example}

    def _set_help_texts(self) -> None:
        text = ngettext(
            "Up to %(count)d printed character, the length of item 31",
            "Up to %(count)d printed characters, the length of item 31. Periods don't print.",
            SIGNATURE_CHARACTERS,
        )
        self.fields["short_signature"].help_text = text % {"count": SIGNATURE_CHARACTERS}
        self.fields["contact_email"].help_text = gettext(
            "Notifications go here too. A new address is used after you open the link we email to "
            "it. Your login email is still %(email)s."
        ) % {"email": self.instance.user.email}

    @property
    def groups(self) -> dict[str, list[tuple[int, forms.BoundField, Move | None]]]:
        """The fields of each group of the pop-up, with width and what could be moved out."""
        groups: dict[str, list[tuple[int, forms.BoundField, Move | None]]] = {}
        for name, field in FIELDS.items():
            if name not in self.fields:
                continue
            move = move_out_of(name, self.data) if name in self.errors else None
            groups.setdefault(field.group, []).append((field.width, self[name], move))
        return groups

    def clean_short_signature(self) -> str:
        """Count what prints: capitals without points."""
        typed: str = self.cleaned_data["short_signature"]
        printed = fold(typed)
        if bad := cannot_print(typed):
            text = gettext("Claims can't print “%(characters)s”. Use Latin letters.")
            raise forms.ValidationError(text % {"characters": bad})
        if typed and not any(map(str.isalpha, printed)):
            raise forms.ValidationError(gettext("A short form has at least one letter."))
        if len(printed) > SIGNATURE_CHARACTERS:
            text = gettext("This prints as “%(printed)s”: %(count)d characters. Only %(most)d fit.")
            values = {"printed": printed, "count": len(printed), "most": SIGNATURE_CHARACTERS}
            raise forms.ValidationError(text % values)
        return typed

    def clean_npi_label(self) -> str:
        """Return the default where the country's own label was left as it was."""
        typed: str = self.cleaned_data["npi_label"]
        if self.country.bills_us_payers:
            return typed or DEFAULT_LABEL
        if typed in {"", str(self.country.provider_number.label)}:
            return DEFAULT_LABEL
        if len(typed) > LONGEST_LABEL:
            text = gettext("Enter at most %(count)d characters.")
            raise forms.ValidationError(text % {"count": LONGEST_LABEL})
        return typed

    def clean_npi(self) -> str:
        """Remove spaces and hyphens, then apply the rule of the country's number.

        What was saved in another country stays until it is changed.
        """
        typed: str = self.cleaned_data["npi"]
        if typed == self.initial["npi"] and not self.country.bills_us_payers:
            return typed
        kind = self.practice.main_number(typed)
        number = kind.clean(typed)
        if number and (error := kind.error(number)):
            raise forms.ValidationError(error)
        return number

    def clean_tax_id(self) -> str:
        """Return the saved number if its mask is unchanged, otherwise what was typed."""
        return typed_tax_id(self, kept=self.saved_tax_id, mask=self.mask)

    def clean(self) -> dict[str, Any]:
        """Check fields that depend on each other."""
        cleaned = super().clean() or {}
        kept = (self.saved_tax_id, self.initial["tax_id_kind"])
        check_tax_id(self, self.country, kept=kept)
        if cleaned.get("signature") == "short" and cleaned.get("short_signature") == "":
            self.add_error(
                "short_signature", gettext("Enter the short form, or choose another signature.")
            )
        self._check_printed_once(cleaned)
        if self.practice.uses_us_claims:
            self._check_claim_name(cleaned)
            self._check_signature(cleaned)
        return cleaned

    def show_what_changed(self, now: Model) -> None:
        """Show the tax ID masked; if it wasn't edited, take the other save's."""
        mask = self.shown(now, "tax_id")
        untouched = self.data.get("tax_id") == self.mask
        if untouched:
            self.cleaned_data["tax_id"] = getattr(now, "tax_id", "")
        super().show_what_changed(now)
        if untouched:
            self.data["tax_id"] = mask  # type: ignore[index]  # a copy, made above

    def shown(self, now: Model, name: str) -> str:
        """Mask the tax ID."""
        if name == "tax_id":
            return self.country.masked(getattr(now, "tax_id_kind", ""), getattr(now, name))
        return super().shown(now, "number_label" if name == "npi_label" else name)

    def _check_printed_once(self, cleaned: dict[str, Any]) -> None:
        if part := repeated_part(cleaned.get("credentials") or ""):
            text = gettext("“%(part)s” is there twice. Remove one.")
            self.add_error("credentials", text % {"part": part})
        for name in NAMES_TO_SPLIT:
            if (move := move_out_of(name, self.data)) and name in cleaned:
                text = gettext(
                    "“%(text)s” isn't part of the name. Move it, so that it prints once."
                )
                self.add_error(name, text % {"text": move.text})

    def _check_signature(self, cleaned: dict[str, Any]) -> None:
        signature = (cleaned.get("signature"), cleaned.get("short_signature"))
        if self.check_password is None or signature == self.saved_signature:
            return
        self.asks_password = True
        password = cleaned.get("password") or ""
        missing = gettext("Enter your password to change the signature on claims.")
        if error := self.check_password(password) if password else missing:
            self.add_error("password", error)

    def _check_claim_name(self, cleaned: dict[str, Any]) -> None:
        parts = ("first_name", "middle_name", "last_name", "suffix")
        claim = {part: cleaned.get(f"claim_{part}") or "" for part in parts}
        if any(claim.values()) and not claim["last_name"]:
            self.add_error(
                "claim_last_name",
                gettext("Enter the last name too. Claims print the whole name."),
            )
        for part in parts:
            if bad := cannot_print(claim[part]):
                text = gettext("Claims can't print “%(characters)s”. Use Latin letters.")
                self.add_error(f"claim_{part}", text % {"characters": bad})
        if any(claim.values()):
            return
        if bad := "".join(cannot_print(cleaned.get(part) or "") for part in parts):
            text = gettext(
                "Claims can't print “%(characters)s” in your name. Enter your name as it is in "
                "NPPES, in Latin letters."
            )
            self.add_error("claim_last_name", text % {"characters": bad})

    def _get_validation_exclusions(self) -> set[str]:
        # `clean` checks them together and puts the error next to the right field.
        exclusions: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return exclusions | {"tax_id", "tax_id_kind"}


class GeneralDetailsForms:
    """The whole pop-up: one form and three lists of rows, validated together."""

    def __init__(
        self,
        data: Any,
        *,
        practitioner: Practitioner,
        clinician: Clinician,
        payers: dict[int, str],
        check_password: Callable[[str], str] | None = None,
    ) -> None:
        self.practitioner, practice = practitioner, practitioner.practice
        self.form = GeneralDetailsForm(
            data, instance=practitioner, practice=practice, check_password=check_password
        )
        self.phones = PhoneRows(
            data,
            prefix="phones",
            initial=_phones_in_fields(practitioner, clinician),
            form_kwargs={"country": practice.country},
        )
        self.other_ids = _other_id_rows(data, practitioner, payers)
        self.licenses = license_rows(data, practice, list(practitioner.license_rows))
        self.numbers = number_rows(
            data,
            practice=practice,
            of="clinician",
            saved=saved_rows(practitioner, "numbers"),
            payers=lambda: payers,
        )

    def parts(self) -> dict[str, Any]:
        """Return the forms under their names in the template, those that there are."""
        parts = {
            "form": self.form,
            "phones": self.phones,
            "numbers": self.numbers,
            "other_ids": self.other_ids,
            "licenses": self.licenses,
        }
        return {name: part for name, part in parts.items() if part is not None}

    def is_valid(self) -> bool:
        """Validate every part, so that all errors show at once."""
        return all([part.is_valid() for part in self.parts().values()])

    def show_what_changed(self, now: Practitioner) -> None:
        """Leave what was typed, show what is saved now, and let the next save win."""
        new, country = self.new(), now.practice.country
        now = copy(now)
        now.contact_email = now.wanted_email
        self.form.show_what_changed(now)
        saved = clinician_of(now, country=country)
        phones = [f"{phone.label} {phone.formatted}" for phone in saved.phones]
        other_ids = [f"{other.qualifier} {other.number}" for other in saved.other_ids]
        licenses = [f"{license.state} {license.number}".strip() for license in saved.licenses]
        for text, name, rows in (
            (gettext("Someone else saved these phone numbers: %(rows)s."), "phones", phones),
            (gettext("Someone else saved these other IDs: %(rows)s."), "other_ids", other_ids),
            (gettext("Someone else saved these licenses: %(rows)s."), "licenses", licenses),
        ):
            if saved_rows(now, name) != plain_rows(getattr(new, name)):
                self.form.add_error(None, text % {"rows": ", ".join(rows) or gettext("none")})
        if self.numbers is not None:
            self.numbers.show_what_changed(saved_rows(now, "numbers"), form=self.form)

    def new(self) -> GeneralDetails:
        """Return the cleaned values."""
        return GeneralDetails(
            **self.form.columns(),
            phones=tuple(NewPhone(**row) for row in self.phones.rows),
            other_ids=other_ids_of(self.practitioner)
            if self.other_ids is None
            else tuple(
                NewOtherId(**{k: v for k, v in row.items() if k != "payer"})
                for row in self.other_ids.rows
            ),
            licenses=tuple(NewLicense(**row) for row in self.licenses.rows),
            numbers=self.numbers.new if self.numbers else (),
        )


def other_ids_of(practitioner: Practitioner) -> tuple[NewOtherId, ...]:
    """Return the saved other IDs, which stay where the form doesn't ask for them."""
    return tuple(NewOtherId(**row) for row in saved_rows(practitioner, "other_ids"))


def _other_id_rows(
    data: Any, practitioner: Practitioner, payers: dict[int, str]
) -> OtherIdRows | None:
    """Return the rows of claims on the CMS-1500, None where there are no such claims."""
    if not practitioner.practice.uses_us_claims:
        return None
    saved = practitioner.other_id_rows
    initial = [{**row, "payer": str(row["payer_id"] or "")} for row in saved]
    return OtherIdRows(data, prefix="other_ids", initial=initial, form_kwargs={"payers": payers})


def _phones_in_fields(practitioner: Practitioner, clinician: Clinician) -> list[dict[str, Any]]:
    """Return the phone rows as their fields show them: formatted, with the extension."""
    return [
        {**row, "number": phone.formatted}
        for row, phone in zip(practitioner.phone_rows, clinician.phones, strict=True)
    ]


class PasswordForm(forms.Form):
    """The password again, before something secret is shown."""

    password = PasswordField()

    def __init__(self, *args: Any, check: Callable[[str], str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.check = check

    def clean_password(self) -> str:
        """Ask `check`, which returns what is wrong with a password, or ""."""
        password: str = self.cleaned_data["password"]
        if error := self.check(password):
            raise forms.ValidationError(error)
        return password
