"""The timetable of clinicians: their hours, time off, appointments and rules between two days.

Read in a few statements for any number of clinicians; what is free follows without the database.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from letterhead.places.choices import HOME, TELEHEALTH
from letterhead.practices.models import Location, Membership, Practice
from letterhead.practices.queries import active
from letterhead.scheduling.columns import LONGEST_SPAN
from letterhead.scheduling.diaries import live, places_taken
from letterhead.scheduling.models import (
    Appointment,
    Diary,
    Hours,
    Offer,
    PracticeRules,
    Service,
    TimeOff,
)
from letterhead.slots.free_times import Availability, Off, Wanted, Weekly, free_times
from letterhead.slots.rules import NAMES, Rules, rules_of
from letterhead.slots.wall_clock import Span

_DAY = dt.timedelta(days=1)


def takes_place_at(service: Service, location: Location) -> bool:
    """Whether a service is given at a location: an office, by video, or at the client's home."""
    if location.place_of_service in TELEHEALTH:
        return service.virtual
    if location.place_of_service == HOME:
        return service.at_home
    return service.in_office


def wanted_of(offer: Offer) -> Wanted:
    """Return how long an appointment takes with this clinician, with its buffers."""
    return lasting(offer.service, offer.duration or offer.service.duration)


def lasting(service: Service, minutes: int) -> Wanted:
    """Return an appointment of so many minutes, with the service's buffers."""
    return Wanted(
        length=dt.timedelta(minutes=minutes),
        before=dt.timedelta(minutes=service.buffer_before),
        after=dt.timedelta(minutes=service.buffer_after),
    )


def span_columns(wanted: Wanted, starts_at: dt.datetime) -> dict[str, dt.datetime]:
    """Return the columns that say when an appointment is, if it begins then."""
    busy = wanted.busy(starts_at)
    return {
        "starts_at": starts_at,
        "ends_at": starts_at + wanted.length,
        "busy_from": busy.begins,
        "busy_until": busy.ends,
    }


@dataclass
class Timetable:
    """Everything known of some clinicians' time between two days, under their ids."""

    practice: Practice
    first: dt.date
    last: dt.date
    hours: dict[int, list[Hours]] = field(default_factory=lambda: defaultdict(list))
    off: dict[int, list[Off]] = field(default_factory=lambda: defaultdict(list))
    appointments: dict[int, list[Appointment]] = field(default_factory=lambda: defaultdict(list))
    rules: dict[int, Rules] = field(default_factory=dict)
    places_taken: dict[int, int] = field(default_factory=dict)  # of groups, under appointment ids

    def availability(self, practitioner: int, location: Location | None) -> Availability:
        """Return when a clinician sees clients at a location; None: wherever it is."""
        weekly = []
        own_days: dict[dt.date, list[tuple[dt.time, dt.time]]] = defaultdict(list)
        for each in self.hours[practitioner]:
            here = location is None or each.location_id in (None, location.pk)
            if each.day:
                own_days[each.day] += [(each.starts, each.ends)] if here else []
            elif here and each.weekday is not None:
                weekly.append(
                    Weekly(
                        weekday=each.weekday,
                        starts=each.starts,
                        ends=each.ends,
                        first_day=each.first_day,
                        last_day=each.last_day,
                    )
                )
        return Availability(
            zone=self.practice.time_zone,
            weekly=tuple(weekly),
            own_days={day: tuple(own) for day, own in own_days.items()},
            off=tuple(self.off[practitioner]),
        )

    def free(
        self,
        offer: Offer,
        location: Location,
        *,
        now: dt.datetime,
        apart_from: int | None = None,
    ) -> dict[dt.date, list[dt.datetime]]:
        """Return when clients can begin this service with this clinician here, under each day.

        Times are UTC, days the practice's; days without one are left out. A group that has a
        place left can be joined. `apart_from` is an appointment that moves, so it isn't in the way.
        """
        clinician = offer.practitioner_id
        if clinician not in self.rules or not takes_place_at(offer.service, location):
            return {}
        rules = self.rules[clinician]
        there = [each for each in self.appointments[clinician] if each.pk != apart_from]
        found = free_times(
            self.availability(clinician, location),
            wanted_of(offer),
            first=self.first,
            last=self.last,
            taken=[Span(each.busy_from, each.busy_until) for each in there],
            begun=[each.starts_at for each in there],
            rules=rules,
            now=now,
        )
        for group in self._groups(offer, location, there):
            day = group.starts_at.astimezone(self.practice.zone).date()
            in_time = now + rules.notice <= group.starts_at and day <= self._horizon(rules, now)
            if in_time and self.first <= day <= self.last:
                found[day] = sorted({*found.get(day, []), group.starts_at})
        return dict(sorted(found.items()))

    def _horizon(self, rules: Rules, now: dt.datetime) -> dt.date:
        return now.astimezone(self.practice.zone).date() + rules.horizon_days * _DAY

    def _groups(
        self, offer: Offer, location: Location, there: list[Appointment]
    ) -> list[Appointment]:
        """Return this service's groups with a place left."""
        return [
            each
            for each in there
            if each.service_id == offer.service_id
            and each.location_id == location.pk
            and each.capacity > max(1, self.places_taken.get(each.pk, 0))
        ]


