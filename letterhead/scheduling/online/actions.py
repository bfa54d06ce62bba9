"""What visitors do: hold a time, book it, prove their email, move and cancel their appointment.

Each looks again under the lock of the clinician's diary, and never takes what the timetable
doesn't show as free. One clinician's diary is locked at a time, so that no two wait for each other.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from letterhead.activity.actions import record
from letterhead.scheduling import diaries
from letterhead.scheduling.diaries import Taken
from letterhead.scheduling.models import Attendee, Offer
from letterhead.scheduling.offers import Chosen, rules_for
from letterhead.scheduling.online.placing import (
    busy_on,
    is_free,
    let_go,
    place,
    take_again,
    timetable_at,
)
from letterhead.scheduling.telling import What, tell
from letterhead.slots.rules import Rules

HELD_FOR = dt.timedelta(minutes=10)
TO_PROVE = dt.timedelta(minutes=30)
State = Attendee.State


class NotForNewClients(Exception):
    """This service, or this clinician, is there for people who were here before."""


class Over(Exception):
    """The link has ended: the appointment has begun, was canceled, or was never booked."""


@dataclass(frozen=True, kw_only=True)
class Who:
    """What the form asks; `phone` is E.164, `been_here` whether they say that they were here."""

    first_name: str
    last_name: str
    email: str
    phone: str = ""
    reason: str = ""
    time_zone: str = ""
    language: str = ""
    been_here: bool = False


def hold(chosen: Chosen, starts_at: dt.datetime) -> Attendee:
    """Hold a time for ten minutes, with the least busy of the clinicians who are free.

    Raises Taken where none of them is.
    """
    key = uuid4()
    for offer in _least_busy_first(chosen, starts_at):
        if held := _hold_with(offer, chosen, starts_at, key):
            return held
    raise Taken


def book(chosen: Chosen, starts_at: dt.datetime, key: UUID, who: Who) -> Attendee:
    """Book what was held under this key. Sent twice, it is the same booking.

    A hold that lapsed is taken again if its time is still free. Raises Taken if it isn't, or if
    someone else booked under this key, and NotForNewClients.
    """
    if not who.been_here and not chosen.for_new_clients:
        raise NotForNewClients
    for offer in _held_first(chosen, starts_at, key):
        try:
            booked = _book_with(offer, chosen, starts_at, key, who)
        except IntegrityError:  # the same form a moment ago, with another clinician
            booked = _book_with(offer, chosen, starts_at, key, who)
        if booked:
            return booked
    if (sent_before := _with_key(key)) and sent_before.state != State.HELD:
        return _same(sent_before, who)
    raise Taken


@transaction.atomic(durable=True)
def prove(key: UUID) -> Attendee:
    """Have a booking count, since its email is proven. Twice is the same as once.

    Raises Over where it lapsed and its time is someone else's now.
    """
    attendee = locked(key)
    if attendee.state != State.UNPROVEN:
        return attendee
    appointment = attendee.appointment
    if attendee.held_until and attendee.held_until <= timezone.now():
        try:
            take_again(appointment)
        except Taken as taken:
            raise Over from taken
    rules = rules_for(appointment)
    _settle(attendee, State.REQUESTED if rules.needs_approval else State.BOOKED)
    record_online(gettext_noop("confirmed the email of an online booking"), attendee)
    return attendee


@transaction.atomic(durable=True)
def _hold_with(offer: Offer, chosen: Chosen, starts_at: dt.datetime, key: UUID) -> Attendee | None:
    diaries.lock(offer.practitioner_id)
    now = timezone.now()
    if not is_free(timetable_at(chosen, starts_at), offer, chosen, starts_at, now=now):
        return None
    try:
        return place(offer, chosen, starts_at, key=key, until=now + HELD_FOR)
    except Taken:
        return None


@transaction.atomic(durable=True)
def _book_with(
    offer: Offer, chosen: Chosen, starts_at: dt.datetime, key: UUID, who: Who
) -> Attendee | None:
    """Book with one clinician; None if they aren't free. Raises Taken."""
    diaries.lock(offer.practitioner_id)
    attendee = _with_key(key)
    if attendee and attendee.state != State.HELD:
        return _same(attendee, who)
    if attendee and not _still_good(attendee, offer, chosen, starts_at):
        let_go(attendee)
        attendee = None
    if attendee is None:
        now = timezone.now()
        table = timetable_at(chosen, starts_at)
        if not is_free(table, offer, chosen, starts_at, now=now):
            return None
        attendee = place(offer, chosen, starts_at, key=key, until=now + HELD_FOR)
    _fill_in(attendee, who)
    _settle(attendee, _state_by(rules_for(attendee.appointment)))
    record_online(gettext_noop("booked an appointment online"), attendee)
    return attendee


