"""General Details as they would be saved now, whether what is in the form is valid or not."""

from copy import copy

from django.forms import BaseForm, BaseFormSet
from django.http import QueryDict  # noqa: TID251 (reads what was sent)

from letterhead.details.appearances import Details
from letterhead.details.fields import (
    FIELDS,
    GeneralDetails,
    NewLicense,
    NewOtherId,
    NewPhone,
    plain_rows,
)
from letterhead.details.general.forms import GeneralDetailsForms, other_ids_of
from letterhead.details.models import Practitioner
from letterhead.details.queries import details_with
from letterhead.practices.columns import NewNumber
from letterhead.ui.forms.values import value_in


def preview(data: QueryDict | None, practitioner: Practitioner, saved: Details) -> Details:
    """Return what every place would show if `data` were saved; None is a form just opened."""
    if data is None:
        return saved
    clinician = saved.letterhead.clinician
    forms = GeneralDetailsForms(data, practitioner=practitioner, clinician=clinician, payers={})
    return details_with(_row_with(_new(forms, practitioner), practitioner), saved=saved)


def _row_with(new: GeneralDetails, practitioner: Practitioner) -> Practitioner:
    """Copy a practitioner as it would be read back with `new` saved; nothing is written."""
    row = copy(practitioner)
    for name in FIELDS:
        setattr(row, name, getattr(new, name))
    row.phone_rows = plain_rows(new.phones)
    row.other_id_rows = plain_rows(new.other_ids)
    row.license_rows = plain_rows(new.licenses)
    row.number_rows = plain_rows(new.numbers)
    return row


def _new(forms: GeneralDetailsForms, practitioner: Practitioner) -> GeneralDetails:
    """Read each value as it would be saved; an invalid one, as its text."""
    forms.is_valid()
    form = forms.form
    columns = {
        name: value_in(form, name) if name in form.fields else getattr(practitioner, name)
        for name in FIELDS
    }
    if columns["contact_email"] == practitioner.wanted_email:  # unchanged: print the one in use
        columns["contact_email"] = practitioner.contact_email
    if "•" in columns["tax_id"]:
        columns["tax_id"] = practitioner.tax_id
    practice = practitioner.practice
    if kind := practice.place.number_kind(columns["tax_id_kind"]):
        columns["tax_id"] = kind.clean(columns["tax_id"])
    columns["npi"] = practice.main_number(columns["npi"]).clean(columns["npi"])
    return GeneralDetails(
        **columns,
        phones=tuple(_phone(row) for row in _numbered(forms.phones)),
        other_ids=tuple(_other_id(row) for row in _numbered(forms.other_ids))
        if forms.other_ids
        else other_ids_of(practitioner),
        licenses=tuple(_license(row) for row in _numbered(forms.licenses)),
        numbers=tuple(_further(row) for row in _numbered(forms.numbers)) if forms.numbers else (),
    )


def _numbered(rows: BaseFormSet) -> list[BaseForm]:
    """Return the rows that hold a number: the others can't be saved, or are passed over."""
    return [row for row in rows.forms if value_in(row, "number")]


def _phone(row: BaseForm) -> NewPhone:
    return NewPhone(
        **{name: value_in(row, name) for name in row.fields},
        extension=row.cleaned_data.get("extension", ""),
    )


def _other_id(row: BaseForm) -> NewOtherId:
    return NewOtherId(
        **{name: value_in(row, name) for name in row.fields if name != "payer"},
        payer_id=_chosen(row, "payer"),
    )


def _further(row: BaseForm) -> NewNumber:
    return NewNumber(
        kind=row.cleaned_data.get("kind", ""),
        own_label=value_in(row, "own_label"),
        number=value_in(row, "number"),
        payer_id=_chosen(row, "payer"),
        location_id=_chosen(row, "location"),
    )


def _chosen(row: BaseForm, name: str) -> int | None:
    value = str(row[name].value() or "")
    return int(value[:9]) if value.isascii() and value.isdigit() else None


def _license(row: BaseForm) -> NewLicense:
    return NewLicense(**{name: value_in(row, name) for name in row.fields})
