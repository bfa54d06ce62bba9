"""What a person does with bills: draft one, issue it, read its files again for ever."""

import datetime as dt
import logging
from collections.abc import Callable, Mapping

from django.db import transaction
from django.db.models import F

from letterhead.accounts.models import User
from letterhead.activity.actions import record
from letterhead.billing.contents import Contents
from letterhead.billing.models import Bill, IssuedBill, IssuedFile, Numbering, Visit
from letterhead.billing.problems import Problem
from letterhead.billing.queries import draft_contents, issued_contents
from letterhead.billing.sealing import seal
from letterhead.billing.superbill.paper import superbill_pdf, superbill_problems
from letterhead.billing.visits.actions import NewLine, VisitFacts, add_visit
from letterhead.files.kept import keep_file, read_file
from letterhead.practices.days import today_in

__all__ = [
    "AlreadyIssued",
    "Check",
    "NewLine",
    "NotReady",
    "Render",
    "VisitFacts",
    "add_visit",
    "check_superbill",
    "issue",
    "issue_superbill",
    "make_bill",
    "read_issued_file",
    "render_superbill",
]

log = logging.getLogger(__name__)

Check = Callable[[Contents], tuple[Problem, ...]]
Render = Callable[[Contents], Mapping[str, bytes]]

_PREFIX = {Bill.Kind.SUPERBILL: "SB", Bill.Kind.CMS1500: "CL"}


class AlreadyIssued(Exception):
    """This bill was issued before, perhaps a moment ago in another window."""


class NotReady(Exception):
    """Something refuses to issue; `problems` are the errors, each with the field that mends it."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("not ready to be issued")
        self.problems = problems


@transaction.atomic(durable=True)
def make_bill(visit: Visit, *, kind: str, by: User) -> Bill:
    """Make a draft for a visit."""
    bill = Bill.objects.create(practice_id=visit.practice_id, visit=visit, kind=kind)
    _record("drafted", bill, by=by)
    return bill


def issue_superbill(bill: Bill, *, by: User, now: dt.datetime) -> IssuedBill:
    """Issue a superbill. Raises NotReady or AlreadyIssued, and writes nothing."""
    return issue(bill, by=by, now=now, check=check_superbill, render=render_superbill)


def check_superbill(contents: Contents) -> tuple[Problem, ...]:
    """Give what refuses a superbill and what ought to be looked at."""
    return superbill_problems(contents)


def render_superbill(contents: Contents) -> Mapping[str, bytes]:
    """Give the files of a superbill by form."""
    logo = read_file(contents.letterhead.practice.logo_sha256)
    signed = contents.letterhead.clinician.paper_signature
    signature = read_file(signed.sha256) if signed else None
    return {IssuedFile.Form.SUPERBILL: superbill_pdf(contents, logo=logo, signature=signature)}


@transaction.atomic(durable=True)
def issue(bill: Bill, *, by: User, now: dt.datetime, check: Check, render: Render) -> IssuedBill:
    """Number a bill, render it, and freeze all that was printed with its files.

    Numbers have no gaps: what is refused or fails gives its number back. Raises NotReady or
    AlreadyIssued, and writes nothing.
    """
    bill = Bill.objects.select_for_update(of=("self",)).select_related("practice").get(pk=bill.pk)
    if IssuedBill.objects.filter(bill=bill).exists():
        raise AlreadyIssued
    contents = draft_contents(bill, now=now, number=_next_number(bill, now))
    errors = tuple(problem for problem in check(contents) if problem.severity == "error")
    if errors:
        raise NotReady(errors)
    text, sealed = seal(contents)
    issued = IssuedBill.objects.create(
        practice=bill.practice,
        bill=bill,
        number=contents.number,
        issued_at=now,
        issued_by=by.email,
        contents=text,
        sealed=sealed,
    )
    IssuedFile.objects.bulk_create(
        IssuedFile(issued=issued, form=form, sha256=keep_file(data), size=len(data))
        for form, data in render(contents).items()
    )
    _record("issued", bill, by=by, about=contents.number)
    return issued


def read_issued_file(file: IssuedFile, *, render: Render) -> bytes:
    """Give a file as it was issued, to the byte; a lost one is rendered again from what was stored.

    What is rendered again is kept only if it is the same file: another version of the renderer
    may draw the same text otherwise.
    """
    data = read_file(file.sha256)
    if data is not None:
        return data
    log.warning("file %s of %s is lost: rendering it again", file.sha256, file.issued.number)
    data = render(issued_contents(file.issued))[file.form]
    if keep_file(data) != file.sha256:
        log.warning("%s of %s was rendered with other bytes", file.form, file.issued.number)
    return data


def _next_number(bill: Bill, now: dt.datetime) -> str:
    year = today_in(bill.practice, now).year
    counter = {"practice": bill.practice, "kind": bill.kind, "year": year}
    Numbering.objects.bulk_create([Numbering(**counter)], ignore_conflicts=True)
    Numbering.objects.filter(**counter).update(last=F("last") + 1)
    last = Numbering.objects.values_list("last", flat=True).get(**counter)
    return f"{_PREFIX[Bill.Kind(bill.kind)]}-{year}-{last:04d}"


def _record(act: str, bill: Bill, *, by: User, about: str = "") -> None:
    record(
        f"{act} {bill.get_kind_display()}",
        practice=bill.practice_id,
        person=by.pk,
        person_name=by.email,
        about=about,
        changes={"bill": bill.pk, "visit": bill.visit_id},
    )
