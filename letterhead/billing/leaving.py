"""Leaving a practice: access ends, and a colleague takes over clients and appointments."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop

from letterhead.accounts.models import User
from letterhead.activity.actions import record
from letterhead.billing.models import Bill, IssuedBill, Visit
from letterhead.clients.models import Client
from letterhead.details.queries import practitioner_of
from letterhead.numbers.counts import CountUpTo, count_up_to
from letterhead.outbox.actions import enqueue
from letterhead.practices.actions import end_access
from letterhead.practices.days import today_in
from letterhead.practices.models import Membership, Practice
from letterhead.practices.queries import active, left_memberships_in
from letterhead.scheduling.handing_over import appointments_to_come, let_go_of_held
from letterhead.scheduling.handing_over import hand_over as hand_appointments_over

JOB = "hand clients over"
_MOST_LISTED = 50


@dataclass(frozen=True)
class Assigned:
    """How many clients a user has, drafts of their bills, and what is still to come.

    Each up to `counts.MOST`, or one more for all beyond.
    """

    clients: int
    drafts: int
    visits_to_come: int
    appointments_to_come: int


@dataclass(frozen=True)
class LeftBehind:
    """How many clients and appointments to come someone who left still has; counted as above."""

    clients: int = 0
    appointments: int = 0


def left_behind_in(practice: Practice) -> dict[int, LeftBehind]:
    """Return what waits for a colleague of everyone who has left, by id of their membership."""
    clients = CountUpTo(Client.objects.filter(clinician__membership=OuterRef("pk")))
    coming = CountUpTo(appointments_to_come().filter(practitioner__membership=OuterRef("pk")))
    rows = left_memberships_in(practice).values_list("pk", clients, coming)
    return {pk: LeftBehind(*counted) for pk, *counted in rows}


def assigned_to(membership: Membership) -> Assigned:
    """Count what a user would leave behind."""
    clients = Client.objects.filter(clinician__membership=membership.pk)
    theirs = Bill.objects.filter(client__clinician__membership=membership.pk)
    drafts = theirs.filter(state=Bill.State.DRAFT)
    coming = appointments_to_come().filter(practitioner__membership=membership.pk)
    counted = (clients, drafts, _visits_to_come(membership), coming)
    return Assigned(*map(count_up_to, counted))


@transaction.atomic(durable=True)
def leave(
    membership: Membership,
    *,
    ends_at: dt.datetime | None,
    hand_over_to: int | None,
    read_at_version: int,
    by: User,
) -> None:
    """End a user's access, at once or at `ends_at`, and hand their clients over then.

    `hand_over_to` is a practitioner's id. Drafts, issued bills, and visits and appointments still
    to come go with the clients; past visits and issued bills keep the clinician's name. Until
    access ends, the clients stay. Raises Stale, OwnAccess, LastDirector.
    """
    now = timezone.now()
    end = ends_at or now
    changes = end_access(membership, ends_at=end, read_at_version=read_at_version, by=by)
    if hand_over_to and end <= now:
        changes |= _hand_over(membership, hand_over_to)
    elif hand_over_to:
        enqueue(
            JOB,
            due=end,
            practice=membership.practice_id,
            membership=membership.pk,
            colleague=hand_over_to,
            ends_at=end.isoformat(),
            by=by.pk,
        )
    elif end <= now:
        let_go_of_held(practitioner_of(membership).pk)
    _record(gettext_noop("ended a user's access"), membership, by, changes)


@transaction.atomic(durable=True)
def hand_over(leaver: Membership, *, to: int, by: User) -> bool:
    """Hand over what is left of a user who left; returns whether `to` could take it.

    `to` is a practitioner's id.
    """
    changes = _hand_over(leaver, to)
    if changes:
        _record(gettext_noop("handed clients over"), leaver, by, changes)
    return bool(changes)


@transaction.atomic(durable=True)
def hand_over_when_due(*, membership: int, colleague: int, ends_at: str, by: int) -> None:
    """Hand clients over as planned when the end was set, unless that has changed since."""
    ends = Membership.objects.filter(pk=membership, ends_at=dt.datetime.fromisoformat(ends_at))
    leaver = ends.select_related("practice", "user").first()
    if leaver and (changes := _hand_over(leaver, colleague)):
        _record(gettext_noop("handed clients over"), leaver, User.objects.get(pk=by), changes)


def _hand_over(leaver: Membership, colleague: int) -> dict[str, Any]:
    """Move everything to a colleague whose access is active; returns the changes, {} for none."""
    there = Membership.objects.filter(active(), practice=leaver.practice_id, practitioner=colleague)
    takes_over = there.select_related("user").first()
    if takes_over is None:
        return {}
    moved = {"version": F("version") + 1}
    to_come = _visits_to_come(leaver)
    Bill.objects.filter(visit__in=to_come, state=Bill.State.DRAFT).update(practitioner=colleague)
    visits = to_come.update(practitioner=colleague, **moved)
    clients = _clients_of(leaver).update(clinician=colleague, **moved)
    handed = hand_appointments_over(practitioner_of(leaver).pk, to=colleague)
    return {
        "clients": [leaver.user.email, takes_over.user.email],
        "number of clients": [clients, 0],
        "number of visits to come": [visits, 0],
        "number of appointments to come": [handed.appointments, 0],
        **_beside_others(leaver.practice, handed.beside_others),
    }


def _beside_others(practice: Practice, starts: Sequence[dt.datetime]) -> dict[str, str]:
    """The appointments that a colleague has at the same time as others, by the practice's clock."""
    if not starts:
        return {}
    shown = [f"{at.astimezone(practice.zone):%Y-%m-%d %H:%M}" for at in starts[:_MOST_LISTED]]
    more = len(starts) - len(shown)
    return {"appointments beside others": ", ".join(shown) + (f" + {more}" if more else "")}


def _record(act: str, membership: Membership, by: User, changes: dict[str, Any]) -> None:
    record(
        act,
        practice=membership.practice_id,
        person=by.pk,
        person_name=by.email,
        about=membership.user.email,
        changes=changes,
    )


def _clients_of(membership: Membership) -> QuerySet[Client]:
    return Client.objects.filter(
        practice=membership.practice_id, clinician__membership=membership.pk
    )


def _visits_to_come(membership: Membership) -> QuerySet[Visit]:
    mine = Visit.objects.filter(
        practice=membership.practice_id,
        practitioner__membership=membership.pk,
        visited_on__gt=today_in(membership.practice),
    )
    return mine.exclude(Exists(IssuedBill.objects.filter(bill__visit=OuterRef("pk")))).exclude(
        Exists(IssuedBill.objects.filter(bill__further=OuterRef("pk")))
    )
