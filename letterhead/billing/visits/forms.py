"""The form of a visit with its diagnoses and services."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from letterhead.billing.models import Visit
from letterhead.billing.together import LETTERS
from letterhead.billing.visits.actions import NewLine, VisitFacts, rows_of
from letterhead.billing.visits.items import (
    ITEMS,
    REFERRERS_ID,
    LineItems,
    VisitItems,
    days_are_in_order,
)
from letterhead.clients.fields import (
    MoneyField,
    UnitsField,
    choose_from,
    read_money_in,
    without_optional,
)
from letterhead.codes.icd_10_cm import SHAPE
from letterhead.numbers.ids import clean_provider_number, provider_number_error
from letterhead.places.choices import ALL_PLACES_OF_SERVICE
from letterhead.practices.days import today_in
from letterhead.practices.models import Practice
from letterhead.ui.forms.fields import DayField, harden, modifiers, service_code, us_state
from letterhead.ui.forms.rows import RowFormSet

_REFERRER = ("referrer_first_name", "referrer_last_name", "referrer_credentials", "referrer_npi")


def clean_icd_10_cm(typed: str) -> str:
    """An ICD-10-CM code in capitals with its point. Raises ValidationError.

    Its point stands after three characters.
    """
    found = re.sub(r"^(...)\.", r"\1", typed.upper())
    if typed and not SHAPE.fullmatch(found):
        raise forms.ValidationError(gettext("Enter an ICD-10-CM code, like E11.9 or Z71.3."))
    return ".".join(filter(None, (found[:3], found[3:])))


class VisitForm(VisitItems):
    """The fields of a visit that there is one of, and its twelve diagnoses."""

    visited_on = DayField(label=_("Date of visit"))
    amount_paid = MoneyField(label=_("Amount paid"), max_digits=9, required=False)
    paid_on = DayField(label=_("Paid on"), required=False)
    referrer_npi = forms.CharField(label=_("NPI"), max_length=40, required=False)

    class Meta:
        model = Visit
        fields = (
            *("visited_on", "practitioner", "location", "policy"),
            *("amount_paid", "paid_on", "payment_method"),
            *("employment_related", "auto_accident", "auto_accident_state", "other_accident"),
            *("referrer_qualifier", *_REFERRER),
            *("prior_authorization", "account_number", "accept_assignment", *ITEMS),
        )
        help_texts = {
            "location": _("Its place of service is each service’s, unless it has its own"),
            "policy": _("The policy to bill"),
            "account_number": _(
                "Your own reference for item 26 of a claim. Don't use the client's name."
            ),
            "auto_accident_state": _("Two letters. Required for an auto accident."),
            "referrer_last_name": _(
                "Item 17 of a claim. Required if a provider referred the client."
            ),
        }

    def __init__(
        self,
        *args: Any,
        clinicians: QuerySet,
        locations: QuerySet,
        policies: QuerySet,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "practitioner", clinicians)
        choose_from(self, "location", locations)
        choose_from(self, "policy", policies)
        self.fields["policy"].empty_label = _("None: the client pays")  # type: ignore[attr-defined]
        self.fields["referrer_qualifier"].choices = [  # type: ignore[attr-defined]
            ("", _("None")),
            *Visit.ReferrerQualifier.choices,
        ]
        latest = today_in(self.practice)
        self.fields["visited_on"].latest = latest.replace(year=latest.year + 1, day=1)  # type: ignore[attr-defined]
        self.fields["paid_on"].latest = latest  # type: ignore[attr-defined]
        self.fields["payment_method"].choices = [("", _("Not set")), *Visit.PaymentMethod.choices]  # type: ignore[attr-defined]
        without_optional(self, "auto_accident_state", "referrer_last_name")
        self._add_diagnoses()

    def _add_diagnoses(self) -> None:
        codes = rows_of(self.instance)["diagnoses"] if self.instance.pk else []
        for position, letter in enumerate(LETTERS):
            field = forms.CharField(max_length=20, required=False)
            field.label = gettext("Diagnosis %(letter)s") % {"letter": letter}
            field.always_plain = True  # type: ignore[attr-defined]
            name = f"diagnoses-{position}-code"
            self.fields[name] = field
            self.initial[name] = codes[position] if position < len(codes) else ""
        harden(self)

    def diagnosis_fields(self) -> list[forms.BoundField]:
        """The twelve fields of the diagnoses, A first."""
        return [self[f"diagnoses-{position}-code"] for position in range(len(LETTERS))]

    def clean_amount_paid(self) -> Any:
        """An empty amount is 0."""
        return self.cleaned_data["amount_paid"] or 0

    def clean_auto_accident_state(self) -> str:
        """Write the state as claims print it."""
        return us_state(self.cleaned_data["auto_accident_state"])

    def clean_referrer_npi(self) -> str:
        """Check it by the country's rule, without spaces and hyphens."""
        country = self.practice.country
        number = clean_provider_number(self.cleaned_data["referrer_npi"], country=country)
        if number and (error := provider_number_error(number, country=country)):
            raise forms.ValidationError(error)
        if len(number) > 20:
            raise forms.ValidationError(gettext("Enter at most 20 characters."))
        return number

    def clean(self) -> dict[str, Any]:
        """Check what belongs together."""
        cleaned = super().clean() or {}
        if cleaned.get("paid_on") or cleaned.get("payment_method"):
            self.need({"amount_paid": gettext("Enter the amount that was paid.")})
        if cleaned.get("auto_accident"):
            self.need(
                {"auto_accident_state": gettext("Enter the state where the accident happened.")}
            )
        if any(cleaned.get(name) for name in ("referrer_qualifier", *_REFERRER, *REFERRERS_ID)):
            self.need(
                {
                    "referrer_qualifier": gettext(
                        "Choose whether they referred, ordered or supervised."
                    ),
                    "referrer_last_name": gettext("Enter the referring provider's last name."),
                }
            )
        cleaned["diagnoses"] = self._cleaned_diagnoses(cleaned)
        return cleaned

    def _cleaned_diagnoses(self, cleaned: dict[str, Any]) -> tuple[str, ...]:
        codes: list[str] = []
        for position, letter in enumerate(LETTERS):
            name = f"diagnoses-{position}-code"
            try:
                code = clean_icd_10_cm(cleaned.get(name) or "")
                if code in codes:
                    raise forms.ValidationError(gettext("This diagnosis is already listed."))
                if code and len(codes) < position:
                    words = gettext("Enter the diagnoses before %(letter)s first.")
                    raise forms.ValidationError(words % {"letter": letter})
                codes.extend([code] if code else [])
            except forms.ValidationError as error:
                self.add_error(name, error)
                codes.append(f"(wrong {letter})")
        return tuple(codes)


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

    def __init__(self, *args: Any, practice: Practice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        read_money_in(self, practice)
        self.is_in_us = practice.country == "US"
        if not self.is_in_us:
            self.fields["code"].help_text = _("As your country or payer writes it")
        for field in self.fields.values():
            field.always_plain = True  # type: ignore[attr-defined]
        harden(self)

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
        return service_code(self.cleaned_data["code"], is_in_us=self.is_in_us)

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


class VisitEntry:
    """The whole page: a visit's form and its services, validated together."""

    def __init__(self, data: Any, *, visit: Visit, practice: Practice, **choices: Any) -> None:
        self.form = VisitForm(data, instance=visit, practice=practice, **choices)
        initial = _lines_as_typed(visit)
        given = {"practice": practice, "for_medicaid": self.form.is_for_medicaid()}
        self.lines = LineRows(data, prefix="lines", initial=initial, form_kwargs=given)

    def is_valid(self) -> bool:
        """Validate every part, so that all errors show at once."""
        parts_are_valid = all([self.form.is_valid(), self.lines.is_valid()])
        visited_on = self.form.cleaned_data.get("visited_on")
        in_order = days_are_in_order(self.lines.forms, visited_on=visited_on)
        return self._pointers_are_known() and in_order and parts_are_valid

    def facts(self) -> VisitFacts:
        """What to save, once it is valid."""
        cleaned, columns = self.form.cleaned_data, self.form.cleaned_columns()
        place = cleaned["location"].place_of_service
        lines = tuple(
            NewLine(
                **{
                    **row,
                    "service_on": row["service_on"] or cleaned["visited_on"],
                    "place_of_service": row["place_of_service"] or place,
                    "units": row["units"] or Decimal(1),
                }
            )
            for row in self.lines.rows
        )
        return VisitFacts(**columns, diagnoses=cleaned["diagnoses"], lines=lines)

    def show_what_changed(self, now: Visit) -> None:
        """Keep what was typed, show what is saved now, and let the next save win."""
        facts, saved = self.facts(), rows_of(now)
        self.form.show_what_changed(now)
        if saved["diagnoses"] != list(facts.diagnoses):
            words = gettext("Someone else saved these diagnoses: %(codes)s.")
            codes = ", ".join(saved["diagnoses"]) or gettext("none")
            self.form.add_error(None, words % {"codes": codes})
        if saved["lines"] != [vars(line) for line in facts.lines]:
            words = gettext("Someone else saved these services: %(services)s.")
            services = ", ".join(f"{line['code']} ({line['charge']})" for line in saved["lines"])
            self.form.add_error(None, words % {"services": services or gettext("none")})

    def _pointers_are_known(self) -> bool:
        if not (self.form.is_bound and "diagnoses" in self.form.cleaned_data):
            return False
        letters = LETTERS[: len(self.form.cleaned_data["diagnoses"])]
        unknown = [
            (row, letter)
            for row in self.lines.forms
            for letter in row.cleaned_data.get("pointers", "")
            if letter not in letters
        ]
        for row, letter in unknown:
            words = gettext("There is no diagnosis %(letter)s. Add it or remove the letter.")
            row.add_error("pointers", words % {"letter": letter})
        return not unknown


def _lines_as_typed(visit: Visit) -> list[dict[str, Any]]:
    """Lines as their fields show them: date and place empty where they are the visit's."""
    if not visit.pk:
        return []
    usual = {"service_on": visit.visited_on, "place_of_service": visit.location.place_of_service}
    return [
        {k: "" if k in usual and value == usual[k] else value for k, value in row.items()}
        for row in rows_of(visit)["lines"]
    ]
