"""What is in the way of an appointment that staff make or move, in words.

Nothing of this stops staff who have read it: they can book anyway.
"""

import datetime as dt
import hashlib
from bisect import bisect_left
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from django.utils.translation import gettext

from letterhead.clients.models import Client
from letterhead.practices.days import today_in
from letterhead.practices.models import Location, Practice
from letterhead.scheduling.columns import LONGEST_SPAN
from letterhead.scheduling.diaries import live
from letterhead.scheduling.models import Appointment, Attendee, Offer, Service
from letterhead.scheduling.repeating.dates import Times
from letterhead.scheduling.timetables import lasting, span_columns, takes_place_at, timetable_of
from letterhead.slots.free_times import Availability
from letterhead.slots.wall_clock import Span, spans_of
from letterhead.ui.dates import time as in_time

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What an appointment is to be, except when; `practitioner` was read with the membership."""

    practice: Practice
    practitioner: Any
    service: Service
    location: Location
    minutes: int
    clients: tuple[Client, ...] = ()

    def columns(self, starts_at: dt.datetime) -> dict[str, Any]:
        """Return the columns of an appointment that begins then."""
        return {
            "practitioner_id": self.practitioner.pk,
            "service_id": self.service.pk,
            "location_id": self.location.pk,
            **span_columns(lasting(self.service, self.minutes), starts_at),
        }

    def busy(self, starts_at: dt.datetime) -> Span:
        """Return the time that an appointment would take, with its buffers."""
        return lasting(self.service, self.minutes).busy(starts_at)


@dataclass(frozen=True)
class Answer:
    """What staff said to the conflicts they were shown, whose `digest` came back with it."""

    said: str = ""  # "anyway", or "skip" to leave out the days with conflicts
    digest: str = ""


NOT_ASKED = Answer()


@dataclass(frozen=True)
class Found:
    """What is in the way: of every day, and of single days."""

    always: list[str] = field(default_factory=list)
    on: dict[dt.date, list[str]] = field(default_factory=dict)
    every: int = 1  # how many days were looked at

    def __bool__(self) -> bool:
        return bool(self.always or self.on)

    @property
    def can_skip(self) -> bool:
        """Whether days are left without those that have conflicts."""
        return 0 < len(self.on) < self.every

    @property
    def digest(self) -> str:
        """A fingerprint: what was agreed to are these conflicts and no others."""
        words = repr((self.always, sorted(self.on.items())))
        return hashlib.sha256(words.encode()).hexdigest()[:32]

    def agreed(self, times: Times, answer: Answer) -> dict[dt.date, dt.datetime]:
        """Return the days to book, and when. Raises InTheWay where staff didn't agree to these."""
        if self and (answer.digest != self.digest or answer.said not in ("anyway", "skip")):
            raise InTheWay(self)
        skipped = self.on if answer.said == "skip" else ()
        left = {day: at for day, at in times.items() if at is not None and day not in skipped}
        if not left:
            raise InTheWay(self)
        return left


class InTheWay(Exception):
    """Something is in the way, and staff haven't said to book anyway."""

    def __init__(self, found: Found) -> None:
        super().__init__("in the way")
        self.found = found


def conflicts_of(plan: Plan, times: Times, *, moving: Collection[int] = ()) -> Found:
    """Return what is in the way of a plan on each of some days, in the practice's time zone.

    `moving` are the ids of appointments that will be there no longer. Call it with the diary
    locked: then it stays true until the transaction ends.
    """
    starts = [at for at in times.values() if at is not None]
    checks = [_past(plan), *_reading(plan, starts, moving)] if starts else []
    always, on = _same_for_all(_checked(times, checks), len(times))
    return Found([*_always(plan), *always], on, len(times))


def _same_for_all(
    found: dict[dt.date, list[str]], days: int
) -> tuple[list[str], dict[dt.date, list[str]]]:
    """Say once what is in the way on each of several days, and apart from it what is on some."""
    if days == 1 or len(found) < days:
        return [], found
    first, *others = found.values()
    same = [words for words in first if all(words in said for said in others)]
    rest = {day: [each for each in said if each not in same] for day, said in found.items()}
    return same, {day: said for day, said in rest.items() if said}


def clients_elsewhere(plan: Plan, times: Times, *, moving: Collection[int] = ()) -> Found:
    """Return only the other appointments that the clients of a plan have then."""
    starts = [at for at in times.values() if at is not None]
    rows = _of_clients(plan, min(starts), max(starts), moving)
    return Found([], _checked(times, [partial(_elsewhere, plan, rows)]), len(times))


def _checked(times: Times, checks: list[Any]) -> dict[dt.date, list[str]]:
    found = {}
    for day, at in times.items():
        said = [words for check in checks for words in check(at)] if at else [_skipped()]
        if said:
            found[day] = list(dict.fromkeys(said))
    return found


def _always(plan: Plan) -> Iterator[str]:
    who, what, where = plan.practitioner, plan.service, plan.location
    if not Offer.objects.filter(service=what.pk, practitioner=who.pk).exists():
        words = gettext("%(clinician)s doesn’t offer %(service)s.")
        yield words % {"clinician": who, "service": what}
    if not takes_place_at(what, where):
        words = gettext("%(service)s isn’t given at %(location)s.")
        yield words % {"service": what, "location": where}


def _skipped() -> str:
    return gettext("The clocks skip this time, so there is no appointment on this day.")


