"""The signature on superbills as it would be saved now."""

import base64
from copy import copy
from dataclasses import replace

from django.http import QueryDict  # noqa: TID251 (reads what was sent)
from django.utils.translation import gettext as _

from letterhead.details.appearances import Details
from letterhead.details.models import Practitioner
from letterhead.details.queries import details_with
from letterhead.details.signature.forms import SignatureForm
from letterhead.ui.forms.values import value_in


def preview(data: QueryDict | None, practitioner: Practitioner, saved: Details) -> Details:
    """Return what every place would show if `data` were saved; None is a form just opened.

    A file that was chosen isn't sent before saving: a sentence takes its place.
    """
    if data is None:
        return saved
    form = SignatureForm(data, instance=practitioner, check_password=lambda _: "")
    form.is_valid()
    row, made = copy(practitioner), form.cleaned_data.get("made")
    row.paper_signature = form.cleaned_data.get("paper_signature") or "typed"
    row.typed_signature = value_in(form, "typed_signature")
    if made or row.paper_signature != practitioner.paper_signature:
        row.signature_sha256 = ""
    if row.paper_signature == "picture" and not row.signature_sha256:
        row.typed_signature = _("Your image appears here after you save")
    drawn = f"data:image/png;base64,{base64.b64encode(made).decode()}" if made else ""
    return replace(details_with(row, saved=saved), drawn_signature=drawn)
