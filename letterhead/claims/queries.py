"""Reads of printers, and what payers would refuse before any visit exists."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from msgspec.structs import replace

from letterhead.billing.contents import Contents, PayerPicture
from letterhead.billing.fixing import Fixable, fix_label, fix_url
from letterhead.billing.problems import Place, Problem
from letterhead.billing.queries import payer_picture
from letterhead.billing.sample import SAMPLE_CLINICIAN
from letterhead.claims.ahead import NAMED, Refusal, refusals
from letterhead.claims.grid import NO_OFFSET, Offset
from letterhead.claims.models import Printer
from letterhead.details.letterhead import Letterhead
from letterhead.details.queries import billing_practice_of, letterhead_for, place_of_care
from letterhead.practices.days import today_in
from letterhead.practices.models import Location, Payer, Practice
from letterhead.practices.queries import locations_in, payers_in
from letterhead.texts.folded import folded

if TYPE_CHECKING:
    from letterhead.details.models import Practitioner

_OF_PRACTICE = {Place.PRACTICE, Place.BILLING}


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


def readiness_of(practitioner: "Practitioner") -> tuple[Fixable, ...] | None:
    """What payers would refuse in a clinician's own details (one of `practitioners_in`).

    Each problem comes with the address of its field, errors first. None where the practice isn't
    in the United States, whose form the CMS-1500 is. Takes one query, for the payers.
    """
    practice = practitioner.practice
    if practice.country != "US":
        return None
    found = refusals(
        letterhead_for(practitioner),
        payers=[payer_picture(payer) for payer in payers_in(practice)],
        places={Place.MY_DETAILS},
        today=today_in(practice),
    )
    return tuple(_fixable(refusal) for refusal in found)


def readiness_of_practice(
    practice: Practice,
    *,
    payers: Iterable[Payer] | None = None,
    locations: Iterable[Location] | None = None,
) -> tuple[Fixable, ...] | None:
    """What payers would refuse in a practice's details, its locations and its payers.

    As `readiness_of`; payers and locations that are passed in cost no query.
    """
    if practice.country != "US":
        return None
    today = today_in(practice)
    rows = list(payers_in(practice) if payers is None else payers)
    places = locations_in(practice) if locations is None else locations
    letterhead = Letterhead(clinician=SAMPLE_CLINICIAN, practice=billing_practice_of(practice))
    pictures = [payer_picture(row) for row in rows]
    found = [
        _fixable(refusal)
        for refusal in refusals(letterhead, payers=pictures, places=_OF_PRACTICE, today=today)
    ]
    for location in places:
        there = replace(letterhead, location=place_of_care(location))
        for refusal in refusals(there, payers=(), places={Place.LOCATION}, today=today):
            found.append(_fixable(refusal._replace(location=location.name), pk=location.pk))
    found += _of_payers(letterhead, pictures, today=today)
    return tuple(sorted(found, key=lambda one: one.severity))


def _of_payers(
    letterhead: Letterhead, payers: Iterable[PayerPicture], *, today: dt.date
) -> Iterator[Fixable]:
    """What is wrong with payers; a problem of many is listed once, with a link to the first."""
    touched: dict[Problem, list[PayerPicture]] = {}
    for payer in payers:
        for one in refusals(letterhead, payers=[payer], places={Place.PAYER}, today=today):
            touched.setdefault(one.problem, []).append(payer)
    for problem, of in touched.items():
        for each in [of] if len(of) > NAMED else [[payer] for payer in of]:
            names = tuple(sorted((payer.name for payer in each), key=folded))
            yield _fixable(Refusal(problem, names), pk=each[0].id)


def _fixable(refusal: Refusal, pk: int | None = None) -> Fixable:
    problem = refusal.problem
    return Fixable(
        problem.severity,
        problem.item,
        refusal.message,
        fix_url(problem.place, problem.field, pk=pk),
        fix_label(problem.place),
    )
