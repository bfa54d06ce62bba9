"""What typed text must be, wherever it is typed: no traps; days, phones, addresses as kept."""

import datetime as dt
import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from letterhead.numbers.ids import clean_number, tax_id_error
from letterhead.numbers.phones import NotAPhoneNumber, read_phone
from letterhead.places.countries import US_STATES

EARLIEST = dt.date(1900, 1, 1)


class DayField(forms.DateField):
    """A day, written 1980-02-03; not before 1900, and not after `latest` where that is set."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    input_formats = ["%Y-%m-%d"]
    default_error_messages = {"invalid": "Write the date as 1980-02-03: year, month, day."}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.latest: dt.date | None = None

    def to_python(self, value: Any) -> dt.date | None:
        """Read digits 0 to 9 only: strptime would take those of any script."""
        if isinstance(value, str) and not value.isascii():
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)

    def validate(self, value: dt.date | None) -> None:
        """Refuse days that must be slips of the hand."""
        super().validate(value)
        if value and value < EARLIEST:
            raise ValidationError("This is before 1900. Check the year.")
        if value and self.latest and value > self.latest:
            raise ValidationError(f"This is after {self.latest}. Check the year.")


def no_control_characters(text: str) -> None:
    """Refuse characters that nobody sees and that no form prints."""
    if any(unicodedata.category(each) == "Cc" for each in text):
        raise ValidationError("This holds a character that can't be shown. Type it anew.")


def harden(form: forms.BaseForm) -> None:
    """Refuse control characters in texts; let what is too long be said, not cut by the browser."""
    for field in form.fields.values():
        if isinstance(field, forms.CharField):
            field.validators.append(no_control_characters)
            field.widget.attrs.pop("maxlength", None)


def phone_in(typed: str, *, country: str) -> str:
    """Give a typed phone number as E.164, "" for "". Raises ValidationError."""
    if not typed:
        return ""
    try:
        number, extension = read_phone(typed, country=country)
    except NotAPhoneNumber as error:
        raise ValidationError(
            "This is no phone number we know. Write it as you would dial it, "
            "with + and the country code where it is abroad."
        ) from error
    if extension:
        raise ValidationError("Claims have no place for an extension. Leave it out.")
    return number


def us_state(typed: str) -> str:
    """Give a state as the two capitals that claims print, "" for "". Raises ValidationError."""
    if typed and typed.upper() not in US_STATES:
        raise ValidationError("Write the state as two letters, like NY.")
    return typed.upper()


def us_zip(typed: str) -> str:
    """Give a ZIP code as 10004 or 10004-1234, "" for "". Raises ValidationError."""
    match = re.fullmatch(r"([0-9]{5})(?:[ -]?([0-9]{4}))?", typed)
    if typed and not match:
        raise ValidationError("Write the ZIP code with 5 or 9 digits, like 10004-1234.")
    return "-".join(filter(None, match.groups())) if match else ""


def check_address(form: forms.BaseForm, *, prefix: str = "") -> None:
    """Write state and ZIP code of an address in the United States as claims want them.

    Errors go beside their fields. Other countries' are kept as they are typed.
    """
    cleaned = form.cleaned_data
    if cleaned.get(f"{prefix}country") != "US":
        return
    for name, read in {f"{prefix}state": us_state, f"{prefix}postal_code": us_zip}.items():
        if name not in cleaned:
            continue
        try:
            cleaned[name] = read(cleaned[name])
        except ValidationError as error:
            form.add_error(name, error)


def typed_tax_id(form: forms.BaseForm, *, kept: str, mask: str) -> str:
    """Give `kept` where its mask came back untouched, else what was typed. Raises ValidationError.

    A mask changed in part is refused, and stands whole in the form again.
    """
    typed: str = form.cleaned_data["tax_id"]
    if typed == mask:
        return kept
    if "•" in typed:
        data: Any = form.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        data[form.add_prefix("tax_id")] = mask
        form.data = data
        raise ValidationError(
            f"The number kept now is {mask or 'none'}. Save again to leave it, "
            "or type the whole number."
        )
    return clean_number(typed)


def check_tax_id(form: forms.BaseForm) -> None:
    """Ask for a tax ID and its kind together, then check it by its kind; errors go beside them."""
    number, kind = form.cleaned_data.get("tax_id"), form.cleaned_data.get("tax_id_kind")
    if number is None or kind is None:
        return
    if number and not kind:
        form.add_error("tax_id_kind", "Choose what kind of tax ID this is.")
    elif kind and not number:
        form.add_error("tax_id", "Enter the tax ID, or leave its kind empty too.")
    elif number and (error := tax_id_error(number, kind)):
        form.add_error("tax_id", error)
