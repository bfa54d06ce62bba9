"""A client's appointments and visits as one history: what comes first, then newest first."""

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet
from django.utils import timezone

from letterhead.billing.models import Visit
from letterhead.billing.queries import with_rows_and_bills
from letterhead.clients.models import Client
from letterhead.practices.days import today_in
from letterhead.practices.models import Membership
from letterhead.practices.roles import Act, may
from letterhead.scheduling.models import Attendee
from letterhead.scheduling.queries import appointments_seen_by
from letterhead.scheduling.shown import in_words, tone_of
from letterhead.ui.by_key import read_id

_UPCOMING = 20


@dataclass(frozen=True)
class Entry:
    """A visit, or an appointment that no visit was made of."""

    day: dt.date
    visit: Visit | None = None
    attendee: Attendee | None = None

    @property
    def state(self) -> str:
        """How an appointment stands, in words."""
        return in_words(self.attendee) if self.attendee else ""

    @property
    def tone(self) -> str:
        """The color of the tag that says so."""
        return tone_of(self.attendee) if self.attendee else ""

    @property
    def cursor(self) -> str:
        """What an address says to begin after this one."""
        return f"a{self.attendee.pk}" if self.attendee else str(self.visit and self.visit.pk)


@dataclass(frozen=True)
class History:
    """A page of a history; `older` is the cursor of the next one, "" on the last."""

    coming: list[Entry] = field(default_factory=list)
    past: list[Entry] = field(default_factory=list)
    older: str = ""

    @property
    def visits(self) -> int:
        """How many visits this page has."""
        return sum(each.visit is not None for each in self.past)


def history_of(member: Membership, client: Client, *, before: str, size: int) -> History:
    """Return a page of what a member sees of a client: the first, or after a cursor.

    The first page begins with what is still to come, soonest first.
    """
    mine = _appointments(member, client)
    now = timezone.now()
    ahead = Q(appointment__starts_at__gte=now) & ~Q(state__in=Attendee.GONE)
    shown = [_coming(each, member) for each in mine.filter(ahead)[:_UPCOMING]] if not before else []
    over = mine.exclude(ahead).order_by("-appointment__starts_at", "-pk")
    visits = _visits(client) if may(member, Act.SEE_BILLS) else Visit.objects.none()
    over, visits = _before(before, over, visits, mine, member)
    entries = [
        *(_coming(each, member) for each in over[: size + 1]),
        *(Entry(each.visited_on, visit=each) for each in visits[: size + 1]),
    ]
    entries.sort(key=lambda entry: entry.day, reverse=True)  # stable: appointments first
    page = entries[:size]
    return History(shown, page, page[-1].cursor if len(entries) > size else "")


def _before(
    cursor: str,
    over: QuerySet[Attendee],
    visits: QuerySet[Visit],
    mine: QuerySet[Attendee],
    member: Membership,
) -> tuple[QuerySet[Attendee], QuerySet[Visit]]:
    """Leave what comes after the entry that a cursor names; all of it if it names none."""
    if cursor.startswith("a"):
        last = mine.filter(pk=read_id(cursor[1:]) or 0).first()
        if last is None:
            return over, visits
        at = last.appointment.starts_at
        day = today_in(member.practice, at)
        same = Q(appointment__starts_at=at, pk__lt=last.pk)
        return over.filter(Q(appointment__starts_at__lt=at) | same), visits.filter(
            visited_on__lte=day
        )
    newer = visits.filter(pk=read_id(cursor) or 0).first() if cursor else None
    if newer is None:
        return over, visits
    day = newer.visited_on
    midnight = dt.datetime.combine(day, dt.time(), member.practice.zone)
    visits = visits.filter(Q(visited_on__lt=day) | Q(pk__lt=newer.pk), visited_on__lte=day)
    return over.filter(appointment__starts_at__lt=midnight), visits


def _appointments(member: Membership, client: Client) -> QuerySet[Attendee]:
    """Return the appointments of a client that have no visit, soonest first."""
    rows = Attendee.objects.filter(
        client=client, appointment__in=appointments_seen_by(member), visit=None
    ).exclude(state=Attendee.State.HELD)
    rows = rows.select_related("appointment__service", "appointment__practitioner")
    rows = rows.defer("appointment__practitioner__tax_id")
    return rows.order_by("appointment__starts_at", "pk")


def _visits(client: Client) -> QuerySet[Visit]:
    """Return a client's visits as a list shows them, newest first."""
    visits = Visit.objects.filter(client=client).select_related("practitioner")
    shown = ("visited_on", "client", "practitioner__first_name", "practitioner__last_name")
    return with_rows_and_bills(visits.only(*shown)).order_by("-visited_on", "-pk")


def _coming(attendee: Attendee, member: Membership) -> Entry:
    day = today_in(member.practice, attendee.appointment.starts_at)
    return Entry(day, attendee=attendee)
