"""Fields and forms for clients and visits: money, counts, choices."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from letterhead.numbers.amounts import NotAnAmount, TwoReadings, read_amount, show_amount
from letterhead.practices.models import Practice
from letterhead.ui.forms.fields import harden, phone_in
from letterhead.ui.forms.versioned import VersionedForm


class PhoneField(forms.CharField):
    """A phone number as typed; the form reads it by the rules of the practice's country."""

    widget = forms.TelInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, required=False, **kwargs)


class MoneyField(forms.DecimalField):
    """An amount in whole cents, not negative, read and shown the practice country's way.

    `read_money_in` says which practice that is.
    """

    widget = forms.TextInput(attrs={"inputmode": "decimal"})
    country, currency = "US", "USD"

    def __init__(self, *, max_digits: int, **kwargs: Any) -> None:
        super().__init__(max_digits=max_digits, decimal_places=2, min_value=Decimal(0), **kwargs)
        self.error_messages |= {
            "min_value": _("An amount can't be negative."),
            "max_decimal_places": _("An amount has at most two decimal places."),
            "max_digits": _("This amount is too large. Check it."),
            "max_whole_digits": _("This amount is too large. Check it."),
        }

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # stubs say int
        """Refuse anything but one number with one reading."""
        if not isinstance(value, str) or not value.strip():
            return super().to_python(value)
        try:
            return read_amount(value, country=self.country, currency=self.currency)
        except TwoReadings as error:
            words = gettext("This can be read as two amounts. Enter it like %(example)s.")
            raise ValidationError(words % {"example": self._example()}) from error
        except NotAnAmount as error:
            words = gettext("Enter an amount like %(example)s.")
            raise ValidationError(words % {"example": self._example()}, code="invalid") from error

    def prepare_value(self, value: Any) -> Any:
        """Show a saved amount so that it can be read back."""
        return show_amount(value, country=self.country) if isinstance(value, Decimal) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare amounts, however they are written."""
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except ValidationError:
            return True

    def _example(self) -> str:
        return show_amount(Decimal("1200.50"), country=self.country)


def read_money_in(form: forms.BaseForm, practice: Practice) -> None:
    """Have a form's amounts read the way the practice's country writes them."""
    for field in form.fields.values():
        if isinstance(field, MoneyField):
            field.country, field.currency = practice.country, practice.currency


class CountField(forms.IntegerField):
    """A count from 1 to 999, in digits 0 to 9."""

    widget = forms.TextInput(attrs={"inputmode": "numeric"})
    default_error_messages = {"invalid": _("Enter a whole number like 1.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1, max_value=999, **kwargs)

    def to_python(self, value: Any) -> int | None:
        """Refuse digits of other scripts, which `int` would accept."""
        if isinstance(value, str) and not value.isascii():
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


def choose_from(form: forms.BaseForm, name: str, choices: QuerySet) -> None:
    """Offer only these rows; preselect the only one if the field is required."""
    field: forms.ModelChoiceField = form.fields[name]  # type: ignore[assignment]
    field.queryset, field.empty_label = choices, _("Choose")
    if field.required and len(found := choices[:2]) == 1:
        field.empty_label = None
        form.initial[name] = form.initial.get(name) or found[0].pk


def without_optional(form: forms.BaseForm, *names: str) -> None:
    """Drop "(optional)" from fields with a hint that says when they are needed."""
    for name in names:
        form.fields[name].always_plain = True  # type: ignore[attr-defined]


class RecordForm(VersionedForm):
    """A form for one row within a practice."""

    def __init__(self, *args: Any, practice: Practice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.practice = practice
        harden(self)
        read_money_in(self, practice)

    def cleaned_columns(self) -> dict[str, Any]:
        """Return {column: value} of a valid form, references as ids."""
        columns = (self._meta.model._meta.get_field(name) for name in self._meta.fields or ())
        return {column.attname: getattr(self.instance, column.attname) for column in columns}

    def e164(self, name: str) -> str:
        """Return the E.164 number of a phone field. Raises ValidationError."""
        return phone_in(self.cleaned_data[name], country=self.practice.country)

    def need(self, names: dict[str, str]) -> None:
        """Add an error to each empty field of {name: message}."""
        for name, message in names.items():
            if name in self.cleaned_data and not self.cleaned_data[name]:
                self.add_error(name, message)
