"""Fields and forms for clients and visits: money, units, choices."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from letterhead.countries.money import NotAnAmount, TwoReadings, plain, read_amount, show_amount
from letterhead.practices.models import Practice
from letterhead.ui.forms.fields import harden, phone_in
from letterhead.ui.forms.versioned import VersionedForm


class PhoneField(forms.CharField):
    """A phone number as typed; the form reads it by the rules of the practice's country."""

    widget = forms.TelInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, required=False, **kwargs)


class NumberField(forms.DecimalField):
    """A number read and shown the practice country's way; `read_money_in` says which that is."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})
    country, currency = "US", "USD"
    example = Decimal("1200.50")

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
            raise ValidationError(self.what_to_enter(self._example()), code="invalid") from error

    def what_to_enter(self, example: str) -> str:
        """Say what a number here looks like."""
        return gettext("Enter an amount like %(example)s.") % {"example": example}

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
        return show_amount(self.example, country=self.country)


class MoneyField(NumberField):
    """An amount in whole cents, not negative."""

    def __init__(self, *, max_digits: int, **kwargs: Any) -> None:
        super().__init__(max_digits=max_digits, decimal_places=2, min_value=Decimal(0), **kwargs)
        self.error_messages |= {
            "min_value": _("An amount can't be negative."),
            "max_decimal_places": _("An amount has at most two decimal places."),
            "max_digits": _("This amount is too large. Check it."),
            "max_whole_digits": _("This amount is too large. Check it."),
        }


class UnitsField(NumberField):
    """Units of a service, from 1 to 999, with up to two decimals."""

    currency, example = "", Decimal("1.5")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=5, decimal_places=2, min_value=1, max_value=999, **kwargs)
        too_many = _("Units have at most two decimal places.")
        in_range = _("Enter a number of units from 1 to 999.")
        self.error_messages |= {
            **dict.fromkeys(("min_value", "max_value", "max_digits", "max_whole_digits"), in_range),
            "max_decimal_places": too_many,
        }

    def what_to_enter(self, example: str) -> str:
        """Say what units look like."""
        return gettext("Enter units like 1 or %(example)s.") % {"example": example}

    def prepare_value(self, value: Any) -> Any:
        """Show whole units without decimals."""
        return super().prepare_value(plain(value) if isinstance(value, Decimal) else value)


class FactorField(NumberField):
    """What a scale's fee is multiplied by (GOÄ § 5), up to 99.99."""

    currency, example = "", Decimal("2.3")

    def __init__(self, **kwargs: Any) -> None:
        least = Decimal("0.01")
        super().__init__(max_digits=4, decimal_places=2, min_value=least, **kwargs)
        wrong = _("Enter a factor from 0.01 to 99.99, with at most two decimal places.")
        self.error_messages |= dict.fromkeys(
            ("min_value", "max_digits", "max_whole_digits", "max_decimal_places"), wrong
        )

    def what_to_enter(self, example: str) -> str:
        """Say what a factor looks like."""
        return gettext("Enter a factor like %(example)s.") % {"example": example}

    def prepare_value(self, value: Any) -> Any:
        """Show it without zeros at its end."""
        return super().prepare_value(plain(value) if isinstance(value, Decimal) else value)


def read_money_in(form: forms.BaseForm, practice: Practice) -> None:
    """Have a form's numbers read the way the practice's country writes them."""
    for field in form.fields.values():
        if isinstance(field, NumberField):
            field.country = practice.country
        if isinstance(field, MoneyField):
            field.currency = practice.currency


def choose_from(form: forms.BaseForm, name: str, choices: QuerySet) -> None:
    """Offer only these rows; preselect the only one if the field is required."""
    field: forms.ModelChoiceField = form.fields[name]  # type: ignore[assignment]
    field.queryset, field.empty_label = choices, _("Choose")
    if field.required and len(found := choices[:2]) == 1:
        field.empty_label = None
        form.initial[name] = form.initial.get(name) or found[0].pk


def chose(form: forms.BaseForm, name: str, **conditions: Any) -> bool:
    """Whether the row chosen in a field, typed or saved, is one that these conditions hold of."""
    chosen = form[name].value()
    rows = form.fields[name].queryset.filter(**conditions)  # type: ignore[attr-defined]
    return bool(chosen) and str(chosen) in map(str, rows.values_list("pk", flat=True))


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
