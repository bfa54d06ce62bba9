"""What typed text must be, wherever it is typed: no traps, phones and addresses as we keep them."""

import re
import unicodedata

from django import forms
from django.core.exceptions import ValidationError

from letterhead.practices.countries import US_STATES
from letterhead.practices.phones import NotAPhoneNumber, read_phone


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
