"""What a private calendar address gives: the member's own appointments."""

import datetime as dt
import hashlib
from collections.abc import Iterator
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from letterhead.details.queries import practitioner_of
from letterhead.places.choices import TELEHEALTH
from letterhead.practices.days import today_in
from letterhead.practices.models import Location, Membership
from letterhead.practices.preferred import ClientsInFeed
from letterhead.practices.queries import active
from letterhead.scheduling.feeds.feed_file import Event, calendar_file
from letterhead.scheduling.models import Appointment, Attendee, CalendarFeed, Diary, PracticeRules
from letterhead.scheduling.queries import between
from letterhead.ui.languages import speaking

PAST, AHEAD = dt.timedelta(days=30), dt.timedelta(days=366)


def hashed(token: str) -> str:
    """Return what is stored of an address's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def feed_of(membership: Membership) -> CalendarFeed | None:
    """Return a member's feed, if there is one."""
    return CalendarFeed.objects.filter(membership=membership.pk).first()


def feed_at(token: str) -> CalendarFeed | None:
    """Return the feed at an address, with its member and practice; None once the access ended."""
    rows = CalendarFeed.objects.filter(
        active("membership__"), membership__user__is_active=True, token_sha256=hashed(token)
    )
    return rows.select_related("membership__practice", "membership__user").first()


def state_of(feed: CalendarFeed) -> str:
    """Return what changes when the calendar file does, read without the appointments.

    It moves with the diary, the member's preferences, the practice's services, and the day: names
    of clients and locations follow within a day.
    """
    member = feed.membership
    diary = Diary.objects.filter(practitioner__membership=member.pk)
    rules = PracticeRules.objects.filter(pk=member.practice_id)
    versions = [rows.values_list("version", flat=True).first() for rows in (diary, rules)]
    said = (feed.pk, *versions, member.version, member.practice.version, today_in(member.practice))
    return hashlib.sha256(repr(said).encode()).hexdigest()[:32]


def calendar_of(feed: CalendarFeed) -> bytes:
    """Return the member's appointments as a calendar file, from a month back to a year ahead.

    They are read as plain values: a year of them as objects would take 40 MB.
    """
    member, now = feed.membership, timezone.now()
    rows = Appointment.objects.filter(
        practice=member.practice_id,
        practitioner__membership=member.pk,
        takes_time=True,
        held_until=None,
    )
    rows = between(rows, now - PAST, now + AHEAD)
    with speaking(member.preferences.language):
        return calendar_file(
            _events(rows, member),
            zone=member.practice.time_zone,
            name=f"{practitioner_of(member)}, {member.practice}",
            written_at=now,
        )


def _events(appointments: QuerySet[Appointment], member: Membership) -> Iterator[Event]:
    """The appointments in order; locations are few, and read once."""
    people = _people_in(appointments)
    locations = {each.pk: each for each in Location.objects.filter(practice=member.practice_id)}
    columns = ("pk", "uid", "starts_at", "ends_at", "capacity", "version")
    rows = appointments.order_by("starts_at", "pk").values_list(
        *columns, "service__name", "location", named=True
    )
    for row in rows:
        who, tentative = people.get(row.pk, ([], False))
        location = locations[row.location]
        virtual = location.place_of_service in TELEHEALTH
        shown = _shown(who, member.preferences.clients_in_feed, is_group=row.capacity > 1)
        yield Event(
            uid=str(row.uid),
            begins=row.starts_at,
            ends=row.ends_at,
            summary=", ".join(filter(None, [shown, row.service__name])),
            location=(virtual and member.video_link) or location.name,
            description=member.video_how if virtual else "",
            sequence=row.version,
            tentative=tentative,
        )


class _Person(NamedTuple):
    """Someone who comes: their client's number, if they are matched to one, and their name."""

    client: int | None
    first_name: str
    last_name: str


def _people_in(
    appointments: QuerySet[Appointment],
) -> dict[int, tuple[list[_Person], bool]]:
    """Who comes to each appointment, and whether that isn't sure yet."""
    rows = Attendee.objects.filter(appointment__in=appointments).exclude(state__in=Attendee.GONE)
    names = ("first_name", "last_name", "client__first_name", "client__last_name")
    found: dict[int, tuple[list[_Person], bool]] = {}
    for appointment, state, client, first, last, *of_client in rows.order_by("pk").values_list(
        "appointment", "state", "client", *names
    ):
        who, tentative = found.get(appointment, ([], False))
        who.append(_Person(client, *(of_client if client else (first, last))))
        found[appointment] = (who, tentative or state in _TENTATIVE)
    return found


_TENTATIVE = (Attendee.State.REQUESTED, Attendee.State.UNPROVEN)


def _shown(people: list[_Person], preference: str, *, is_group: bool) -> str:
    """How many come to a group; else initials, client number or first name of who comes."""
    if is_group:
        return ngettext("%(count)d person", "%(count)d people", len(people)) % {
            "count": len(people)
        }
    return ", ".join(_shown_as(each, preference) for each in people)


def _shown_as(person: _Person, preference: str) -> str:
    if preference == ClientsInFeed.FIRST_NAME:
        return person.first_name
    if preference == ClientsInFeed.NUMBER:
        number = person.client
        return _("Client %(number)s") % {"number": number} if number else _("New client")
    return f"{person.first_name[:1]}{person.last_name[:1]}".upper()
