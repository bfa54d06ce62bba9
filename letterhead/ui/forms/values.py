"""Values of a form that isn't saved yet, for previews."""

from typing import Any

from django import forms

_MOST_CHARACTERS = 200  # of an invalid value; no field holds more


def value_in(form: forms.BaseForm, name: str) -> Any:
    """Return a field's value as it would be saved; of an invalid field, its text.

    An invalid day is None. The form has been validated.
    """
    if name in form.cleaned_data:
        return form.cleaned_data[name]
    field, sent = form.fields[name], form[name].value()
    if isinstance(field, forms.DateField):
        return None
    if isinstance(field, forms.BooleanField):
        return bool(sent)
    return str(sent or "").strip()[:_MOST_CHARACTERS]
