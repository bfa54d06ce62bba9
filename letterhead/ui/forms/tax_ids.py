"""A tax ID in a form, of a clinician or a practice: masked, and checked by its kind."""

from typing import Any, Literal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from letterhead.countries.country import Country


def offer_kinds(
    form: forms.BaseForm, country: Country, *, of: Literal["clinician", "practice"], kept: str
) -> None:
    """Offer the kinds of tax IDs that a country has, and the one saved before.

    If there is only one, it is chosen already.
    """
    kinds = {kind.name: str(kind.label) for kind in country.tax_ids if of in kind.of}
    if kept:
        kinds.setdefault(kept, country.label_of_number(kept))
    field: Any = form.fields["tax_id_kind"]
    field.choices = [*([("", gettext("Choose"))] if len(kinds) > 1 else []), *kinds.items()]
    if not all(kind.keyboard == "numeric" for kind in country.tax_ids):
        form.fields["tax_id"].widget.attrs.pop("inputmode", None)


def typed_tax_id(form: forms.BaseForm, *, kept: str, mask: str) -> str:
    """Return `kept` if its mask came back unchanged, else the number that was typed.

    Raises ValidationError for a mask changed in part, and puts the complete mask back.
    """
    typed: str = form.cleaned_data["tax_id"]
    if typed == mask:
        return kept
    if "•" in typed:
        data: Any = form.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        data[form.add_prefix("tax_id")] = mask
        form.data = data
        if not mask:
            raise ValidationError(gettext("Enter the whole number, without dots."))
        text = gettext("The saved number is %(number)s. Save again to keep it, or enter a new one.")
        raise ValidationError(text % {"number": mask})
    return typed


def check_tax_id(form: forms.BaseForm, country: Country, *, kept: tuple[str, str]) -> None:
    """Require a tax ID and its kind together; clean and check the number by its kind.

    What was saved in another country (`kept`) stays until it is changed.
    """
    cleaned = form.cleaned_data
    number, kind = cleaned.get("tax_id"), cleaned.get("tax_id_kind")
    if number is None or kind is None or (number and (number, kind) == kept):
        return
    rule = country.number_kind(kind)
    if number and rule:
        number = cleaned["tax_id"] = rule.clean(number)
    if number and not kind:
        form.add_error("tax_id_kind", gettext("Choose what kind of tax ID this is."))
    elif kind and not number and _is_the_only_one(form):
        cleaned["tax_id_kind"] = ""
    elif kind and not number:
        form.add_error("tax_id", gettext("Enter the tax ID, or clear its kind."))
    elif rule and number and (error := rule.error(number)):
        form.add_error("tax_id", error)


def _is_the_only_one(form: forms.BaseForm) -> bool:
    choices: Any = form.fields["tax_id_kind"].choices  # type: ignore[attr-defined]
    return len(choices) == 1
