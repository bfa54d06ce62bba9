"""Taking a clinician's time: one change at a time, and never the same time twice.

All of this runs in the caller's transaction.
"""

import datetime as dt
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from letterhead.outbox.actions import enqueue
from letterhead.scheduling.columns import LONGEST_SPAN
from letterhead.scheduling.models import Appointment, Attendee, Diary, Offer, PracticeRules, Waiting

WAITING = "waiting list"  # the job, handled by online/waiting.py
FORGET = "forget times that were held and not booked"
_CONSTRAINT = "time_taken_once"  # migration 0002, on PostgreSQL


class Taken(Exception):
    """Someone else has this time."""


def lock(*practitioners: int) -> None:
    """Make every other change of these clinicians' time wait until this transaction ends.

    Raises their diaries' versions: what was calculated from them is calculated again. Always in
    the same order, so that two who need the same diaries never wait for each other. Whoever is on
    the waiting list for their time is thought of afterwards, by the worker.
    """
    for practitioner in sorted(set(practitioners)):
        moved = Diary.objects.filter(pk=practitioner).update(version=F("version") + 1)
        if not moved:
            Diary.objects.get_or_create(practitioner_id=practitioner)
            Diary.objects.filter(pk=practitioner).update(version=F("version") + 1)
    if people_waiting_for(*practitioners).exists():
        enqueue(WAITING, practitioners=sorted(set(practitioners)))


def people_waiting_for(*practitioners: int) -> QuerySet[Waiting]:
    """Return who waits for a time that these clinicians may have, first come first."""
    yesterday = timezone.now().date() - dt.timedelta(days=1)
    offering = Offer.objects.filter(service=OuterRef("service"), practitioner__in=practitioners)
    rows = Waiting.objects.filter(
        Q(practitioner=None) | Q(practitioner__in=practitioners),
        Exists(offering),
        state=Waiting.State.WAITING,
        day__gte=yesterday,
    )
    return rows.order_by("joined_at", "pk")


def practice_changed(practice: int) -> None:
    """Say that services, rules or holidays of a practice changed; the same for what hangs on it."""
    PracticeRules.objects.get_or_create(practice_id=practice)
    PracticeRules.objects.filter(pk=practice).update(version=F("version") + 1)


def in_the_way_of(appointment: Appointment) -> QuerySet[Appointment]:
    """Return the clinician's other appointments in the time of this one, buffers included."""
    rows = Appointment.objects.filter(
        live(),
        practitioner=appointment.practitioner_id,
        starts_at__gt=appointment.busy_from - LONGEST_SPAN,
        starts_at__lt=appointment.busy_until + LONGEST_SPAN,
        busy_from__lt=appointment.busy_until,
        busy_until__gt=appointment.busy_from,
    )
    return rows.exclude(pk=appointment.pk).order_by("starts_at", "pk")


def take(appointment: Appointment, *, anyway: bool = False) -> Appointment:
    """Save an appointment, new or moved, of a clinician whose diary is locked.

    Raises Taken where the time isn't free; `anyway` takes it all the same, for staff who were told.
    """
    let_go_of_lapsed(appointment)
    in_the_way = in_the_way_of(appointment).exists()
    if in_the_way and not anyway:
        raise Taken
    appointment.booked_anyway = in_the_way
    try:
        with transaction.atomic():
            appointment.save()
    except IntegrityError as refused:
        if _CONSTRAINT in str(refused):
            raise Taken from refused
        raise
    return appointment


def let_go_of_lapsed(appointment: Appointment) -> None:
    """Delete times that were held for a form and not booked, where this appointment wants to be."""
    now = timezone.now()
    lapsed = Appointment.objects.filter(
        practitioner=appointment.practitioner_id,
        held_until__lte=now,
        busy_from__lt=appointment.busy_until,
        busy_until__gt=appointment.busy_from,
    )
    lapsed.exclude(pk=appointment.pk).delete()


def forget_lapsed() -> None:
    """Delete what was held for a form and not booked, a day later: nobody else wanted the time.

    With it goes what was typed by who never confirmed their email.
    """
    before = timezone.now() - dt.timedelta(days=1)
    Attendee.objects.filter(held_until__lte=before).delete()
    Appointment.objects.filter(held_until__lte=before).delete()


def live(through: str = "") -> Q:
    """Return the condition that an appointment takes its time now.

    `through` leads to the appointment ("appointment__").
    """
    stays, held = {f"{through}held_until": None}, {f"{through}held_until__gt": timezone.now()}
    return Q(**{f"{through}takes_time": True}) & (Q(**stays) | Q(**held))


def places_taken(appointments: Iterable[Appointment]) -> dict[int, int]:
    """Return how many places are taken in each of these appointments, under their ids."""
    now = timezone.now()
    rows = Attendee.objects.filter(
        Q(held_until=None) | Q(held_until__gt=now), appointment__in=list(appointments)
    ).exclude(state__in=Attendee.GONE)
    counted: dict[int, int] = {}
    for appointment in rows.values_list("appointment", flat=True):
        counted[appointment] = counted.get(appointment, 0) + 1
    return counted
