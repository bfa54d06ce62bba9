"""The signature on superbills as it would be saved now."""

import base64
from copy import copy
from dataclasses import replace

from django.http import QueryDict  # noqa: TID251 (what was typed is read here)

from letterhead.details.appearances import Shown
from letterhead.details.form_values import value_in
from letterhead.details.models import Practitioner
from letterhead.details.queries import shown_with
from letterhead.details.signature.forms import SignatureForm

_ONCE_SAVED = "Your picture, once it is saved"


def preview(typed: QueryDict | None, practitioner: Practitioner, saved: Shown) -> Shown:
    """Return what every place would show if the form were saved as `typed`; None is unopened.

    A file that was only chosen hasn't been sent yet: words stand in its place.
    """
    if typed is None:
        return saved
    form = SignatureForm(typed, instance=practitioner, check_password=lambda _: "")
    form.is_valid()
    row, made = copy(practitioner), form.cleaned_data.get("made")
    row.paper_signature = form.cleaned_data.get("paper_signature") or "typed"
    row.typed_signature = value_in(form, "typed_signature")
    if made or row.paper_signature != practitioner.paper_signature:
        row.signature_sha256 = ""
    if row.paper_signature == "picture" and not row.signature_sha256:
        row.typed_signature = _ONCE_SAVED
    drawn = f"data:image/png;base64,{base64.b64encode(made).decode()}" if made else ""
    return replace(shown_with(row, saved=saved), drawn_signature=drawn)
