"""Clients move and cancel their own appointments, by the links in their email."""

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from letterhead.scheduling import diaries
from letterhead.scheduling.diaries import Taken
from letterhead.scheduling.models import Appointment, Attendee, Offer
from letterhead.scheduling.offers import Chosen, chosen_as, rules_for
from letterhead.scheduling.online.actions import Over, State, locked, record_online
from letterhead.scheduling.online.placing import (
    group_with_a_place,
    is_free,
    let_time_go,
    new_appointment,
    spanning,
    timetable_at,
)
from letterhead.scheduling.telling import What, tell

OPEN = (State.BOOKED, State.REQUESTED)


class TooLate(Exception):
    """The practice doesn't allow changes online so shortly before the appointment."""


@transaction.atomic(durable=True)
def reschedule(key: UUID, starts_at: dt.datetime) -> Attendee:
    """Move an appointment to another free time of the same clinician, service and place.

    Raises Taken, TooLate, and Over.
    """
    attendee = _changeable(key)
    appointment = attendee.appointment
    if appointment.starts_at == starts_at:
        return attendee
    chosen = chosen_as(appointment)
    if chosen is None:
        raise Taken
    offer, apart_from = chosen.offers[0], None if appointment.capacity > 1 else appointment.pk
    table, now = timetable_at(chosen, starts_at), timezone.now()
    if not is_free(table, offer, chosen, starts_at, now=now, apart_from=apart_from):
        raise Taken
    attendee.moved_from = appointment.starts_at
    if appointment.capacity > 1:
        _change_groups(attendee, offer, chosen, starts_at)
    else:
        _move(appointment, offer, starts_at)
    if rules_for(appointment).needs_approval:
        attendee.state = State.REQUESTED
    _save_change(attendee)
    tell(attendee, What.CHANGED)
    record_online(gettext_noop("rescheduled an appointment online"), attendee)
    return attendee


@transaction.atomic(durable=True)
def cancel(key: UUID) -> Attendee:
    """Cancel an appointment, once. Raises TooLate, and Over."""
    attendee = locked(key)
    if attendee.state in Attendee.GONE:
        return attendee
    attendee = _still_changeable(attendee)
    attendee.state, attendee.canceled_at = State.CANCELED, timezone.now()
    attendee.canceled_online = True
    _save_change(attendee)
    let_time_go(attendee.appointment)
    tell(attendee, What.CANCELED)
    record_online(gettext_noop("canceled an appointment online"), attendee)
    return attendee


def can_change_until(appointment: Appointment) -> dt.datetime:
    """Return until when a client can move or cancel an appointment."""
    return appointment.starts_at - rules_for(appointment).change


def _changeable(key: UUID) -> Attendee:
    return _still_changeable(locked(key))


def _still_changeable(attendee: Attendee) -> Attendee:
    now, appointment = timezone.now(), attendee.appointment
    if attendee.state not in OPEN or appointment.starts_at <= now:
        raise Over
    if can_change_until(appointment) < now:
        raise TooLate
    return attendee


def _move(appointment: Appointment, offer: Offer, starts_at: dt.datetime) -> None:
    spanning(appointment, offer, starts_at)
    appointment.apart = appointment.series_id is not None
    appointment.version += 1
    diaries.take(appointment)


def _change_groups(
    attendee: Attendee, offer: Offer, chosen: Chosen, starts_at: dt.datetime
) -> None:
    """Leave a group for another one, which is there or begins with this client."""
    before = attendee.appointment
    attendee.appointment = group_with_a_place(offer, chosen, starts_at) or diaries.take(
        new_appointment(offer, chosen, starts_at)
    )
    if attendee.appointment.held_until is not None:
        attendee.appointment.held_until = None
        attendee.appointment.save(update_fields=["held_until"])
    attendee.save(update_fields=["appointment"])
    let_time_go(before)


def _save_change(attendee: Attendee) -> None:
    attendee.sequence += 1
    attendee.version += 1
    attendee.save()
