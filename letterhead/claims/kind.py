"""The CMS-1500 as a kind of bill."""

from collections.abc import Mapping

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from letterhead.billing.contents import Contents
from letterhead.billing.kinds import BillKind
from letterhead.billing.models import Bill, IssuedFile
from letterhead.claims.appearance import cms1500_sheet
from letterhead.claims.grid import NO_OFFSET
from letterhead.claims.queries import default_offset
from letterhead.claims.readiness import problems
from letterhead.countries.documents import Document
from letterhead.practices.models import Practice


def _render(contents: Contents, *, for_printer_of: Practice | None = None) -> Mapping[str, bytes]:
    from letterhead.claims.paper.pdf import data_only, readable

    offset = default_offset(for_printer_of) if for_printer_of else NO_OFFSET
    return {
        IssuedFile.Form.CMS1500: readable(contents),
        IssuedFile.Form.PREPRINTED: data_only(contents, offset=offset),
    }


def _draw(contents: Contents) -> tuple[str, ...]:
    from letterhead.claims.paper.picture import claim_svg

    return claim_svg(contents)


def _sheet(
    contents: Contents, saved: Contents | None = None, *, drawn_signature: str = ""
) -> SafeString:
    return cms1500_sheet(contents, saved)  # item 31 is signed in type only


_WORDS = Document(
    name="cms-1500",
    title=_("CMS-1500"),
    plural=_("CMS-1500s"),
    new=_("New CMS-1500"),
    pdf=_("CMS-1500 PDF"),
    draft=_("CMS-1500, draft"),
    drafted=gettext_noop("drafted a CMS-1500"),
    issued=gettext_noop("issued a CMS-1500"),
    prefix="CL",
    promise="",
)
CMS1500 = BillKind(
    stored_as=Bill.Kind.CMS1500,
    words=lambda country: _WORDS,
    is_for=lambda practice: practice.uses_us_claims,
    prefix="CL",
    forms=(IssuedFile.Form.CMS1500, IssuedFile.Form.PREPRINTED),
    check=problems,
    render=_render,
    draw=_draw,
    sheet=_sheet,
    fields={
        **dict.fromkeys(("name", "claim_name", "credentials", "signature"), _("CMS-1500 item 31")),
        "npi": _("CMS-1500 item 24J"),
        "other_ids": _("CMS-1500 items 24I, 24J"),
        "tax_id": _("Never on claims"),
    },
    may_print_own_tax_id=False,
)
