"""The demo's services, hours and appointments; all of it made up.

What has happened belongs to the demo's visits: who had one came to an appointment that day.
"""

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from letterhead.billing.models import Visit
from letterhead.clients.models import Client
from letterhead.practices.days import today_in
from letterhead.practices.models import Location, Practice
from letterhead.practices.queries import locations_in
from letterhead.scheduling import diaries
from letterhead.scheduling.models import Appointment, Attendee, Hours, Offer, Series, Service
from letterhead.slots.wall_clock import Span

if TYPE_CHECKING:
    from letterhead.details.models import Practitioner

_DAY = dt.timedelta(days=1)
_FIRST, _FOLLOW_UP, _INTERVIEW, _THERAPY, _GROUP = range(5)
# name, code, minutes, fee, color, who offers it, more
_SERVICES: tuple[tuple[str, str, int, int, str, tuple[str, ...], dict[str, object]], ...] = (
    ("Nutrition therapy, first visit", "97802", 60, 195, "green", ("dana",), {}),
    ("Nutrition therapy, follow-up", "97803", 50, 130, "blue", ("dana",), {}),
    ("First interview", "90791", 60, 220, "plum", ("sam",), {}),
    ("Psychotherapy, 60 minutes", "90837", 60, 175, "slate", ("sam",), {"for_new_clients": False}),
    ("Eating well, a group", "97804", 90, 45, "rust", ("dana",), {"capacity": 8}),
)
# who, weekdays (0 is Monday), from, to
_HOURS = (
    ("dana", range(5), dt.time(9), dt.time(17)),
    ("sam", range(5), dt.time(9), dt.time(18)),
    ("lee", [0, 2], dt.time(13), dt.time(17)),
)


def make_calendar(practice: Practice, people: dict[str, "Practitioner"], now: dt.datetime) -> None:
    """Add services, hours, and three months of appointments before `now`, with two weeks ahead."""
    with transaction.atomic():
        diaries.lock(*(person.pk for person in people.values()))
        diaries.practice_changed(practice.pk)
        _Calendar(practice, people, now).fill()


