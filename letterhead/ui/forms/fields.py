"""Checks that many forms share: days, phones, states, no invisible characters."""

import datetime as dt
import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from letterhead.countries.table import country_of
from letterhead.numbers.ids import clean_number, service_code_error
from letterhead.numbers.phones import NoAreaCode, NotAPhoneNumber, read_phone
from letterhead.places.countries import US_STATES
from letterhead.texts.claim_letters import fold
from letterhead.texts.person_names import SEPARATORS
from letterhead.ui.dates import day, time_in_field

# A scheme, www., an @ between letters, or letters on both sides of a period; not initials: J.R.Lee
_ADDRESS = re.compile(r"[a-z]:/|\bwww\.|\w@\w|[\w-]{2}[.\u3002\uff0e][^\W\d_]{2}", re.IGNORECASE)
_DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_CLOCK = re.compile(r"([0-9]{1,2})(?:[:.h]?([0-9]{2}))?\s*(?:([ap])\.?(?:m\.?)?)?", re.IGNORECASE)
EARLIEST, LATEST = dt.date(1900, 1, 1), dt.date(2099, 12, 31)


class DayField(forms.DateField):
    """A day, typed as 1980-02-03; not before 1900, and not after `latest`."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    input_formats = ["%Y-%m-%d"]
    default_error_messages = {
        "invalid": _("Enter the date as year, month and day, like 1980-02-03.")
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.latest = LATEST

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> forms.BoundField:
        """Let the browser's calendar offer the days that are accepted."""
        self.widget.attrs |= {"min": EARLIEST.isoformat(), "max": self.latest.isoformat()}
        return super().get_bound_field(form, field_name)

    def strptime(self, value: str, format: str) -> dt.date:
        """Read year, month and day in the digits 0 to 9, those of other scripts aside.

        Raises ValueError. Python's own `strptime` takes ten times as long.
        """
        if found := _DAY.fullmatch(value):
            return dt.date(*map(int, found.groups()))
        raise ValueError(value)

    def validate(self, value: dt.date | None) -> None:
        """Refuse days that can only be typing errors."""
        super().validate(value)
        if value and value < EARLIEST:
            raise ValidationError(gettext("This is before 1900. Check the year."))
        if value and value > self.latest:
            text = gettext("This is after %(day)s. Check the year.")
            raise ValidationError(text % {"day": day(self.latest)})


class TimeField(forms.TimeField):
    """A time of day as people type it: 9, 9:00, 9 am, 9.30, 1730; as an end also 24:00."""

    widget = forms.TextInput(attrs={"autocomplete": "off"})
    default_error_messages = {"invalid": _("Enter a time like 9:00 AM or 17:30.")}

    def __init__(self, *, is_end: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.is_end = is_end

    def to_python(self, value: Any) -> dt.time | None:
        """Read a time; midnight at the end of the day is 00:00. Raises ValidationError."""
        if isinstance(value, dt.time):
            return value
        if value in self.empty_values:
            return None
        found = _CLOCK.fullmatch(str(value).strip())
        time = _time_of(*found.groups(), is_end=self.is_end) if found else None
        if time is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return time

    def prepare_value(self, value: Any) -> Any:
        """Show a saved time the reader's way, so that it can be read back."""
        return time_in_field(value) if isinstance(value, dt.time) else value


def _time_of(hours: str, minutes: str | None, half: str | None, *, is_end: bool) -> dt.time | None:
    """Return the time of what was typed, None if there is no such time."""
    hour, minute = int(hours), int(minutes or 0)
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    if (hour, minute) == (24, 0) and is_end:
        hour = 0
    return dt.time(hour, minute) if hour < 24 and minute < 60 else None


class WholeNumberField(forms.IntegerField):
    """A whole number between two bounds, both allowed."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def __init__(self, *, low: int = 0, high: int, **kwargs: Any) -> None:
        super().__init__(min_value=low, max_value=high, **kwargs)
        words = lazy(_number_between, str)(low, high)
        self.error_messages |= dict.fromkeys(("invalid", "min_value", "max_value"), words)


def _number_between(low: int, high: int) -> str:
    text = gettext("Enter a whole number from %(low)s to %(high)s.")
    return text % {"low": low, "high": high}


def check_days(form: forms.BaseForm, *, first: str = "first", last: str = "last") -> None:
    """Refuse a last day before the first; `first` and `last` are the fields' names."""
    began, ended = form.cleaned_data.get(first), form.cleaned_data.get(last)
    if began and ended and ended < began:
        form.add_error(last, gettext("This is before the first day."))


_UNSEEN = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}
# By their category letters, marks and signs, but they show nothing: fillers, the empty Braille.
_BLANK = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"


def no_invisible_characters(text: str) -> None:
    """Refuse characters that can't be seen, break the line or change the direction of writing."""
    if any(each in _BLANK or unicodedata.category(each) in _UNSEEN for each in text):
        raise ValidationError(gettext("This has a character that can't be shown. Type it again."))


def no_address(name: str) -> None:
    """Refuse web and email addresses in names: emails show names, and programs make them links."""
    if _ADDRESS.search(name):
        raise ValidationError(
            gettext(
                "A name can't contain a web or email address. Leave it out, or put a space after "
                "each period."
            )
        )


def person_name(text: str) -> None:
    """Refuse part of a name without a letter, and the signs that claims put between parts."""
    if not any(each.isalpha() for each in text):
        raise ValidationError(gettext("A name has at least one letter."))
    if any(each in SEPARATORS for each in text):
        raise ValidationError(
            gettext(
                "A name can't contain a comma or semicolon. A suffix belongs in Suffix, and "
                "credentials aren't part of a name."
            )
        )


