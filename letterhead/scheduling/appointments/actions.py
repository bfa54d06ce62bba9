"""Making, moving and canceling appointments, one or a series of them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext_noop

from letterhead.accounts.models import User
from letterhead.activity.actions import record
from letterhead.activity.changes import Stale, change_row
from letterhead.scheduling import diaries
from letterhead.scheduling.appointments.conflicts import NOT_ASKED, Answer, Plan, conflicts_of
from letterhead.scheduling.columns import State
from letterhead.scheduling.models import Appointment, Attendee, Series
from letterhead.scheduling.repeating.actions import Moved, begin_series, times_of
from letterhead.scheduling.repeating.dates import Times
from letterhead.scheduling.repeating.queries import Scope, followers
from letterhead.scheduling.telling import What, tell

SETTLED = (*Attendee.GONE, State.ATTENDED, State.NO_SHOW)


@dataclass(frozen=True, kw_only=True)
class When:
    """When an appointment begins, and the rule by which it repeats, "" if it doesn't."""

    starts_at: dt.datetime
    rule: str = ""


@transaction.atomic(durable=True)
def make(
    plan: Plan,
    when: When,
    *,
    by: User,
    note: str = "",
    telling: bool = False,
    answer: Answer = NOT_ASKED,
) -> Appointment:
    """Make an appointment, or a series of them; return the first one.

    `telling`: the client gets an email. Raises InTheWay where `answer` doesn't agree to what is in
    the way, and Taken if the time was taken some other way.
    """
    diaries.lock(plan.practitioner.pk)
    local = when.starts_at.astimezone(plan.practice.zone)
    day, time = local.date(), local.time()
    times: Times = {day: when.starts_at}
    if when.rule:
        times = times_of(plan.practice, when.rule, day, time)
    agreed = conflicts_of(plan, times).agreed(times, answer)
    series = None
    if when.rule:
        series = begin_series(plan.practice, first_day=day, starts=time, rule=when.rule)
    made = []
    for on, at in agreed.items():
        appointment = Appointment(
            practice=plan.practice,
            capacity=plan.service.capacity,
            note=note,
            series=series,
            series_day=on if series else None,
            **plan.columns(at),
        )
        made.append(diaries.take(appointment, anyway=bool(answer.said)))
    people = [Attendee(appointment=each, client=who) for each in made for who in plan.clients]
    Attendee.objects.bulk_create(people)
    tell_all(people[: len(plan.clients)], What.BOOKED, by=by, client_too=telling, series=series)
    said = gettext_noop("made a series of appointments" if series else "made an appointment")
    record_of(said, made[0], by, {"starts_at": [None, str(made[0].starts_at)]})
    return made[0]


@transaction.atomic(durable=True)
def move(
    appointment: Appointment,
    plan: Plan,
    starts_at: dt.datetime,
    *,
    read_at_version: int,
    by: User,
    scope: str = Scope.THIS,
    telling: bool = False,
    answer: Answer = NOT_ASKED,
) -> Appointment:
    """Move an appointment to another time, clinician or place, with its series as `scope` says.

    Returns it as it is now. Raises Stale if someone changed it since, InTheWay and Taken like
    `make`. What staff skip in a series stays where it is.
    """
    diaries.lock(appointment.practitioner_id, plan.practitioner.pk)
    anchor = fresh(appointment, read_at_version)
    rows = list(followers(anchor, scope).select_related("series__practice"))
    local = starts_at.astimezone(plan.practice.zone)
    to: dict[int, tuple[dt.date, dt.datetime | None]] = {anchor.pk: (local.date(), starts_at)}
    whole = None
    if anchor.series_id and scope != Scope.THIS:
        whole = Moved(rows[0], anchor, day=local.date(), starts=local.time())
        to = {row.pk: whole.when(row) for row in rows}
    found = conflicts_of(plan, dict(to.values()), moving=to)
    agreed = found.agreed(dict(to.values()), answer)
    going = {pk: agreed[day] for pk, (day, _at) in to.items() if day in agreed}
    series = whole.save(staying=to.keys() - going.keys()) if whole else None
    _take_again(plan, going, apart=bool(anchor.series_id and not whole), answer=answer)
    if anchor.pk in going:
        tell_all(people_of(anchor), What.CHANGED, by=by, client_too=telling, series=series)
    now = Appointment.objects.get(pk=anchor.pk)
    changes = {"starts_at": [str(anchor.starts_at), str(now.starts_at)], "scope": [None, scope]}
    record_of(gettext_noop("moved an appointment"), now, by, changes)
    return now


