"""The services of a visit: a form for each, with what their country and payers use."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from letterhead.billing.models import ServiceLine
from letterhead.billing.visits.items import OF_LINE, LineItems
from letterhead.clients.fields import FactorField, MoneyField, UnitsField, read_money_in
from letterhead.countries.money import tax_in_words
from letterhead.places.choices import ALL_PLACES_OF_SERVICE
from letterhead.practices.models import Practice
from letterhead.ui.forms.fields import (
    DayField,
    WholeNumberField,
    harden,
    modifiers,
    service_code,
)
from letterhead.ui.forms.rows import RowFormSet

_MOST_MINUTES = 1440
_ON_CLAIMS = ("pointers", *(name for name in OF_LINE if name != "until"))
_IN_ORDER = (
    *("code", "modifiers", "charge", "units", "factor", "minutes", "tax", "pointers"),
    *("service_on", "place_of_service", "description"),
)


class LineForm(LineItems):
    """One service of a visit."""

    service_on = DayField(
        label=_("Date of service"), required=False, help_text=_("If different from the visit's")
    )
    place_of_service = forms.CharField(
        label=_("Place of service"),
        max_length=10,
        required=False,
        help_text=_("If different from the location's"),
    )
    code = forms.CharField(label=_("Code"), max_length=12, help_text=_("CPT or HCPCS"))
    modifiers = forms.CharField(
        label=_("Modifiers"), max_length=40, required=False, help_text=_("Up to four, like 95 GT")
    )
    description = forms.CharField(
        label=_("Description"),
        max_length=80,
        required=False,
        help_text=_("What you did, in your own words. Insurers ask for it on superbills."),
    )
    pointers = forms.CharField(
        label=_("Diagnosis pointers"),
        max_length=40,
        required=False,
        help_text=_("Letters, main diagnosis first, like AB"),
    )
    charge = MoneyField(label=_("Charge"), max_digits=8, help_text=_("For all units together"))
    units = UnitsField(label=_("Units"), required=False, help_text=_("1 if you leave it empty"))
    minutes = WholeNumberField(label=_("Minutes"), low=1, high=_MOST_MINUTES, required=False)
    factor = FactorField(
        label=_("Factor"), required=False, help_text=_("What the scale’s fee is multiplied by")
    )
    tax = forms.ChoiceField(label=_("Tax"), required=False, help_text=_("Included in the charge"))

    def __init__(self, *args: Any, practice: Practice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        read_money_in(self, practice)
        self.services = practice.place.services
        if not self.services.code_needed:
            self._take_any_code()
        taxes = [
            (tax.name, tax_in_words(tax, country=practice.country))
            for tax in practice.place.taxes.choices
        ]
        self.fields["tax"].choices = [("", _("None")), *taxes]  # type: ignore[attr-defined]
        self.fields["tax"].initial = practice.tax
        self._leave_out(unused_in(practice))
        for field in self.fields.values():
            field.always_plain = True  # type: ignore[attr-defined]
        harden(self)

    def _take_any_code(self) -> None:
        """Codes are free, with the country's words; a service can also be described only."""
        longest = ServiceLine._meta.get_field("code").max_length
        self.fields["code"] = forms.CharField(
            label=str(self.services.code_label),
            help_text=str(self.services.code_help),
            max_length=longest,
            required=False,
        )
        self.fields["units"].label = str(self.services.units)
        self.fields["description"].help_text = _("What you did, in your own words")
        self.fields["charge"].help_text = _("For all of them together")

    def _leave_out(self, names: Iterable[str]) -> None:
        """Drop what isn't used there; what was saved before goes along with its row, hidden."""
        for name in names:
            if self[name].value() in (None, "", False):
                del self.fields[name]
            else:
                self.fields[name].widget = forms.HiddenInput()

    def main_fields(self) -> list[tuple[forms.BoundField, str]]:
        """The fields that aren't folded away, in the order in which they stand, with their widths.

        Words have more room where there are few other fields.
        """
        here = [self[name] for name in _IN_ORDER if name in self.fields]
        shown = {field.name: field for field in here if not field.is_hidden}
        words = "w3" if "modifiers" in shown else "w9"
        return [(field, words if name == "description" else "w3") for name, field in shown.items()]

    def clean_place_of_service(self) -> str:
        """Two digits, or nothing."""
        place: str = self.cleaned_data["place_of_service"]
        if place and not re.fullmatch(r"[0-9]{2}", place):
            raise forms.ValidationError(
                gettext("Enter the two digits of a place of service, like 11.")
            )
        if place and place not in ALL_PLACES_OF_SERVICE:
            words = gettext("There is no place of service %(place)s. Check it, or enter 99.")
            raise forms.ValidationError(words % {"place": place})
        return place

    def clean_code(self) -> str:
        """Write the code as claims print it; in other countries, as typed."""
        return service_code(self.cleaned_data["code"], is_in_us=self.services.code_needed)

    def clean_modifiers(self) -> str:
        """Read "95 GT", "95,gt" and "95GT" as the two modifiers that they are."""
        return modifiers(self.cleaned_data["modifiers"])

    def clean_pointers(self) -> str:
        """Read "A, B" as AB; the letters must be different ones."""
        typed = re.sub(r"[\s,]+", "", self.cleaned_data["pointers"])
        if not re.fullmatch(r"[A-La-l]{0,4}", typed):
            raise forms.ValidationError(gettext("Enter up to four letters from A to L, like AB."))
        if len(set(typed.upper())) < len(typed):
            raise forms.ValidationError(gettext("A letter appears twice. Remove one."))
        return typed.upper()

    def clean(self) -> dict[str, Any]:
        """Ask for words where there is no code."""
        cleaned = super().clean() or self.cleaned_data
        described = cleaned.get("code") or cleaned.get("description")
        if not (described or {"code", "description"} & self.errors.keys()):
            self.add_error("description", gettext("Enter a description or a code."))
        return cleaned


def unused_in(practice: Practice) -> tuple[str, ...]:
    """The fields of a service that neither the practice's country nor its payers use."""
    services, on_claims = practice.place.services, practice.uses_us_claims
    used = {
        "modifiers": on_claims or services.has_modifiers,
        "place_of_service": on_claims or services.has_place_of_service,
        "minutes": services.has_minutes,
        "factor": services.has_factor,
        "tax": bool(practice.place.taxes.choices),
        **dict.fromkeys(_ON_CLAIMS, on_claims),
    }
    return tuple(name for name, is_used in used.items() if not is_used)


class LineRows(RowFormSet):
    """The services of a visit in the order in which they print; at least one."""

    form, row_name, add_label, movable = LineForm, _("Service"), _("Add service"), True
    row_template = "billing/visit_line.html"
    blank_rows = 1

    def clean(self) -> None:
        """Ask for at least one service."""
        if all(self._is_blank(row) for row in self.forms):
            if not self.forms:
                raise forms.ValidationError(gettext("Add at least one service."))
            self.forms[0].add_error("code", gettext("Enter at least one service."))
