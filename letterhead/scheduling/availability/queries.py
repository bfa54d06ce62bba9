"""Hours and time off as the page Availability shows them, and what a member changes of them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from letterhead.practices.models import Location, Membership, Practice
from letterhead.practices.roles import Act, may
from letterhead.scheduling.diaries import live
from letterhead.scheduling.models import Appointment, Hours, TimeOff
from letterhead.scheduling.queries import availability_changed_by
from letterhead.scheduling.timetables import Timetable

_DAY = dt.timedelta(days=1)
MOST_OUTSIDE = 50


@dataclass(frozen=True)
class Outside:
    """A future appointment outside a clinician's hours; `clinician` only if it's a colleague."""

    pk: int
    starts: dt.datetime
    clinician: str = ""


def hours_changed_by(member: Membership) -> QuerySet[Hours]:
    """Return the hours that a member changes."""
    clinicians = availability_changed_by(member).values("pk")
    rows = Hours.objects.filter(practitioner__in=clinicians)
    return rows.select_related("practitioner", "location").defer("practitioner__tax_id")


def time_off_changed_by(member: Membership) -> QuerySet[TimeOff]:
    """Return the time off that a member removes, with the practice's holidays if they may."""
    mine = Q(practitioner__in=availability_changed_by(member).values("pk"))
    if may(member, Act.CHANGE_ALL_AVAILABILITY):
        mine |= Q(practitioner=None)
    rows = TimeOff.objects.filter(mine, practice=member.practice_id)
    return rows.select_related("practitioner", "practice").defer("practitioner__tax_id")


def times_off_of(clinician: Any, *, today: dt.date) -> list[TimeOff]:
    """Return the time off of a clinician and the practice's holidays that aren't over, in order."""
    rows = TimeOff.objects.filter(
        Q(practitioner=clinician.pk) | Q(practitioner=None),
        practice=clinician.practice_id,
        last_day__gte=today,
    )
    return list(rows.order_by("first_day", "pk"))


def outside_hours(
    table: Timetable, clinician: Any, *, locations: Iterable[Location]
) -> list[Outside]:
    """Return a clinician's appointments until the end of the timetable outside its hours."""
    zone = table.practice.zone
    rows = Appointment.objects.filter(
        live(),
        practitioner=clinician.pk,
        starts_at__gte=timezone.now(),
        starts_at__lt=dt.datetime.combine(table.last + _DAY, dt.time(), zone),
    ).only("starts_at", "ends_at", "location")
    where = {location.pk: location for location in locations}
    found = []
    by_location: dict[int, list[Appointment]] = {}
    for row in rows.order_by("starts_at"):
        by_location.setdefault(row.location_id, []).append(row)
    for location, appointments in by_location.items():
        days = {row.starts_at.astimezone(zone).date() for row in appointments}
        spans = table.availability(clinician.pk, where[location]).open_spans(
            sorted(days | {day + _DAY for day in days})
        )
        found += [
            Outside(row.pk, row.starts_at)
            for row in appointments
            if not any(s.begins <= row.starts_at and row.ends_at <= s.ends for s in spans)
        ]
    return sorted(found, key=lambda each: each.starts)[:MOST_OUTSIDE]


def colleagues_on_holidays(
    practice: Practice, holidays: Iterable[TimeOff], *, apart_from: Any
) -> list[Outside]:
    """Return the appointments of the other clinicians that begin on the practice's holidays."""
    on_one = Q()
    for each in holidays:
        begins = dt.datetime.combine(each.first_day, each.starts or dt.time(), practice.zone)
        ends = dt.datetime.combine(each.last_day, each.ends or dt.time(), practice.zone)
        if not each.ends:
            ends = dt.datetime.combine(each.last_day + _DAY, dt.time(), practice.zone)
        on_one |= Q(starts_at__lt=ends, ends_at__gt=begins)
    if not on_one:
        return []
    rows = Appointment.objects.filter(on_one, live(), practice=practice)
    rows = rows.filter(ends_at__gt=timezone.now()).exclude(practitioner=apart_from.pk)
    rows = rows.select_related("practitioner").only(
        "starts_at", "practitioner__first_name", "practitioner__last_name"
    )
    found = rows.order_by("starts_at", "pk")[:MOST_OUTSIDE]
    return [Outside(row.pk, row.starts_at, str(row.practitioner)) for row in found]
