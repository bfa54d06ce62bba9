"""What the agenda shows: days of a week, and the appointments on them."""

import datetime as dt
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext

from letterhead.clients.models import Client
from letterhead.clients.queries import clients_seen_by
from letterhead.details.faces import Face, face_in
from letterhead.practices.models import Membership, Practice
from letterhead.practices.preferred import Weekday
from letterhead.scheduling.columns import State
from letterhead.scheduling.models import Appointment, Attendee, Offer
from letterhead.scheduling.queries import (
    appointments_changed_by,
    appointments_seen_by,
    between,
    calendars_seen_by,
    services_in,
    with_people,
)
from letterhead.scheduling.shown import Shown, Viewer, for_list, in_words, tone_of

_DAY = dt.timedelta(days=1)
_ALIKE = 20  # clients that are shown as alike, at most
_EARLIEST, _LATEST = dt.date(1900, 1, 8), dt.date(2099, 12, 24)  # what forms accept, less a week


@dataclass(frozen=True)
class Days:
    """Some days in a row, in the reader's time zone."""

    first: dt.date
    number: int

    @property
    def last(self) -> dt.date:
        """The last of them."""
        return self.first + (self.number - 1) * _DAY

    @property
    def before(self) -> dt.date:
        """A day of the days before: as many of them, or the month before."""
        if self.number > 7:
            return max(_EARLIEST, self.first - _DAY)
        return max(_EARLIEST, self.first - self.number * _DAY)

    @property
    def after(self) -> dt.date:
        """A day as many days later."""
        return min(_LATEST, self.first + self.number * _DAY)

    @property
    def instants(self) -> tuple[dt.datetime, dt.datetime]:
        """When they begin, and when they are over."""
        zone = timezone.get_current_timezone()
        after = self.last + _DAY
        return (
            dt.datetime.combine(self.first, dt.time(), zone),
            dt.datetime.combine(after, dt.time(), zone),
        )


@dataclass(frozen=True)
class Column:
    """A clinician on the calendar, with their face."""

    pk: int
    name: str
    face: Face


def read_day(typed: str) -> dt.date:
    """Return the day that an address names; today for what isn't one, or is out of bounds."""
    try:
        day = dt.date.fromisoformat(typed)
    except ValueError:
        return timezone.localdate()
    return day if _EARLIEST <= day <= _LATEST else timezone.localdate()


def read_time(typed: str) -> dt.time | None:
    """Return the time of day that an address names, None for what isn't one."""
    try:
        return dt.time.fromisoformat(typed)
    except ValueError:
        return None


def week_of(day: dt.date, *, starts_on: str) -> Days:
    """Return the week that a day is in; `starts_on` is a `Weekday` of Preferences."""
    return Days(day - (day.weekday() - Weekday(starts_on).number) % 7 * _DAY, 7)


def month_of(day: dt.date) -> Days:
    """Return the month that a day is in."""
    return Days(day.replace(day=1), monthrange(day.year, day.month)[1])


def week_day(starts_on: str) -> int:
    """Return the first day of the week as scripts count it: 0 is Sunday."""
    return (Weekday(starts_on).number + 1) % 7


def columns_for(member: Membership) -> list[Column]:
    """Return the clinicians whose calendars a member sees, in the order of their cards."""
    seen = calendars_seen_by(member)
    return [Column(each.pk, str(each), face_in(each)) for each in seen]


def agenda_of(
    member: Membership, days: Days, *, clinician: int | None = None
) -> list[tuple[dt.date, list[Shown]]]:
    """Return the days that have appointments, with these as the member sees them, by start.

    `clinician` is a practitioner's id; None means everyone whose calendar the member sees.
    """
    rows = between(appointments_seen_by(member), *days.instants)
    if clinician is not None:
        rows = rows.filter(practitioner=clinician)
    viewer, found = Viewer(member), dict[dt.date, list[Shown]]()
    for row in for_list(rows, member.practice):
        found.setdefault(_day_of(row), []).append(viewer.shown(row))
    return sorted(found.items())


def appointment_shown(member: Membership) -> QuerySet[Appointment]:
    """Return the appointments that a member sees, for their page."""
    return with_people(appointments_seen_by(member)).select_related(
        *("service", "location", "practitioner__membership", "practice", "series")
    )


def appointments_to_change(member: Membership) -> QuerySet[Appointment]:
    """Return the appointments that a member changes, with who comes."""
    return with_people(appointments_changed_by(member)).select_related(
        *("service", "location", "practitioner", "practice", "series")
    )


def people_changed_by(member: Membership) -> QuerySet[Attendee]:
    """Return the people in the appointments that a member changes."""
    rows = Attendee.objects.filter(appointment__in=appointments_changed_by(member))
    return rows.exclude(state=State.HELD).select_related("appointment", "client")


def usual_minutes(
    practice: Practice, *, service: int | None, practitioner: int | None
) -> int | None:
    """Return how long a service of a practice takes with a clinician; None without a service."""
    if service is None:
        return None
    own = Offer.objects.filter(
        service=OuterRef("pk"), practitioner=practitioner, duration__isnull=False
    )
    usual = Coalesce(Subquery(own.values("duration")[:1]), "duration")
    offered = services_in(practice).filter(pk=service)
    return offered.values_list(usual, flat=True).first()


@dataclass(frozen=True)
class PersonShown:
    """Someone who comes, as the page of an appointment shows them."""

    person: Attendee
    name: str
    state: str
    tone: str
    opens: bool  # whether the member can open the client's page
    looks_like: list[tuple[Client, str]] = field(default_factory=list)

    @property
    def is_unknown(self) -> bool:
        """Whether nobody has said yet which client they are."""
        return self.person.client is None


def people_shown(member: Membership, appointment: Appointment) -> list[PersonShown]:
    """Return who comes, and for those who booked online which clients they look like.

    Only clients whom the member sees; nothing of it is ever public.
    """
    viewer, people = Viewer(member), list(appointment.attendees.all())
    likely = _look_alikes(member, [each for each in people if each.client is None])
    return [
        PersonShown(
            each,
            viewer.name_of(each, appointment),
            in_words(each),
            tone_of(each),
            viewer.sees(each.client),
            [(client, why) for client in likely if (why := _alike(each, client))]
            if each.client is None
            else [],
        )
        for each in people
    ]


def _look_alikes(member: Membership, people: Iterable[Attendee]) -> list[Client]:
    alike = Q()
    for each in people:
        if each.email:
            alike |= Q(email__iexact=each.email)
        if each.phone:
            alike |= Q(phone=each.phone)
        if each.last_name:
            alike |= Q(first_name__iexact=each.first_name, last_name__iexact=each.last_name)
    rows = clients_seen_by(member)
    shown = ("first_name", "last_name", "birth_date", "email", "phone")
    return list(rows.filter(alike).only(*shown)[:_ALIKE]) if alike else []


def _alike(person: Attendee, client: Client) -> str:
    """Return what someone and a client have in common, in words; "" for nothing."""
    name = (client.first_name.casefold(), client.last_name.casefold())
    same = {
        gettext("same name"): name == (person.first_name.casefold(), person.last_name.casefold()),
        gettext("same email"): bool(person.email)
        and client.email.casefold() == person.email.casefold(),
        gettext("same phone"): bool(person.phone) and client.phone == person.phone,
    }
    return ", ".join(words for words, holds in same.items() if holds)


def _day_of(appointment: Appointment) -> dt.date:
    return timezone.localtime(appointment.starts_at).date()