class _Calendar:
    def __init__(
        self, practice: Practice, people: dict[str, "Practitioner"], now: dt.datetime
    ) -> None:
        self.practice, self.people, self.now = practice, people, now
        self.today = today_in(practice, now)
        self.office: Location = locations_in(practice)[0]
        self.clients = list(Client.objects.filter(practice=practice).order_by("pk"))
        self.services = [self._service(*row) for row in _SERVICES]
        self.appointments: list[Appointment] = []
        self.attendees: list[Attendee] = []
        self.taken: dict[str, list[Span]] = {who: [] for who in people}

    def fill(self) -> None:
        """Add it all."""
        Hours.objects.bulk_create(
            Hours(practitioner=self.people[who], weekday=day, starts=starts, ends=ends)
            for who, days, starts, ends in _HOURS
            for day in days
        )
        visits = self._past()
        self._ahead()
        Appointment.objects.bulk_create(self.appointments)
        Attendee.objects.bulk_create(self.attendees)
        Visit.objects.bulk_update(visits, ["attendee"])

    def _service(
        self,
        name: str,
        code: str,
        minutes: int,
        fee: int,
        color: str,
        who: tuple[str, ...],
        more: dict[str, object],
    ) -> Service:
        service = Service.objects.create(
            practice=self.practice,
            name=name,
            code=code,
            duration=minutes,
            fee=Decimal(fee),
            color=color,
            bookable_online=True,
            show_price=True,
            virtual=True,
            **more,
        )
        Offer.objects.bulk_create(
            Offer(service=service, practitioner=self.people[each]) for each in who
        )
        return service

    def _past(self) -> list[Visit]:
        """An appointment for each visit of a working day, and some to which nobody came."""
        visits = []
        all_visits = Visit.objects.filter(practice=self.practice).order_by("pk")
        for visit in all_visits.prefetch_related("lines"):
            number = self._number(visit.client_id)
            if visit.visited_on >= self.today or visit.visited_on.weekday() > 4:
                continue
            service = self._usual(
                number, is_first=visit.lines.filter(code__in=_FIRST_CODES).exists()
            )
            came = self._add(service, visit.visited_on, number, Attendee.State.ATTENDED)
            visit.attendee = came
            visits.append(visit)
        missed = {1: Attendee.State.NO_SHOW, 4: Attendee.State.LATE, 7: Attendee.State.CANCELED}
        for number, state in missed.items():
            self._add(self._usual(number), self._workday(-9 + number % 3), number, state)
        return visits

    def _ahead(self) -> None:
        """One a week for each client, a series, a group, and someone who asks for a time online."""
        for week in range(3):
            for number in range(len(self.clients)):
                if number != _WEEKLY:
                    self._add(self._usual(number), self._workday(5 * week + number % 5), number)
        self._weekly(_WEEKLY)
        group = self._add(self.services[_GROUP], self._workday(4), None, hour=14).appointment
        for client in self.clients[:5]:
            self.attendees.append(Attendee(appointment=group, client=client))
        asking = self._add(self.services[_FIRST], self._workday(3), None, hour=12)
        for name, value in _NEW.items():
            setattr(asking, name, value)
        asking.agreed_at = self.now
        self.attendees.append(asking)

    def _weekly(self, number: int) -> None:
        """Eight weeks of one client's, the second of which is next week."""
        first = self._workday(6) - 7 * _DAY
        service, hour = self._usual(number), dt.time(16)
        series = Series.objects.create(
            practice=self.practice, first_day=first, starts=hour, rule="FREQ=WEEKLY;COUNT=8"
        )
        for week in range(8):
            day = first + 7 * week * _DAY
            past = day < self.today
            state = Attendee.State.ATTENDED if past else Attendee.State.BOOKED
            row = self._add(service, day, number, state, hour=hour.hour).appointment
            row.series, row.series_day = series, day

    def _add(
        self,
        service: Service,
        day: dt.date,
        number: int | None,
        state: str = Attendee.State.BOOKED,
        *,
        hour: int | None = None,
    ) -> Attendee:
        """An appointment at an hour of each client's own, or the next one that is free.

        Without a number nobody comes yet.
        """
        gone = state in Attendee.GONE
        span = self._free(service, day, 9 + (number or 0) % 8 if hour is None else hour)
        appointment = Appointment(
            practice=self.practice,
            practitioner=self.people[self._who(service)],
            service=service,
            location=self.office,
            starts_at=span.begins,
            ends_at=span.ends,
            busy_from=span.begins,
            busy_until=span.ends,
            capacity=service.capacity,
            takes_time=not gone,
        )
        self.appointments.append(appointment)
        coming = Attendee(appointment=appointment, state=state)
        if gone:
            coming.canceled_at = span.begins - dt.timedelta(hours=30 if state == "canceled" else 3)
            coming.canceled_online = state == Attendee.State.CANCELED
        if number is not None:
            coming.client = self.clients[number]
            self.attendees.append(coming)
        return coming

    def _free(self, service: Service, day: dt.date, hour: int) -> Span:
        who, midnight = self._who(service), dt.datetime.combine(day, dt.time(), self.practice.zone)
        begins = (midnight + dt.timedelta(hours=hour)).astimezone(dt.UTC)
        span = Span(begins, begins + dt.timedelta(minutes=service.duration))
        if any(span.begins < other.ends and other.begins < span.ends for other in self.taken[who]):
            return self._free(service, day, hour + 1)
        self.taken[who].append(span)
        return span

    def _who(self, service: Service) -> str:
        return "sam" if service in self.services[_INTERVIEW : _THERAPY + 1] else "dana"

    def _usual(self, number: int, *, is_first: bool = False) -> Service:
        """What a client comes for: every third is Sam's."""
        if number % 3 == 2:
            return self.services[_INTERVIEW if is_first else _THERAPY]
        return self.services[_FIRST if is_first else _FOLLOW_UP]

    def _number(self, client: int) -> int:
        return [each.pk for each in self.clients].index(client)

    def _workday(self, number: int) -> dt.date:
        """The day so many working days from today, or from the next one on a weekend."""
        day, step = self.today, _DAY if number >= 0 else -_DAY
        while day.weekday() > 4:
            day += step
        for _each in range(abs(number)):
            day += step
            while day.weekday() > 4:
                day += step
        return day


_FIRST_CODES = ("97802", "90791")
_WEEKLY = 11
_NEW = {
    "first_name": "Nora",
    "last_name": "Lindqvist",
    "email": "nora@mail.example",
    "phone": "+12125550188",
    "reason": "My doctor sent me: cholesterol.",
    "time_zone": "America/New_York",
    "language": "en-US",
    "state": Attendee.State.REQUESTED,
    "booked_online": True,
}