def timetable_of(
    practice: Practice, practitioners: Iterable[int], *, first: dt.date, last: dt.date
) -> Timetable:
    """Read the timetable of clinicians of a practice from a day to another, both included.

    Whose access has ended, or who isn't shown on the calendar, has no times.
    """
    table = Timetable(practice=practice, first=first, last=last)
    rules = PracticeRules.objects.filter(pk=practice.pk).first()
    members = Membership.objects.filter(
        active(), practice=practice, practitioner__in=list(practitioners), show_on_calendar=True
    )
    members = members.select_related("practitioner__diary").only(
        *("away_from", "away_until", "ends_at", "practitioner__id"),
        *(f"practitioner__diary__{name}" for name in NAMES),
    )
    for member in members:
        _begin(table, member, rules)
    for hours in Hours.objects.filter(
        Q(day=None) | Q(day__gte=first - _DAY, day__lte=last + _DAY), practitioner__in=table.rules
    ):
        table.hours[hours.practitioner_id].append(hours)
    _read_time_off(table)
    _read_appointments(table)
    return table


def _begin(table: Timetable, member: Membership, rules: PracticeRules | None) -> None:
    """Enter a clinician with their rules, and the days when they are away or have left."""
    clinician = member.practitioner
    diary: Diary | None = getattr(clinician, "diary", None)
    table.rules[clinician.pk] = rules_of(rules, diary)
    off = table.off[clinician.pk]
    if member.away_from and member.away_until:
        off.append(Off(first_day=member.away_from, last_day=member.away_until))
    if member.ends_at:
        left = member.ends_at.astimezone(table.practice.zone)
        if left.date() <= table.last + _DAY:
            off.append(
                Off(first_day=left.date(), last_day=table.last + 2 * _DAY, starts=left.time())
            )


def _read_time_off(table: Timetable) -> None:
    """Enter time off: a clinician's own, and the practice's for everyone."""
    rows = TimeOff.objects.filter(
        Q(practitioner=None) | Q(practitioner__in=table.rules),
        practice=table.practice,
        first_day__lte=table.last + _DAY,
        last_day__gte=table.first - _DAY,
    )
    for row in rows:
        off = Off(first_day=row.first_day, last_day=row.last_day, starts=row.starts, ends=row.ends)
        for clinician in [row.practitioner_id] if row.practitioner_id else table.rules:
            table.off[clinician].append(off)


def _read_appointments(table: Timetable) -> None:
    """Enter appointments that reach into these days, and how full the groups among them are."""
    zone = table.practice.zone
    begins = dt.datetime.combine(table.first, dt.time(), zone) - _DAY - LONGEST_SPAN
    ends = dt.datetime.combine(table.last, dt.time(), zone) + 2 * _DAY + LONGEST_SPAN
    rows = Appointment.objects.filter(
        live(), practitioner__in=table.rules, starts_at__gte=begins, starts_at__lt=ends
    ).only(
        *("practitioner", "service", "location", "capacity"),
        *("starts_at", "busy_from", "busy_until"),
    )
    for row in rows:
        table.appointments[row.practitioner_id].append(row)
    groups = [row for rows in table.appointments.values() for row in rows if row.capacity > 1]
    if groups:
        table.places_taken = places_taken(groups)
