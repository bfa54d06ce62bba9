"""The superbill as part of a page: how it would print, before it is saved. Pure."""

from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from msgspec.structs import replace

from letterhead.billing.contents import Contents
from letterhead.billing.superbill.numbers_of import written_tax_id
from letterhead.billing.superbill.words import Words, words
from letterhead.details.letterhead import TaxId
from letterhead.numbers.ids import masked as masked_number
from letterhead.ui.marks import marked_values

# Cells that need their column's word where rows are stacked.
_NAMED = frozenset({"place", "pointers", "minutes", "factor", "units", "tax"})


def superbill_sheet(
    contents: Contents, saved: Contents | None = None, *, drawn_signature: str = ""
) -> SafeString:
    """Draw a superbill in the words of its paper; what differs from `saved` is marked.

    `drawn_signature` is the address of a signature that isn't saved yet.
    Tax IDs show their last four digits only: more people see a page than the paper.
    """
    before = saved or contents
    now, was = words(masked(contents)), words(masked(before, unlike=contents))
    said = marked_values(_texts(now), _texts(was))
    named = {name: label for name, label in now["labels"].items() if name in _NAMED}
    signed = contents.letterhead.clinician.paper_signature
    logo = contents.letterhead.practice.logo_sha256
    own = reverse("own-signature") if signed and signed.sha256 else ""
    context = {
        "words": said,
        "language": now["language"],
        "columns": [(name, now["labels"][name]) for name in now["columns"]],
        "lines": [
            [(name, named.get(name, ""), value) for name, value in line.items()]
            for line in said["lines"]
        ],
        "parties": [
            (now["labels"]["provider"], said["clinician"]),
            (now["labels"]["client"], said["client"]),
        ],
        "logo_url": reverse("logo", args=[logo]) if logo else "",
        "signature_url": drawn_signature or own,
        "signature_says": now["signed"],
        "signature_differs": signed != before.letterhead.clinician.paper_signature,
    }
    return render_to_string("billing/superbill_sheet.html", context)


def _texts(said: Words) -> dict[str, Any]:
    return {name: value for name, value in said.items() if name not in {"layout", "columns"}}


def masked(contents: Contents, unlike: Contents | None = None) -> Contents:
    """Return contents with masked tax IDs.

    Those that differ from `unlike` are left out: masked they may look equal.
    """
    letterhead, other = contents.letterhead, (unlike or contents).letterhead

    def mask(tax_id: TaxId | None, other: TaxId | None) -> TaxId | None:
        if tax_id is None or tax_id != other:
            return None
        return replace(tax_id, number=masked_number(written_tax_id(tax_id, contents)))

    return replace(
        contents,
        letterhead=replace(
            letterhead,
            clinician=replace(
                letterhead.clinician,
                tax_id=mask(letterhead.clinician.tax_id, other.clinician.tax_id),
            ),
            practice=replace(
                letterhead.practice,
                tax_id=mask(letterhead.practice.tax_id, other.practice.tax_id),
            ),
        ),
    )
