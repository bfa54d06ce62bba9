"""Fields and forms as clients and visits need them: money, counts, choices."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from letterhead.practices.models import Practice
from letterhead.ui.forms.fields import harden, phone_in
from letterhead.ui.forms.versioned import VersionedForm


class PhoneField(forms.CharField):
    """A phone number as people type it; the form reads it by the practice's country."""

    widget = forms.TelInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, required=False, **kwargs)


class MoneyField(forms.DecimalField):
    """An amount in whole cents, not negative; "$1,200" is read as people mean it."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})
    default_error_messages = {"invalid": "Write an amount like 120.00."}

    def __init__(self, *, max_digits: int, **kwargs: Any) -> None:
        super().__init__(max_digits=max_digits, decimal_places=2, min_value=Decimal(0), **kwargs)
        self.error_messages["min_value"] = "An amount can't be negative."

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # stubs say int
        """Take out the dollar sign and commas; refuse what is no plain number."""
        if isinstance(value, str) and value.strip():
            value = value.strip().removeprefix("$").replace(",", "")
            if not re.fullmatch(r"-?[0-9]{1,12}(\.[0-9]{0,6})?", value):
                raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


class CountField(forms.IntegerField):
    """A count from 1 to 999, in digits 0 to 9."""

    widget = forms.TextInput(attrs={"inputmode": "numeric"})
    default_error_messages = {"invalid": "Write a whole number like 1."}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1, max_value=999, **kwargs)

    def to_python(self, value: Any) -> int | None:
        """Refuse digits of other scripts, which `int` would take."""
        if isinstance(value, str) and not value.isascii():
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


def choose_from(form: forms.BaseForm, name: str, choices: QuerySet) -> None:
    """Offer these rows only; where there is one and it must be chosen, it is."""
    field: forms.ModelChoiceField = form.fields[name]  # type: ignore[assignment]
    field.queryset, field.empty_label = choices, "Choose"
    if field.required and len(found := choices[:2]) == 1:
        field.empty_label = None
        form.initial[name] = form.initial.get(name) or found[0].pk


def without_optional(form: forms.BaseForm, *names: str) -> None:
    """Don't call fields optional whose hint says when they are needed."""
    for name in names:
        form.fields[name].always_plain = True  # type: ignore[attr-defined]


class RecordForm(VersionedForm):
    """A form of one row within a practice."""

    def __init__(self, *args: Any, practice: Practice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.practice = practice
        harden(self)

    def cleaned_columns(self) -> dict[str, Any]:
        """Give {column: value} of what this form writes, references as ids; once it is valid."""
        columns = (self._meta.model._meta.get_field(name) for name in self._meta.fields or ())
        return {column.attname: getattr(self.instance, column.attname) for column in columns}

    def e164(self, name: str) -> str:
        """Give the cleaned E.164 number of a phone field."""
        return phone_in(self.cleaned_data[name], country=self.practice.country)

    def need(self, names: dict[str, str]) -> None:
        """Say beside each empty field of `names` what to do."""
        for name, message in names.items():
            if name in self.cleaned_data and not self.cleaned_data[name]:
                self.add_error(name, message)
