"""What the paper that a client gets for a visit is called: the words of pages and of the paper."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

Text = str | Promise


@dataclass(frozen=True, kw_only=True)
class Document:
    """A document's words. `title` is its heading, with its number after it; others are of pages.

    `name` is in the names of its files; `drafted` and `issued` are what the activity says.
    """

    name: str
    title: Text
    plural: Text
    new: Text
    pdf: Text
    draft: Text
    prefix: str  # of its numbers
    promise: Text  # in small print: what it isn't
    drafted: str = gettext_noop("drafted a bill")
    issued: str = gettext_noop("issued a bill")


SUPERBILL = Document(
    name="superbill",
    title=_("Superbill"),
    plural=_("Superbills"),
    new=_("New superbill"),
    pdf=_("Superbill PDF"),
    draft=_("Superbill, draft"),
    drafted=gettext_noop("drafted a superbill"),
    issued=gettext_noop("issued a superbill"),
    prefix="SB",
    promise=_(
        "This is a receipt for services, not a claim. It promises no payment by any insurer."
    ),
)
RECEIPT = Document(
    name="receipt",
    title=_("Receipt"),
    plural=_("Receipts"),
    new=_("New receipt"),
    pdf=_("Receipt PDF"),
    draft=_("Receipt, draft"),
    drafted=gettext_noop("drafted a receipt"),
    issued=gettext_noop("issued a receipt"),
    prefix="R",
    promise=_("This is a receipt for services. It promises no payment by any insurer."),
)
INVOICE = Document(
    name="invoice",
    title=_("Invoice"),
    plural=_("Invoices"),
    new=_("New invoice"),
    pdf=_("Invoice PDF"),
    draft=_("Invoice, draft"),
    drafted=gettext_noop("drafted an invoice"),
    issued=gettext_noop("issued an invoice"),
    prefix="R",
    promise=_("This is an invoice for services. It promises no payment by any insurer."),
)
