"""The fields of an address in a form, as the chosen country has them."""

from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from letterhead.places.address_forms import (
    address_form_of,
    read_postal_code,
    read_state,
)
from letterhead.places.countries import COUNTRIES, country_choices
from letterhead.ui.forms.fields import us_state, us_zip


class LongSelect(forms.Select):
    """A list whose options are written once: Django's 250 templates of countries take 9 ms."""

    def written(self) -> SafeString:
        """Return all options in the language that is spoken now."""
        raise NotImplementedError

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Write the list with the chosen option marked."""
        chosen = format_html('value="{}"', value or "")
        options = SafeString(self.written().replace(chosen, f"{chosen} selected", 1))
        attributes = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        return format_html("<select{}>\n{}\n</select>", flatatt(attributes), options)


class CountrySelect(LongSelect):
    """A list of all countries."""

    def written(self) -> SafeString:
        """Return the countries by name, the United States first."""
        return _options(get_language())


@cache
def _options(language: str | None) -> SafeString:
    rows = ((code, str(name)) for code, name in COUNTRIES.items())
    return format_html_join("\n", '<option value="{}">{}</option>', rows)


class CountryField(forms.ChoiceField):
    """One of all countries."""

    widget = CountrySelect

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=country_choices, **kwargs)


class AddressFields:
    """One address in a form: `prefix` before the names of its fields, `label` for their labels.

    `label` has %(name)s, a part as a label (Eircode), or %(part)s, within a sentence (county).
    """

    def __init__(self, form: forms.BaseForm, prefix: str, label: str | Promise) -> None:
        self.form, self.prefix, self.label = form, prefix, str(label)
        country = form.fields[f"{prefix}country"]
        country.widget = CountrySelect(attrs=country.widget.attrs)
        self.country = address_form_of(str(self._value("country")))
        for part in ("state", "postal_code"):
            name, in_sentence = self.country.names(part)
            words = self.label % {"name": name, "part": in_sentence}
            form.fields[prefix + part].label = words

    def __getitem__(self, part: str) -> forms.BoundField:
        """Return the field of a part, such as `line1`."""
        return self.form[self.prefix + part]

    @property
    def id(self) -> str:
        """The id of the part of the page that follows the country."""
        return f"{self.form.add_prefix(self.prefix)}address-parts"

    @property
    def asked(self) -> list[forms.BoundField]:
        """State and postal code, those that the country has.

        Where it has none, but something was typed or saved, it stays, so that nothing is lost.
        """
        return [
            self[part]
            for part in ("state", "postal_code")
            if self.country.has(part) or self._value(part) or self[part].errors
        ]

    def _value(self, part: str) -> Any:
        name = self.prefix + part
        if self.form.is_bound:
            return self.form.data.get(self.form.add_prefix(name), "")
        return self.form.get_initial_for_field(self.form.fields[name], name) or ""

    def check(self) -> None:
        """Bring state and postal code into the country's form; add errors to their fields.

        What was saved before and isn't changed is not refused.
        """
        cleaned = self.form.cleaned_data
        country = cleaned.get(f"{self.prefix}country")
        for part, read in {"state": state_in, "postal_code": postal_code_in}.items():
            name = self.prefix + part
            if not country or not cleaned.get(name):
                continue
            try:
                cleaned[name] = read(cleaned[name], country=country)
            except ValidationError as error:
                if not self._is_as_saved(part):
                    self.form.add_error(name, error)

    def _is_as_saved(self, part: str) -> bool:
        saved, cleaned = self.form.initial, self.form.cleaned_data
        is_stored = bool(getattr(getattr(self.form, "instance", None), "pk", None))
        names = (self.prefix + part, f"{self.prefix}country")
        return is_stored and all(saved.get(name) == cleaned.get(name) for name in names)


def addresses_in(form: forms.BaseForm, label: str | Promise) -> list[AddressFields]:
    """Return the addresses in a form: all fields that end like those of an address."""
    ends = "postal_code"
    prefixes = [name.removesuffix(ends) for name in form.fields if name.endswith(ends)]
    return [AddressFields(form, prefix, label) for prefix in prefixes]


def state_in(typed: str, *, country: str) -> str:
    """Return a state as the country's addresses write it. Raises ValidationError."""
    form = address_form_of(country)
    if form.strict:
        return us_state(typed)
    found = read_state(typed, country=country)
    if found is None and form.needs("state"):
        words = gettext("Enter the %(part)s by its name, like %(name)s.")
        raise ValidationError(words % {"part": form.names("state")[1], "name": form.states[0][-1]})
    return found or typed


def postal_code_in(typed: str, *, country: str) -> str:
    """Return a postal code as the country writes it. Raises ValidationError."""
    form = address_form_of(country)
    if form.strict:
        return us_zip(typed)
    found = read_postal_code(typed, country=country)
    if found is None:
        words = gettext("Enter the %(part)s like %(example)s.")
        raise ValidationError(
            words % {"part": form.names("postal_code")[1], "example": form.example}
        )
    return found
