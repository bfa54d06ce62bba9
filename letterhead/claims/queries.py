"""Reads of printers and claims."""

from django.db.models import QuerySet

from letterhead.claims.models import Printer
from letterhead.claims.paper import NO_OFFSET, Offset
from letterhead.practices.models import Practice


def printers_in(practice: Practice) -> QuerySet[Printer]:
    """Give a practice's printers, the default one first."""
    return Printer.objects.filter(practice=practice).order_by("-is_default", "name", "pk")


def offset_of(printer: Printer) -> Offset:
    """Give how far a printer's pages are moved."""
    return Offset(float(printer.right_mm), float(printer.down_mm))


def default_offset(practice: Practice) -> Offset:
    """Give the offset of the default printer; none where there is no printer."""
    printer = printers_in(practice).filter(is_default=True).first()
    return offset_of(printer) if printer else NO_OFFSET
