"""A place in a clinician's time for someone who books online: is it free, take it, give it back.

All of this runs under the lock of the clinician's diary, in the caller's transaction.
"""

import datetime as dt
from uuid import UUID

from django.utils import timezone

from letterhead.scheduling import diaries
from letterhead.scheduling.diaries import Taken, live, places_taken
from letterhead.scheduling.models import Appointment, Attendee, Offer
from letterhead.scheduling.offers import Chosen
from letterhead.scheduling.timetables import Timetable, span_columns, timetable_of, wanted_of

FURTHEST = dt.timedelta(days=400)  # no horizon reaches that far


def timetable_at(chosen: Chosen, starts_at: dt.datetime) -> Timetable:
    """Return the timetable of the day of a time. Raises Taken where no day can be that far."""
    now = timezone.now()
    if not now - FURTHEST < starts_at < now + FURTHEST:
        raise Taken
    day = starts_at.astimezone(chosen.practice.zone).date()
    return timetable_of(chosen.practice, chosen.clinicians, first=day, last=day)


def is_free(
    table: Timetable,
    offer: Offer,
    chosen: Chosen,
    starts_at: dt.datetime,
    *,
    now: dt.datetime,
    apart_from: int | None = None,
) -> bool:
    """Whether clients can begin then, by the same timetable that pages show."""
    free = table.free(offer, chosen.location, now=now, apart_from=apart_from)
    return any(starts_at in starts for starts in free.values())


def busy_on(table: Timetable, clinician: int) -> int:
    """Return how many appointments a clinician has on the timetable's one day."""
    zone = table.practice.zone
    begun = (each.starts_at.astimezone(zone).date() for each in table.appointments[clinician])
    return sum(day == table.first for day in begun)


def group_with_a_place(offer: Offer, chosen: Chosen, starts_at: dt.datetime) -> Appointment | None:
    """Return the group of this service that begins then and has a place left."""
    groups = Appointment.objects.filter(
        live(),
        practitioner=offer.practitioner_id,
        service=chosen.service,
        location=chosen.location,
        starts_at=starts_at,
        capacity__gt=1,
    )
    for group in groups.order_by("pk"):
        if places_taken([group]).get(group.pk, 0) < group.capacity:
            return group
    return None


def spanning(appointment: Appointment, offer: Offer, starts_at: dt.datetime) -> Appointment:
    """Put an appointment at a time, for as long as this clinician takes for the service."""
    for name, instant in span_columns(wanted_of(offer), starts_at).items():
        setattr(appointment, name, instant)
    return appointment


def new_appointment(offer: Offer, chosen: Chosen, starts_at: dt.datetime) -> Appointment:
    """Return an appointment that isn't saved yet."""
    appointment = Appointment(
        practice=chosen.practice,
        practitioner_id=offer.practitioner_id,
        service=chosen.service,
        location=chosen.location,
        capacity=chosen.service.capacity,
    )
    return spanning(appointment, offer, starts_at)


def place(
    offer: Offer, chosen: Chosen, starts_at: dt.datetime, *, key: UUID, until: dt.datetime
) -> Attendee:
    """Hold a free time for someone, in a group that is there or in an appointment of its own.

    Raises Taken.
    """
    group = group_with_a_place(offer, chosen, starts_at)
    if group is None:
        group = new_appointment(offer, chosen, starts_at)
        group.held_until = until
        diaries.take(group)
    elif group.held_until and group.held_until < until:
        group.held_until = until
        group.save(update_fields=["held_until"])
    return Attendee.objects.create(
        appointment=group,
        state=Attendee.State.HELD,
        held_until=until,
        booked_online=True,
        key=key,
    )


def let_go(attendee: Attendee) -> None:
    """Delete someone's hold, and the appointment if nobody else is in it."""
    appointment = attendee.appointment
    attendee.delete()
    if appointment.held_until is not None and not appointment.attendees.exists():
        appointment.delete()


def let_time_go(appointment: Appointment) -> None:
    """Free the time of an appointment if everyone in it is gone; one of nobody isn't kept."""
    if appointment.series_id is None and not appointment.attendees.exists():
        appointment.delete()
    elif not appointment.attendees.exclude(state__in=Attendee.GONE).exists():
        appointment.takes_time = False
        appointment.version += 1
        appointment.save(update_fields=["takes_time", "version"])


def take_again(appointment: Appointment) -> None:
    """Take the time of a booking that lapsed, if it is still free. Raises Taken."""
    if appointment.held_until is not None:
        diaries.take(appointment)
    elif places_taken([appointment]).get(appointment.pk, 0) >= appointment.capacity:
        raise Taken
