"""The form of a visit with its diagnoses and services: words and shape of what is typed."""

import re
from typing import Any

from django import forms
from django.db.models import QuerySet

from letterhead.billing.models import Visit
from letterhead.billing.visits.actions import NewLine, VisitFacts, rows_of
from letterhead.clients.fields import (
    CountField,
    MoneyField,
    RecordForm,
    choose_from,
    without_optional,
)
from letterhead.numbers.ids import clean_number, npi_error
from letterhead.practices.days import today_in
from letterhead.ui.forms.fields import DayField, harden, us_state
from letterhead.ui.forms.rows import RowFormSet

LETTERS = "ABCDEFGHIJKL"  # of item 21
_REFERRER = ("referrer_first_name", "referrer_last_name", "referrer_credentials", "referrer_npi")


def clean_icd_10_cm(typed: str) -> str:
    """Give an ICD-10-CM code in capitals with its point. Raises ValidationError.

    A letter, a digit, a letter or digit; then a point and up to four more letters or digits.
    """
    match = re.fullmatch(r"([A-Za-z][0-9][0-9A-Za-z])\.?([0-9A-Za-z]{1,4})?", typed)
    if typed and not match:
        raise forms.ValidationError("An ICD-10-CM code looks like E11.9 or Z71.3.")
    return ".".join(filter(None, match.groups())).upper() if match else ""