def _past(plan: Plan) -> Any:
    today, zone = today_in(plan.practice), plan.practice.zone

    def check(at: dt.datetime) -> Iterator[str]:
        if at.astimezone(zone).date() < today:
            yield gettext("This day is in the past.")

    return check


def _reading(plan: Plan, starts: list[dt.datetime], moving: Collection[int]) -> list[Any]:
    """Read in a few statements what single days are compared with; return the comparisons."""
    zone, first, last = plan.practice.zone, min(starts), max(starts)
    table = timetable_of(
        plan.practice,
        [plan.practitioner.pk],
        first=first.astimezone(zone).date(),
        last=last.astimezone(zone).date() + _DAY,
    )
    hours = table.availability(plan.practitioner.pk, plan.location)
    has_hours = bool(table.hours[plan.practitioner.pk])
    return [
        partial(_busy, plan, _appointments(plan, first, last, moving)),
        partial(_off, plan, hours),
        *([partial(_outside, plan, replace(hours, off=()))] if has_hours else []),
        partial(_left, plan),
        partial(_elsewhere, plan, _of_clients(plan, first, last, moving)),
    ]


def _appointments(
    plan: Plan, first: dt.datetime, last: dt.datetime, moving: Collection[int]
) -> list[Appointment]:
    rows = Appointment.objects.filter(
        live(),
        practitioner=plan.practitioner.pk,
        starts_at__gt=first - 2 * LONGEST_SPAN,
        starts_at__lt=last + 2 * LONGEST_SPAN,
    ).select_related("service")
    return list(rows.exclude(pk__in=moving).order_by("starts_at", "pk"))


def _busy(plan: Plan, rows: list[Appointment], at: dt.datetime) -> Iterator[str]:
    busy = plan.busy(at)
    ends = at + dt.timedelta(minutes=plan.minutes)
    begins = bisect_left(rows, at - 2 * LONGEST_SPAN, key=lambda row: row.starts_at)
    for row in rows[begins:]:
        if row.starts_at > busy.ends + LONGEST_SPAN:
            return
        if row.busy_from >= busy.ends or row.busy_until <= busy.begins:
            continue
        if row.held_until:
            yield gettext("Someone is booking this time online right now.")
            continue
        words = gettext("%(clinician)s has another appointment then: %(what)s, %(from)s to %(to)s.")
        if row.starts_at >= ends or row.ends_at <= at:
            words = gettext("This leaves no time for the buffers of %(what)s, %(from)s to %(to)s.")
        yield words % {
            "clinician": plan.practitioner,
            "what": row.service,
            "from": in_time(row.starts_at),
            "to": in_time(row.ends_at),
        }


def _outside(plan: Plan, hours: Availability, at: dt.datetime) -> Iterator[str]:
    day = at.astimezone(plan.practice.zone).date()
    ends = at + dt.timedelta(minutes=plan.minutes)
    opened = hours.open_spans([day - _DAY, day, day + _DAY])
    if not any(span.begins <= at and ends <= span.ends for span in opened):
        words = gettext("This is outside the hours of %(clinician)s at %(location)s.")
        yield words % {"clinician": plan.practitioner, "location": plan.location}


def _off(plan: Plan, hours: Availability, at: dt.datetime) -> Iterator[str]:
    day, member = at.astimezone(plan.practice.zone).date(), plan.practitioner.membership
    ends = at + dt.timedelta(minutes=plan.minutes)
    for off in hours.off:
        parts = [
            span
            for each in (day, day + _DAY)
            if (part := off.on(each))
            for span in spans_of(plan.practice.time_zone, each, *part)
        ]
        if not any(span.begins < ends and at < span.ends for span in parts):
            continue
        is_away = member and (off.first_day, off.last_day) == (member.away_from, member.away_until)
        has_left = member and member.ends_at and member.ends_at <= at
        if is_away and not off.starts:
            yield gettext("%(clinician)s is away then.") % {"clinician": plan.practitioner}
        elif not has_left:
            yield gettext("%(clinician)s has time off then.") % {"clinician": plan.practitioner}


def _left(plan: Plan, at: dt.datetime) -> Iterator[str]:
    member = plan.practitioner.membership
    if member is None or (member.ends_at and member.ends_at <= at):
        words = gettext("%(clinician)s doesn’t work here anymore then.")
        yield words % {"clinician": plan.practitioner}


def _of_clients(
    plan: Plan, first: dt.datetime, last: dt.datetime, moving: Collection[int]
) -> list[tuple[dt.datetime, dt.datetime, int]]:
    if not plan.clients:
        return []
    rows = Attendee.objects.filter(
        live("appointment__"),
        client__in=[client.pk for client in plan.clients],
        appointment__starts_at__gt=first - LONGEST_SPAN,
        appointment__starts_at__lt=last + LONGEST_SPAN,
    ).exclude(state__in=Attendee.GONE)
    rows = rows.exclude(appointment__in=moving)
    return list(rows.values_list("appointment__starts_at", "appointment__ends_at", "client"))


def _elsewhere(plan: Plan, rows: list[Any], at: dt.datetime) -> Iterator[str]:
    ends, names = at + dt.timedelta(minutes=plan.minutes), {c.pk: c for c in plan.clients}
    for row_starts, row_ends, client in rows:
        if row_starts < ends and at < row_ends:
            words = gettext("%(client)s already has an appointment then.")
            yield words % {"client": names[client]}
