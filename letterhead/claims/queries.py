"""Reads of printers, and what payers would refuse before any visit exists."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from letterhead.billing.contents import Contents
from letterhead.billing.fixing import fixable
from letterhead.billing.models import Bill
from letterhead.billing.problems import Place, Problem
from letterhead.billing.queries import payer_picture
from letterhead.billing.readiness import Readiness, of_practice, readiness_of_paper
from letterhead.claims.ahead import refusals_of_details, refusals_of_practice
from letterhead.claims.grid import NO_OFFSET, Offset
from letterhead.claims.models import Printer
from letterhead.details.letterhead import Letterhead
from letterhead.details.queries import letterhead_for, place_of_care
from letterhead.practices.days import today_in
from letterhead.practices.models import Location, Payer, Practice
from letterhead.practices.queries import locations_of, payers_of
from letterhead.practices.roles import is_billing, is_rendering

if TYPE_CHECKING:
    from letterhead.details.models import Practitioner


_SIGNED_ON = {"12": "client_signed_on", "13": "insured_signed_on"}


def printers_in(practice: Practice) -> QuerySet[Printer]:
    """A practice's printers, the default one first."""
    return Printer.objects.filter(practice=practice).order_by("-is_default", "folded", "pk")


def default_offset(practice: Practice) -> Offset:
    """How far the practice's default printer is off; nothing where there is no printer."""
    printer = printers_in(practice).filter(is_default=True).first()
    return _offset_of(printer) if printer else NO_OFFSET


def claim_for_printer(contents: Contents, printer: Printer) -> bytes:
    """The PDF for pre-printed forms, moved as this printer needs it."""
    from letterhead.claims.paper.pdf import data_only

    return data_only(contents, offset=_offset_of(printer))


def printer_test_page(printer: Printer) -> bytes:
    """The PDF that shows how far a printer is off."""
    from letterhead.claims.paper.pdf import test_page

    return test_page(_offset_of(printer), printer.name)


def _offset_of(printer: Printer) -> Offset:
    return Offset(float(printer.right_mm), float(printer.down_mm))


def undated_signatures(bill: Bill) -> tuple[Problem, ...]:
    """The signatures that a draft claim says are on file, of which nobody recorded when.

    Policies saved before dates were asked for have none. A frozen claim says nothing of it, so
    this isn't among the rules.
    """
    policy = bill.visit.policy
    if bill.kind != Bill.Kind.CMS1500 or policy is None:
        return ()
    words = _(
        "Enter when and how it was signed. Item %(item)s prints SIGNATURE ON FILE, and no date is "
        "recorded."
    )
    undated = {
        "12": policy.client_signature_on_file and not policy.client_signed_on,
        "13": policy.benefits_assigned and not policy.insured_signed_on,
    }
    return tuple(
        Problem("warning", item, words % {"item": item}, Place.POLICY, _SIGNED_ON[item])
        for item, is_undated in undated.items()
        if is_undated
    )


def readiness_of(
    practitioner: "Practitioner",
    *,
    letterhead: Letterhead | None = None,
    payers: Iterable[Payer] | None = None,
    locations: Iterable[Location] | None = None,
) -> Readiness | None:
    """What payers would refuse in a member's own details (see `practitioner_of`) and the practice.

    Where claims aren't for the practice, what its other bills would lack. None for who has nothing
    to do with bills. Takes two queries, for payers and locations; what is passed in, as it was read
    already, costs none.
    """
    practice, member = practitioner.practice, practitioner.membership
    if not practice.uses_us_claims:
        return readiness_of_paper(practitioner, letterhead=letterhead)
    if member is None or not is_billing(member):
        return None
    today = today_in(practice)
    pictures = [payer_picture(row) for row in (payers_of(practice) if payers is None else payers)]
    places = [
        (row.pk, place_of_care(row, practice=practice))
        for row in (locations_of(practice) if locations is None else locations)
    ]
    letterhead = letterhead or letterhead_for(practitioner)
    with_details = is_rendering(member)
    own = refusals_of_details(letterhead, pictures, today) if with_details else ()
    found = (*own, *refusals_of_practice(letterhead.practice, pictures, places, today))
    return of_practice(
        (
            fixable(one.problem, member=member, clinician=practitioner, pk=one.pk,
                    message=one.message)
            for one in found
        ),
        with_details=with_details,
    )  # fmt: skip