def _same(booked: Attendee, who: Who) -> Attendee:
    """Return what was booked under a key to the person who booked it. Raises Taken."""
    if booked.email.casefold() != who.email.casefold():
        raise Taken
    return booked


def _still_good(attendee: Attendee, offer: Offer, chosen: Chosen, starts_at: dt.datetime) -> bool:
    """Whether a hold can be booked: it hasn't lapsed, and its time is still offered.

    Notice counts from when the time was held.
    """
    appointment, until = attendee.appointment, attendee.held_until
    if not until or until <= timezone.now() or appointment.starts_at != starts_at:
        return False
    if appointment.practitioner_id != offer.practitioner_id:
        return False
    if appointment.capacity > 1 and appointment.held_until is None:
        return appointment.takes_time  # a group that takes place anyway
    table, since = timetable_at(chosen, starts_at), until - HELD_FOR
    return is_free(table, offer, chosen, starts_at, now=since, apart_from=appointment.pk)


def _fill_in(attendee: Attendee, who: Who) -> None:
    for name in ("first_name", "last_name", "email", "phone", "reason", "time_zone", "language"):
        setattr(attendee, name, getattr(who, name))
    attendee.agreed_at = timezone.now()


def _state_by(rules: Rules) -> str:
    if rules.proves_email:
        return State.UNPROVEN
    return State.REQUESTED if rules.needs_approval else State.BOOKED


def _settle(attendee: Attendee, state: str) -> None:
    """Write how a booking stands, on it and on its appointment, and tell who has to know."""
    waits = timezone.now() + TO_PROVE if state == State.UNPROVEN else None
    appointment = attendee.appointment
    if appointment.held_until is not None:
        appointment.held_until = max(waits, appointment.held_until) if waits else None
        appointment.save(update_fields=["held_until"])
    attendee.state, attendee.held_until = state, waits
    attendee.version += 1
    attendee.save()
    said = {State.UNPROVEN: What.PROVE, State.REQUESTED: What.REQUESTED}
    tell(attendee, said.get(State(state), What.BOOKED))


def _with_key(key: UUID) -> Attendee | None:
    rows = Attendee.objects.select_related("appointment__practice", "client")
    return rows.filter(key=key).first()


def locked(key: UUID) -> Attendee:
    """Return who booked under a key, with their clinician's diary locked. Raises Over."""
    found = _with_key(key)
    if found is None:
        raise Over
    diaries.lock(found.appointment.practitioner_id)
    again = _with_key(key)
    if again is None or again.state == State.HELD:
        raise Over
    return again


def _least_busy_first(chosen: Chosen, starts_at: dt.datetime) -> list[Offer]:
    """Return the offers of those who are free then; first who has the fewest appointments."""
    table, now = timetable_at(chosen, starts_at), timezone.now()
    free = [each for each in chosen.offers if is_free(table, each, chosen, starts_at, now=now)]
    return sorted(free, key=lambda each: busy_on(table, each.practitioner_id))


def _held_first(chosen: Chosen, starts_at: dt.datetime, key: UUID) -> Iterator[Offer]:
    """Yield the offer of the clinician whose time was held, then those of others who are free."""
    held = _with_key(key)
    clinician = held.appointment.practitioner_id if held else None
    yield from (each for each in chosen.offers if each.practitioner_id == clinician)
    for offer in _least_busy_first(chosen, starts_at):
        if offer.practitioner_id != clinician:
            yield offer


def record_online(act: str, attendee: Attendee) -> None:
    """Record what a visitor did, by the name they gave."""
    appointment = attendee.appointment
    record(
        act,
        practice=appointment.practice_id,
        person=None,
        person_name=attendee.name,
        about=f"appointment {appointment.pk}",
    )
