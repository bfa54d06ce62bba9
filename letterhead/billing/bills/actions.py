"""What people do with bills: make a draft, issue it, read its files for good."""

import datetime as dt
import logging
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_noop

from letterhead.accounts.models import User
from letterhead.activity.actions import record
from letterhead.billing.contents import Contents, seal
from letterhead.billing.kinds import kind_of
from letterhead.billing.models import Bill, IssuedBill, IssuedFile, Numbering, Visit
from letterhead.billing.problems import Problem
from letterhead.billing.queries import (
    draft_contents,
    ids_of_visits,
    issued_contents,
    visits_on,
)
from letterhead.billing.together import apart
from letterhead.files.kept import keep_file, read_file
from letterhead.practices.days import today_in

log = logging.getLogger(__name__)


class AlreadyIssued(Exception):
    """This bill was issued before, perhaps a moment ago in another window."""


class AlreadyCorrected(Exception):
    """The claim was corrected, and the correction issued; `by` is that one."""

    def __init__(self, by: Bill) -> None:
        super().__init__("already corrected")
        self.by = by


class Apart(Exception):
    """These visits can't be on one bill; `problems` says why."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("can't be on one bill")
        self.problems = problems


class NotReady(Exception):
    """The bill has errors; `problems` lists them, each with the field where it's fixed."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("not ready to be issued")
        self.problems = problems


def problems_of(bill: Bill, contents: Contents, visits: Sequence[Visit]) -> tuple[Problem, ...]:
    """Return what is wrong with a draft, in what it says and in its visits being on one bill."""
    return (*kind_of(bill).check(contents), *apart(visits, kind=bill.kind))


@transaction.atomic(durable=True)
def make_bill(visit: Visit, *, kind: str, by: User) -> Bill:
    """Make a draft for a visit; `kind` is one of Bill.Kind."""
    return _make(*_locked(visit), kind=kind, by=by)


@transaction.atomic(durable=True)
def open_draft(*visits: Visit, kind: str, by: User) -> Bill:
    """Return the draft of this kind for these visits, made if there is none. Two at once share one.

    The visits are of one client. Raises Apart.
    """
    now = _locked(*visits)
    drafts = Bill.objects.filter(visit__in=now, kind=kind, state=Bill.State.DRAFT, corrects=None)
    for draft in drafts.order_by("pk"):
        if set(ids_of_visits(draft)) == {visit.pk for visit in now}:
            return draft
    if problems := apart(now, kind=kind):
        raise Apart(problems)
    return _make(*now, kind=kind, by=by)


@transaction.atomic(durable=True)
def correct(claim: Bill, *, code: str, reference: str, by: User) -> Bill:
    """Return the draft that corrects an issued claim, made if there is none; two share one.

    `code` is one of Bill.Resubmission, `reference` the payer's own number of the claim. A draft
    that is there gets them. Raises AlreadyCorrected.
    """
    said = {"resubmission_code": code, "original_reference": reference}
    claim = Bill.objects.select_for_update(of=("self",)).get(pk=claim.pk, issued__isnull=False)
    draft = Bill.objects.select_for_update(of=("self",)).filter(corrects=claim).first()
    if draft is None:
        visits = _locked(claim.visit, *claim.further.all())
        return _make(*visits, kind=claim.kind, by=by, corrects=claim, **said)
    if draft.state == Bill.State.ISSUED:
        raise AlreadyCorrected(draft)
    if said != {name: getattr(draft, name) for name in said}:
        Bill.objects.filter(pk=draft.pk).update(**said)
        _record(gettext_noop("changed a correction"), draft, by=by, about=claim.issued.number)
    return draft


@transaction.atomic(durable=True)
def discard(bill: Bill, *, by: User) -> None:
    """Throw a draft away. Raises AlreadyIssued, or Bill.DoesNotExist after another discard."""
    bill = Bill.objects.select_for_update().get(pk=bill.pk)
    if IssuedBill.objects.filter(bill=bill).exists():
        raise AlreadyIssued
    _record(gettext_noop("discarded a draft"), bill, by=by, about=str(kind_of(bill).stored_as))
    bill.delete()


