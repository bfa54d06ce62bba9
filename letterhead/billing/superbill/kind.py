"""The superbill as a kind of bill."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from letterhead.billing.contents import Contents
from letterhead.billing.kinds import BillKind
from letterhead.billing.models import Bill, IssuedFile
from letterhead.billing.superbill.appearance import masked, superbill_sheet
from letterhead.billing.superbill.checks import superbill_problems
from letterhead.billing.superbill.paper import superbill_pdf
from letterhead.billing.superbill.picture import superbill_svg
from letterhead.files.kept import read_file
from letterhead.practices.models import Practice


def _render(contents: Contents, *, for_printer_of: Practice | None = None) -> Mapping[str, bytes]:
    return {IssuedFile.Form.SUPERBILL: superbill_pdf(contents, **_pictures(contents))}


def _draw(contents: Contents) -> tuple[str, ...]:
    return superbill_svg(masked(contents), **_pictures(contents))


def _pictures(contents: Contents) -> dict[str, bytes | None]:
    signed = contents.letterhead.clinician.paper_signature
    return {
        "logo": read_file(contents.letterhead.practice.logo_sha256),
        "signature": read_file(signed.sha256) if signed else None,
    }


_FIELDS = (
    *("name", "credentials", "paper_signature", "contact_email", "phones", "npi", "npi_label"),
    *("number_rows", "other_ids", "licenses"),
)
SUPERBILL = BillKind(
    stored_as=Bill.Kind.SUPERBILL,
    words=lambda country: country.document,
    is_for=lambda practice: True,
    prefix="SB",
    forms=(IssuedFile.Form.SUPERBILL,),
    check=superbill_problems,
    render=_render,
    draw=_draw,
    sheet=superbill_sheet,
    fields={
        **dict.fromkeys(_FIELDS, "%(document)s"),
        "tax_id": _("%(document)s, where selected"),
    },
    may_print_own_tax_id=True,
    follows_country=True,
)
