"""The public card as it would be saved now, whether what is in the form is valid or not."""

from collections.abc import Callable
from copy import copy
from typing import Any

from django.http import QueryDict  # noqa: TID251 (reads what was sent)

from letterhead.details.appearances import Details
from letterhead.details.card.forms import (
    LONGEST_ENTRY,
    MOST_ENTRIES,
    AboutMeForm,
    DescriptionForm,
    EntriesField,
)
from letterhead.details.models import Practitioner
from letterhead.details.queries import details_with
from letterhead.practices.queries import payer_names_in

Preview = Callable[[QueryDict | None, Practitioner, Details], Details]


def preview_description(
    data: QueryDict | None, practitioner: Practitioner, saved: Details
) -> Details:
    """Return what every place would show if the description in `data` were saved."""
    if data is None:
        return saved
    form = DescriptionForm(data, instance=practitioner.card)
    return _with_card({"description": form.html()}, practitioner, saved)


def preview_about_me(data: QueryDict | None, practitioner: Practitioner, saved: Details) -> Details:
    """Return what every place would show if About me in `data` were saved."""
    if data is None:
        return saved
    payers = list(payer_names_in(practitioner.practice).values())
    form = AboutMeForm(data, instance=practitioner.card, payers=payers)
    form.is_valid()
    return _with_card(_columns(form), practitioner, saved)


def preview_published(practitioner: Practitioner, saved: Details) -> Details:
    """Return what the places would show if the card were published."""
    return _with_card({"is_shown": True}, practitioner, saved)


def _with_card(columns: dict[str, Any], practitioner: Practitioner, saved: Details) -> Details:
    row = copy(practitioner)
    row.card = copy(practitioner.card)
    for name, value in columns.items():
        setattr(row.card, name, value)
    return details_with(row, saved=saved)


def _columns(form: AboutMeForm) -> dict[str, Any]:
    """Return each valid value as it would be saved, and of invalid lists as much as fits."""
    names = form._meta.fields or ()
    columns = {name: form.cleaned_data[name] for name in names if name in form.cleaned_data}
    for name, field in form.fields.items():
        if isinstance(field, EntriesField) and name not in columns:
            columns[name] = _entries(form, name)
    if "practice_payers" in form.fields and "payers_accepted" not in form.cleaned_data:
        others = columns["payers_accepted"]
        columns["payers_accepted"] = [*_entries(form, "practice_payers"), *others][:MOST_ENTRIES]
    return columns


def _entries(form: AboutMeForm, name: str) -> list[str]:
    value, field = form[name].value() or [], form.fields[name]
    if isinstance(field, EntriesField):
        value = field.to_python(field.prepare_value(value))
    return [str(entry)[:LONGEST_ENTRY] for entry in value[:MOST_ENTRIES]]
