"""What people do with visits."""

import datetime as dt
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_noop

from letterhead.accounts.models import User
from letterhead.activity.actions import record
from letterhead.activity.changes import Stale, change_row
from letterhead.billing.models import Bill, Diagnosis, ServiceLine, Visit
from letterhead.billing.queries import bills_for, visits_on
from letterhead.clients.models import Client
from letterhead.countries.money import plain


@dataclass(frozen=True, kw_only=True)
class NewLine:
    """One service to save; `charge` is for the whole line, `modifiers` like "95 GT"."""

    service_on: dt.date
    place_of_service: str
    code: str
    modifiers: str = ""
    description: str = ""
    pointers: str = ""
    charge: Decimal
    units: Decimal = Decimal(1)
    until: dt.date | None = None
    emergency: bool = False
    epsdt_reason: str = ""
    family_plan: bool = False
    supplemental: str = ""
    factor: Decimal | None = None
    minutes: int | None = None
    tax: str = ""


@dataclass(frozen=True, kw_only=True)
class VisitFacts:
    """All that a visit's form saves, cleaned; `diagnoses` with their point, A first."""

    visited_on: dt.date
    practitioner_id: int
    location_id: int
    policy_id: int | None = None
    amount_paid: Decimal = Decimal(0)
    paid_on: dt.date | None = None
    payment_method: str = ""
    employment_related: bool = False
    auto_accident: bool = False
    auto_accident_state: str = ""
    other_accident: bool = False
    claim_codes: str = ""
    onset_on: dt.date | None = None
    onset_qualifier: str = ""
    other_date: dt.date | None = None
    other_date_qualifier: str = ""
    unable_to_work_since: dt.date | None = None
    unable_to_work_until: dt.date | None = None
    referrer_qualifier: str = ""
    referrer_first_name: str = ""
    referrer_last_name: str = ""
    referrer_credentials: str = ""
    referrer_npi: str = ""
    referrer_other_id_qualifier: str = ""
    referrer_other_id: str = ""
    referred_on: dt.date | None = None
    hospitalized_since: dt.date | None = None
    hospitalized_until: dt.date | None = None
    additional_information: str = ""
    outside_lab_charge: Decimal | None = None
    prior_authorization: str = ""
    account_number: str = ""
    accept_assignment: bool = True
    diagnoses: tuple[str, ...] = ()
    lines: tuple[NewLine, ...]
    carried_over_from: dt.date | None = None  # whoever saves the form has checked what was

    def columns(self) -> dict[str, Any]:
        """The values of the visit's own columns."""
        return {k: v for k, v in vars(self).items() if k not in {"diagnoses", "lines"}}


@transaction.atomic(durable=True)
def add_visit(client: Client, *, new: VisitFacts, by: User) -> Visit:
    """Save a new visit of a client."""
    return write_visit(client, new=new, by=by)


def write_visit(client: Client, *, new: VisitFacts, by: User, **more: Any) -> Visit:
    """Save a new visit, with `more` columns, in the caller's transaction, and record it."""
    columns = {**new.columns(), **more}
    visit = Visit.objects.create(client=client, practice_id=client.practice_id, **columns)
    _write_rows(visit, new)
    _record(gettext_noop("added a visit"), visit, by)
    return visit


@transaction.atomic(durable=True)
def change_visit(visit: Visit, *, new: VisitFacts, read_at_version: int, by: User) -> bool:
    """Replace a visit's facts; returns whether anything changed. Issued bills stay as they were.

    `visit` is one of `visits_seen_by`. Raises Stale, and writes nothing, if the visit was
    saved since `read_at_version`.
    """
    changes = change_row(visit, columns=new.columns(), read_at_version=read_at_version)
    before, after = rows_of(visit), _new_rows(new)
    if before != after:
        if not changes:
            _move_on(visit, read_at_version)
        visit.diagnoses.all().delete()
        visit.lines.all().delete()
        _write_rows(visit, new)
        changed = [name for name in after if before[name] != after[name]]
        changes |= {name: [_plain(before[name]), _plain(after[name])] for name in changed}
    if changes:
        _drafts_follow(visit)
        _record(gettext_noop("changed a visit"), visit, by, changes)
    return bool(changes)


def rows_of(visit: Visit) -> dict[str, list[Any]]:
    """A visit's diagnoses and lines as plain values, in order."""
    names = list(NewLine.__dataclass_fields__)
    lines = sorted(visit.lines.all(), key=lambda line: line.position)
    diagnoses = sorted(visit.diagnoses.all(), key=lambda diagnosis: diagnosis.position)
    return {
        "diagnoses": [diagnosis.code for diagnosis in diagnoses],
        "lines": [
            {name: getattr(line, name) for name in names} | {"units": plain(line.units)}
            for line in lines
        ],
    }


def _new_rows(new: VisitFacts) -> dict[str, list[Any]]:
    return {"diagnoses": list(new.diagnoses), "lines": [asdict(line) for line in new.lines]}


def _plain(rows: list[Any]) -> list[Any]:
    return [
        row if isinstance(row, str) else {name: str(value) for name, value in row.items()}
        for row in rows
    ]


def _move_on(visit: Visit, version: int) -> None:
    """Lock and check in one conditional update where only rows changed."""
    here = Visit.objects.filter(pk=visit.pk, version=version)
    if not here.update(version=F("version") + 1):
        raise Stale(Visit.objects.get(pk=visit.pk))


def _write_rows(visit: Visit, new: VisitFacts) -> None:
    Diagnosis.objects.bulk_create(
        Diagnosis(visit=visit, position=position, code=code)
        for position, code in enumerate(new.diagnoses)
    )
    ServiceLine.objects.bulk_create(
        ServiceLine(visit=visit, position=position, **vars(line))
        for position, line in enumerate(new.lines)
    )


def _drafts_follow(visit: Visit) -> None:
    """Let the list of bills show visits as they are now; what was issued stays."""
    drafts = Bill.objects.filter(bills_for([visit.pk]), state=Bill.State.DRAFT).order_by("pk")
    for draft in drafts.select_for_update(of=("self",)):
        now = Bill.draft_of(*visits_on(draft), kind=draft.kind)
        Bill.objects.filter(pk=draft.pk).update(
            practitioner=now.practitioner_id, visited_on=now.visited_on, total=now.total
        )


def _record(act: str, visit: Visit, by: User, changes: dict[str, Any] | None = None) -> None:
    record(
        act,
        practice=visit.practice_id,
        person=by.pk,
        person_name=by.email,
        about=f"visit {visit.pk} of client {visit.client_id}",
        changes=changes,
    )