def name_that_prints(text: str) -> None:
    """Refuse the name of a practice or payer of signs only: bills would have none."""
    if not any(each.isalnum() for each in text):
        raise ValidationError(gettext("A name has at least one letter or digit."))


_PERSON = re.compile(r"(?:.+_)?(?:first_name|middle_name|last_name|suffix)")
_NAMES = {"name", "practice_name"}
_SHOWN_IN_EMAILS = {*_NAMES, "title", "first_name", "middle_name", "last_name", "suffix"}
_ORGANIZATIONS = {"insured_organization", "legal_name"}
_NUMBERS = {
    *("member_id", "group_number", "other_policy_number", "other_id"),
    *("prior_authorization", "account_number", "referrer_other_id", "other_claim_id"),
    "billing_other_id",
}


def harden(form: forms.BaseForm) -> None:
    """Check all one-line texts: what can't be seen, too long for the column, names that are none.

    Browsers would cut off what is too long. Passwords can have any character.
    """
    for name, field in form.fields.items():
        if not isinstance(field, forms.CharField):
            continue
        field.widget.attrs.pop("maxlength", None)
        if not isinstance(field.widget, forms.PasswordInput):
            field.validators.append(no_invisible_characters)
        if name in _SHOWN_IN_EMAILS:
            field.validators.append(no_address)
        if _PERSON.fullmatch(name):
            field.validators.append(person_name)
        elif name in _NAMES | _ORGANIZATIONS:
            field.validators.append(name_that_prints)
        elif name in _NUMBERS:
            field.validators.append(number_on_claims)


def show_folded(form: forms.BaseForm, *names: str) -> None:
    """Show once, before it is saved, how claims print a text with signs that they can't carry.

    The second save with the same text is the answer.
    """
    typed = {name: form.cleaned_data.get(name) or "" for name in names}
    printed = {name: fold(text) for name, text in typed.items() if _NOT_CARRIED.search(text)}
    seen = "; ".join(printed.values())
    if not printed or form.data.get(form.add_prefix("folded_seen")) == seen:
        return
    for name, text in printed.items():
        words = gettext("Claims print this as “%(text)s”. Change it, or save again to keep it.")
        form.add_error(name, words % {"text": text})
    form.fields["folded_seen"] = forms.CharField(required=False, widget=forms.HiddenInput)
    data: Any = form.data.copy()  # type: ignore[attr-defined]  # a QueryDict
    data[form.add_prefix("folded_seen")] = seen
    form.data = data


_NOT_CARRIED = re.compile(r"[*~:^|\\_{}\[\]]")  # they separate values there


def phone_in(typed: str, *, country: str) -> str:
    """Return a typed phone number as E.164, "" for "". Raises ValidationError."""
    if not typed:
        return ""
    try:
        number, extension = read_phone(typed, country=country)
    except NotAPhoneNumber as error:
        raise ValidationError(phone_error(error)) from error
    if extension and country_of(country).bills_us_payers:
        raise ValidationError(gettext("Claims can't hold an extension. Leave it out."))
    if extension:
        raise ValidationError(gettext("Only the number is kept here. Leave out the extension."))
    return number


def phone_error(error: NotAPhoneNumber) -> str:
    """Return what to say next to a phone number that couldn't be read."""
    if isinstance(error, NoAreaCode):
        return gettext("Enter the area code too, like (212) 555-0142.")
    return gettext(
        "This isn't a valid phone number. Enter it as you would dial it. "
        "For another country, start with + and the country code."
    )


def number_on_claims(text: str) -> None:
    """Refuse signs in a number that claims can't carry: it would print as another number."""
    odd = "".join(dict.fromkeys(re.findall(r"[^A-Za-z0-9 ./\-]", text)))
    if odd:
        words = gettext("Claims can't carry “%(signs)s” in a number. Leave it out.")
        raise ValidationError(words % {"signs": odd})


def service_code(typed: str, *, is_in_us: bool) -> str:
    """Return a CPT or HCPCS code as claims print it, "" for ""; elsewhere as typed.

    Raises ValidationError.
    """
    if not is_in_us or not typed:
        return typed
    code = clean_number(typed).upper()
    if error := service_code_error(code):
        raise ValidationError(error)
    return code


def modifiers(typed: str) -> str:
    """Return "95 GT" for "95,gt" or "95GT", "" for "". Raises ValidationError."""
    letters = re.sub(r"[\s,\-]+", "", typed)
    if not re.fullmatch(r"([0-9A-Za-z]{2}){0,4}", letters):
        raise ValidationError(gettext("Enter up to four modifiers of two characters, like 95 GT."))
    return " ".join(re.findall("..", letters.upper()))


def us_state(typed: str) -> str:
    """Return a state as the two capitals that claims print, "" for "". Raises ValidationError."""
    if typed and typed.upper() not in US_STATES:
        raise ValidationError(gettext("Enter the state as two letters, like NY."))
    return typed.upper()


def us_zip(typed: str) -> str:
    """Return a ZIP code as 10004 or 10004-1234, "" for "". Raises ValidationError."""
    match = re.fullmatch(r"([0-9]{5})(?:[ -]?([0-9]{4}))?", typed)
    if typed and not match:
        raise ValidationError(gettext("Enter the ZIP code with 5 or 9 digits, like 10004-1234."))
    return "-".join(filter(None, match.groups())) if match else ""