class VisitForm(RecordForm):
    """The fields of a visit that there is one of, and its twelve diagnoses."""

    visited_on = DayField(label="Date of visit")
    amount_paid = MoneyField(label="Amount paid", max_digits=9, required=False)

    class Meta:
        model = Visit
        fields = (
            *("visited_on", "practitioner", "location", "policy", "amount_paid"),
            *("employment_related", "auto_accident", "auto_accident_state", "other_accident"),
            *("referrer_qualifier", *_REFERRER),
            *("prior_authorization", "account_number", "accept_assignment"),
        )
        help_texts = {
            "policy": "The policy that a claim is made under",
            "account_number": "Your own reference, item 26 of a claim; names no client",
            "auto_accident_state": "Two letters; needed for an auto accident",
            "referrer_last_name": "Item 17 of a claim; needed where there is a referrer",
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
        self.fields["policy"].empty_label = "None: the client pays"  # type: ignore[attr-defined]
        self.fields["referrer_qualifier"].choices = [  # type: ignore[attr-defined]
            ("", "No referrer"),
            *Visit.ReferrerQualifier.choices,
        ]
        latest = today_in(self.practice)
        self.fields["visited_on"].latest = latest.replace(year=latest.year + 1, day=1)  # type: ignore[attr-defined]
        without_optional(self, "auto_accident_state", "referrer_last_name")
        self._add_diagnoses()

    def _add_diagnoses(self) -> None:
        codes = rows_of(self.instance)["diagnoses"] if self.instance.pk else []
        for position, letter in enumerate(LETTERS):
            field = forms.CharField(label=f"Diagnosis {letter}", max_length=20, required=False)
            field.always_plain = True  # type: ignore[attr-defined]
            name = f"diagnoses-{position}-code"
            self.fields[name] = field
            self.initial[name] = codes[position] if position < len(codes) else ""
        harden(self)

    def diagnosis_fields(self) -> list[forms.BoundField]:
        """Give the twelve fields of the diagnoses, A first."""
        return [self[f"diagnoses-{position}-code"] for position in range(len(LETTERS))]

    def clean_amount_paid(self) -> Any:
        """Nothing entered is nothing paid."""
        return self.cleaned_data["amount_paid"] or 0

    def clean_auto_accident_state(self) -> str:
        """Write the state as claims print it."""
        return us_state(self.cleaned_data["auto_accident_state"])

    def clean_referrer_npi(self) -> str:
        """Take blanks and hyphens out, then check the digits."""
        number = clean_number(self.cleaned_data["referrer_npi"])
        if number and (error := npi_error(number)):
            raise forms.ValidationError(error)
        return number

    def clean(self) -> dict[str, Any]:
        """Check what belongs together."""
        cleaned = super().clean() or {}
        if cleaned.get("auto_accident"):
            self.need({"auto_accident_state": "Enter the state where the accident happened."})
        if any(cleaned.get(name) for name in ("referrer_qualifier", *_REFERRER)):
            self.need(
                {
                    "referrer_qualifier": "Choose whether they referred, ordered or supervise.",
                    "referrer_last_name": "Enter the referrer's last name.",
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
                    raise forms.ValidationError("This diagnosis is listed already.")
                if code and len(codes) < position:
                    raise forms.ValidationError(f"Fill the diagnoses before {letter} first.")
                codes.extend([code] if code else [])
            except forms.ValidationError as error:
                self.add_error(name, error)
                codes.append(f"(wrong {letter})")
        return tuple(codes)


class LineForm(forms.Form):
    """One service of a visit."""

    service_on = DayField(
        label="Date of service", required=False, help_text="The visit's where left empty"
    )
    place_of_service = forms.CharField(
        label="Place of service",
        max_length=2,
        required=False,
        help_text="The location's where left empty",
    )
    code = forms.CharField(label="Code", max_length=5, help_text="CPT or HCPCS")
    modifiers = forms.CharField(
        label="Modifiers", max_length=20, required=False, help_text="Up to four, like 95 GT"
    )
    description = forms.CharField(
        label="Description", max_length=80, required=False, help_text="On superbills, in your words"
    )
    pointers = forms.CharField(
        label="Diagnosis pointers",
        max_length=10,
        required=False,
        help_text="Letters, the main one first, like AB",
    )
    charge = MoneyField(label="Charge", max_digits=8, help_text="For all units together")
    units = CountField(label="Units", required=False, help_text="1 where left empty")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.always_plain = True  # type: ignore[attr-defined]
        harden(self)

    def clean_place_of_service(self) -> str:
        """Two digits, or nothing."""
        place: str = self.cleaned_data["place_of_service"]
        if place and not re.fullmatch(r"[0-9]{2}", place):
            raise forms.ValidationError("A place of service has two digits, like 11.")
        return place

    def clean_code(self) -> str:
        """Write the code as claims print it: five characters, digits in the middle."""
        code: str = self.cleaned_data["code"]
        if not re.fullmatch(r"[0-9A-Za-z][0-9]{3}[0-9A-Za-z]", code):
            raise forms.ValidationError("A code has 5 characters, like 97802 or G0270.")
        return code.upper()

    def clean_modifiers(self) -> str:
        """Read "95 GT", "95,gt" and "95GT" as the two modifiers that they are."""
        typed = re.sub(r"[\s,\-]+", "", self.cleaned_data["modifiers"])
        if not re.fullmatch(r"([0-9A-Za-z]{2}){0,4}", typed):
            raise forms.ValidationError("Write up to four modifiers of two characters: 95 GT.")
        return " ".join(re.findall("..", typed.upper()))

    def clean_pointers(self) -> str:
        """Read "A, B" as AB; the letters must be different ones."""
        typed = re.sub(r"[\s,]+", "", self.cleaned_data["pointers"])
        if not re.fullmatch(r"[A-La-l]{0,4}", typed):
            raise forms.ValidationError("Write up to four letters from A to L, like AB.")
        if len(set(typed.upper())) < len(typed):
            raise forms.ValidationError("One letter is there twice.")
        return typed.upper()


class LineRows(RowFormSet):
    """The services of a visit in the order in which they print; at least one."""

    form, row_name, add_label, movable = LineForm, "Service", "Add service", True
    row_template = "billing/visit_line.html"
    blank_rows = 1

    def clean(self) -> None:
        """Ask for a service where there is none."""
        if all(self._is_blank(row) for row in self.forms):
            if not self.forms:
                raise forms.ValidationError("Add at least one service.")
            self.forms[0].add_error("code", "Enter at least one service.")


class VisitEntry:
    """The whole page: a visit's form and its services, read and checked together."""

    def __init__(self, data: Any, *, visit: Visit, **choices: Any) -> None:
        self.form = VisitForm(data, instance=visit, **choices)
        self.lines = LineRows(data, prefix="lines", initial=_lines_as_typed(visit))

    def is_valid(self) -> bool:
        """Check every part, so that all errors show at once."""
        whole = all([self.form.is_valid(), self.lines.is_valid()])
        return self._pointers_point() and whole

    def facts(self) -> VisitFacts:
        """Give what is to be kept, once it is valid."""
        cleaned, columns = self.form.cleaned_data, self.form.cleaned_columns()
        place = cleaned["location"].place_of_service
        lines = tuple(
            NewLine(
                **{
                    **row,
                    "service_on": row["service_on"] or cleaned["visited_on"],
                    "place_of_service": row["place_of_service"] or place,
                    "units": row["units"] or 1,
                }
            )
            for row in self.lines.rows
        )
        return VisitFacts(**columns, diagnoses=cleaned["diagnoses"], lines=lines)

    def show_what_changed(self, now: Visit) -> None:
        """Keep what was typed, say what is saved now, and let the next save win."""
        facts, saved = self.facts(), rows_of(now)
        self.form.show_what_changed(now)
        if saved["diagnoses"] != list(facts.diagnoses):
            codes = ", ".join(saved["diagnoses"])
            self.form.add_error(None, f"Diagnoses that someone else saved: {codes or 'none'}.")
        if saved["lines"] != [vars(line) for line in facts.lines]:
            lines = ", ".join(f"{line['code']} for {line['charge']}" for line in saved["lines"])
            self.form.add_error(None, f"Services that someone else saved: {lines or 'none'}.")

    def _pointers_point(self) -> bool:
        if not (self.form.is_bound and "diagnoses" in self.form.cleaned_data):
            return False
        letters = LETTERS[: len(self.form.cleaned_data["diagnoses"])]
        astray = [
            (row, letter)
            for row in self.lines.forms
            for letter in row.cleaned_data.get("pointers", "")
            if letter not in letters
        ]
        for row, letter in astray:
            row.add_error("pointers", f"There is no diagnosis {letter}. Enter it or leave it out.")
        return not astray


def _lines_as_typed(visit: Visit) -> list[dict[str, Any]]:
    """Lines as their fields show them: empty where the visit's day and place hold."""
    if not visit.pk:
        return []
    usual = {"service_on": visit.visited_on, "place_of_service": visit.location.place_of_service}
    return [
        {k: "" if k in usual and value == usual[k] else value for k, value in row.items()}
        for row in rows_of(visit)["lines"]
    ]