def _locked(*visits: Visit) -> list[Visit]:
    """The visits as they are now, in order; no one changes them until the transaction ends."""
    ids = [visit.pk for visit in visits]
    now = Visit.objects.select_for_update().filter(pk__in=ids).order_by("pk")  # in one order
    return sorted(now.prefetch_related("lines", "diagnoses"), key=lambda one: one.visited_on)


def _make(*visits: Visit, kind: str, by: User, **more: Any) -> Bill:
    bill = Bill.draft_of(*visits, kind=kind)
    for name, value in more.items():
        setattr(bill, name, value)
    bill.save()
    bill.further.set(visits[1:])
    corrected = bill.corrects.issued.number if bill.corrects else ""
    act = (
        gettext_noop("drafted a correction")
        if corrected
        else kind_of(bill).words(bill.practice.place).drafted
    )
    _record(act, bill, by=by, about=corrected)
    return bill


@transaction.atomic(durable=True)
def issue(bill: Bill, *, by: User, now: dt.datetime) -> IssuedBill:
    """Number a bill, render it, and freeze everything that was printed with its files.

    Numbers have no gaps: a bill that is refused or fails gives its number back. Raises NotReady or
    AlreadyIssued, and writes nothing.
    """
    bill = Bill.objects.select_for_update(of=("self",)).select_related("practice").get(pk=bill.pk)
    if IssuedBill.objects.filter(bill=bill).exists():
        raise AlreadyIssued
    kind = kind_of(bill)
    visits = visits_on(bill)
    contents = draft_contents(bill, now=now, number=_next_number(bill, now), visits=visits)
    found = problems_of(bill, contents, visits)
    errors = tuple(problem for problem in found if problem.severity == "error")
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
    Bill.objects.filter(pk=bill.pk).update(
        state=Bill.State.ISSUED,
        practitioner=contents.letterhead.clinician.id,
        visited_on=contents.visit.visited_on,
        total=contents.total,
        currency=contents.letterhead.practice.currency,
    )
    IssuedFile.objects.bulk_create(
        IssuedFile(issued=issued, form=form, sha256=keep_file(data), size=len(data))
        for form, data in kind.render(contents, for_printer_of=bill.practice).items()
    )
    act = kind.words(bill.practice.place).issued
    _record(act, bill, by=by, about=contents.number)
    return issued


def read_issued_file(file: IssuedFile) -> bytes:
    """Return a file as it was issued, to the byte; a lost one is rendered again from its contents.

    A newer renderer may draw the same contents differently: then the old file's place stays empty.
    """
    data = read_file(file.sha256)
    if data is not None:
        return data
    log.warning("file %s of %s is lost: rendering it again", file.sha256, file.issued.number)
    data = kind_of(file.issued.bill).render(issued_contents(file.issued))[file.form]
    if keep_file(data) != file.sha256:
        log.warning("%s of %s was rendered with other bytes", file.form, file.issued.number)
    return data


def _next_number(bill: Bill, now: dt.datetime) -> str:
    year = today_in(bill.practice, now).year
    counter = {"practice": bill.practice, "kind": bill.kind, "year": year}
    Numbering.objects.bulk_create([Numbering(**counter)], ignore_conflicts=True)
    Numbering.objects.filter(**counter).update(last=F("last") + 1)
    last = Numbering.objects.values_list("last", flat=True).get(**counter)
    practice = bill.practice
    return kind_of(bill).number(year, last, country=practice.place, prefix=practice.bill_prefix)


def _record(act: str, bill: Bill, *, by: User, about: str = "") -> None:
    record(
        act,
        practice=bill.practice_id,
        person=by.pk,
        person_name=by.email,
        about=about,
        changes={"bill": bill.pk, "visit": bill.visit_id} | _others(bill),
    )


def _others(bill: Bill) -> dict[str, list[int]]:
    _first, *others = ids_of_visits(bill)
    return {"further visits": others} if others else {}