def _take_again(plan: Plan, going: dict[int, dt.datetime], *, apart: bool, answer: Answer) -> None:
    """Take the new times of some appointments, all their old ones being free."""
    here = Appointment.objects.filter(pk=OuterRef("appointment")).values("starts_at")[:1]
    coming = Attendee.objects.filter(appointment__in=going).exclude(state__in=SETTLED)
    coming.update(moved_from=Subquery(here), sequence=F("sequence") + 1)
    rows = Appointment.objects.filter(pk__in=going)
    rows.update(takes_time=False, apart=apart, version=F("version") + 1)
    for row in rows.order_by("starts_at"):
        for name, value in plan.columns(going[row.pk]).items():
            setattr(row, name, value)
        row.takes_time = True
        diaries.take(row, anyway=bool(answer.said))


@transaction.atomic(durable=True)
def cancel(
    appointment: Appointment,
    *,
    read_at_version: int,
    by: User,
    scope: str = Scope.THIS,
    person: int | None = None,
    late: bool = False,
    telling: bool = False,
) -> int:
    """Cancel an appointment, with its series as `scope` says, or only for one `person` in it.

    Returns how many appointments that were. Who attended or didn't show up stays so. Raises Stale
    if someone changed it since.
    """
    diaries.lock(appointment.practitioner_id)
    anchor = fresh(appointment, read_at_version)
    rows = [anchor.pk] if person else [row.pk for row in followers(anchor, scope)]
    people = Attendee.objects.filter(appointment__in=rows).exclude(state__in=SETTLED)
    if person:
        people = people.filter(pk=person)
    told = list(people.filter(appointment=anchor.pk).select_related("appointment"))
    people.update(
        state=State.LATE if late else State.CANCELED,
        canceled_at=timezone.now(),
        held_until=None,
        sequence=F("sequence") + 1,
        version=F("version") + 1,
    )
    let_go(rows, even_if_empty=person is None)
    for each in told:
        each.sequence += 1
    series = anchor.series if scope != Scope.THIS else None
    tell_all(told, What.CANCELED, by=by, client_too=telling, series=series)
    changes = {"late": [None, late], "scope": [None, scope], "appointments": [None, len(rows)]}
    record_of(gettext_noop("canceled an appointment"), anchor, by, changes)
    return len(rows)


def let_go(rows: Iterable[int], *, even_if_empty: bool = False) -> None:
    """Free the time of appointments that nobody comes to anymore; their diary is locked.

    A group's session that nobody has come to yet keeps its time, unless it is canceled itself.
    """
    changed = Appointment.objects.filter(pk__in=list(rows))
    changed.update(version=F("version") + 1)
    coming = Attendee.objects.filter(appointment=OuterRef("pk")).exclude(state__in=Attendee.GONE)
    left = changed.filter(~Exists(coming))
    (left if even_if_empty else left.filter(capacity=1)).update(takes_time=False)


@transaction.atomic(durable=True)
def change_note(appointment: Appointment, note: str, *, read_at_version: int, by: User) -> bool:
    """Change the note of an appointment; return whether it did. Raises Stale."""
    changes = change_row(appointment, columns={"note": note}, read_at_version=read_at_version)
    if changes:
        record_of(gettext_noop("changed the note of an appointment"), appointment, by)
    return bool(changes)


def fresh(appointment: Appointment, read_at_version: int) -> Appointment:
    """Return an appointment as it is now, its diary being locked. Raises Stale."""
    now = Appointment.objects.select_related("series__practice").get(pk=appointment.pk)
    if now.version != read_at_version:
        raise Stale(now)
    return now


def people_of(appointment: Appointment) -> list[Attendee]:
    """Return who still comes to an appointment."""
    coming = Attendee.objects.filter(appointment=appointment.pk).exclude(state__in=SETTLED)
    return list(coming.select_related("appointment"))


def tell_all(
    people: Iterable[Attendee], what: What, *, by: User, client_too: bool, series: Series | None
) -> None:
    """Tell each of these people; of a series, who comes to the one that was asked for."""
    for person in people:
        whole = series.pk if series else None
        tell(person, what, by=by.pk, client_too=client_too, series=whole)


def record_of(
    act: str, appointment: Appointment, by: User, changes: dict[str, Any] | None = None
) -> None:
    """Record what was done to an appointment."""
    record(
        act,
        practice=appointment.practice_id,
        person=by.pk,
        person_name=by.email,
        about=f"appointment {appointment.pk}",
        changes=changes,
    )
