"""The form of a visit with its diagnoses and services."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from letterhead.billing.models import Diagnosis, Visit
from letterhead.billing.together import LETTERS
from letterhead.billing.visits.actions import NewLine, VisitFacts, rows_of
from letterhead.billing.visits.items import (
    ITEMS,
    REFERRERS_ID,
    VisitItems,
    days_are_in_order,
)
from letterhead.billing.visits.row_forms import LineRows, unused_in
from letterhead.clients.fields import MoneyField, choose_from, without_optional
from letterhead.codes.icd_10_cm import SHAPE
from letterhead.places.address_forms import letters_of_state
from letterhead.practices.days import today_in
from letterhead.practices.models import Practice
from letterhead.ui.forms.fields import DayField, harden, us_state

_OF_CLAIMS = (
    *("employment_related", "auto_accident", "auto_accident_state", "other_accident"),
    *("account_number", "accept_assignment", *ITEMS),
)
_LETTERS_OF_STATE = Visit._meta.get_field("auto_accident_state").max_length
_LONGEST_DIAGNOSIS = Diagnosis._meta.get_field("code").max_length or 0
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
    referred_on = DayField(label=_("Date of referral"), required=False)

    class Meta:
        model = Visit
        fields = (
            *("visited_on", "practitioner", "location", "policy"),
            *("amount_paid", "paid_on", "payment_method"),
            *("employment_related", "auto_accident", "auto_accident_state", "other_accident"),
            *("referrer_qualifier", *_REFERRER, "referred_on"),
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
        self._follow_country()
        self._add_diagnoses()

    def _follow_country(self) -> None:
        """Say it in the country's words, without what only a claim to US payers asks.

        What was saved there before stays: the row keeps what isn't in the form.
        """
        place, self.on_claims = self.practice.place, self.practice.uses_us_claims
        if place.bills_us_payers:
            del self.fields["referred_on"]
            return
        self.fields["referrer_npi"].label = str(place.referrers_number.label)
        self.fields["referrer_last_name"].help_text = _("Required if someone referred the client")
        if not self.on_claims:
            self.fields["location"].help_text = ""
            for name in _OF_CLAIMS:
                del self.fields[name]

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

    @property
    def diagnoses_label(self) -> str:
        """The heading of the diagnoses, as the country calls its list."""
        place = self.practice.place
        return gettext("Diagnoses") if place.bills_us_payers else str(place.diagnoses)

    @property
    def diagnoses_are_icd_10_cm(self) -> bool:
        """Whether the diagnoses are of the list that US claims need."""
        return self.on_claims or self.practice.place.has_icd_10_cm

    def clean_auto_accident_state(self) -> str:
        """Write the state as claims print it; abroad it can also be one of the country's."""
        typed, country = self.cleaned_data["auto_accident_state"], self.practice.country
        if not self.practice.place.state_of_accident:
            letters = letters_of_state(typed, country=country)
            if len(letters) == _LETTERS_OF_STATE:
                return letters
        return us_state(typed)

    def clean_referrer_npi(self) -> str:
        """Check it by the country's rule, as it is stored."""
        kind = self.practice.place.referrers_number
        number = kind.clean(self.cleaned_data["referrer_npi"])
        if number and (error := kind.error(number)):
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
        referral = ("referrer_qualifier", *_REFERRER, "referred_on", *REFERRERS_ID)
        if any(cleaned.get(name) for name in referral):
            self.need(
                {
                    "referrer_qualifier": gettext(
                        "Choose whether they referred, ordered or supervised."
                    ),
                    "referrer_last_name": gettext("Enter the referring provider's last name."),
                }
            )
        referred_on, visited_on = cleaned.get("referred_on"), cleaned.get("visited_on")
        if referred_on and visited_on and referred_on > visited_on:
            self.add_error("referred_on", gettext("This is after the visit."))
        cleaned["diagnoses"] = self._cleaned_diagnoses(cleaned)
        return cleaned

    def _clean_diagnosis(self, typed: str) -> str:
        """An ICD-10-CM code where claims need one, elsewhere what the country's payers write."""
        if self.diagnoses_are_icd_10_cm:
            return clean_icd_10_cm(typed)
        if len(typed) > _LONGEST_DIAGNOSIS:
            words = gettext("Enter at most %(count)s characters.")
            raise forms.ValidationError(words % {"count": _LONGEST_DIAGNOSIS})
        return typed.upper()

    def _cleaned_diagnoses(self, cleaned: dict[str, Any]) -> tuple[str, ...]:
        codes: list[str] = []
        for position, letter in enumerate(LETTERS):
            name = f"diagnoses-{position}-code"
            try:
                code = self._clean_diagnosis(cleaned.get(name) or "")
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
        unused = unused_in(self.form.practice)
        place = "" if "place_of_service" in unused else cleaned["location"].place_of_service
        lines = tuple(
            NewLine(
                **{
                    **row,
                    "service_on": row["service_on"] or cleaned["visited_on"],
                    "place_of_service": row.get("place_of_service") or place,
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
            services = ", ".join(
                f"{line['code'] or line['description']} ({line['charge']})"
                for line in saved["lines"]
            )
            self.form.add_error(None, words % {"services": services or gettext("none")})

    def _pointers_are_known(self) -> bool:
        if not (self.form.is_bound and "diagnoses" in self.form.cleaned_data):
            return False
        letters = LETTERS[: len(self.form.cleaned_data["diagnoses"])]
        if "pointers" in unused_in(self.form.practice):
            self._forget_pointers(letters)
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

    def _forget_pointers(self, letters: str) -> None:
        """Drop letters of diagnoses that are gone, where nobody sees the letters."""
        for row in self.lines.forms:
            if typed := row.cleaned_data.get("pointers"):
                row.cleaned_data["pointers"] = "".join(each for each in typed if each in letters)


def _lines_as_typed(visit: Visit) -> list[dict[str, Any]]:
    """Lines as their fields show them: date and place empty where they are the visit's."""
    if not visit.pk:
        return []
    usual = {"service_on": visit.visited_on, "place_of_service": visit.location.place_of_service}
    return [
        {k: "" if k in usual and value == usual[k] else value for k, value in row.items()}
        for row in rows_of(visit)["lines"]
    ]
