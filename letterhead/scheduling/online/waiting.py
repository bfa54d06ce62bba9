"""The waiting list: who waits for a full day is offered, in order, a time that frees up.

Every change of a clinician's time looks again (`diaries.lock` adds the job). A time that is offered
is held meanwhile, so that nobody else gets it.
"""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from letterhead.activity.actions import record
from letterhead.outbox.actions import enqueue
from letterhead.outbox.mail import DEFAULT_LANGUAGE, absolute, post
from letterhead.scheduling import diaries
from letterhead.scheduling.diaries import Taken, people_waiting_for
from letterhead.scheduling.links import link_to_place
from letterhead.scheduling.models import Appointment, Attendee, Waiting
from letterhead.scheduling.offers import Chosen, chosen_of, clock_of, free_between
from letterhead.scheduling.online.actions import NotForNewClients, Over, Who, book
from letterhead.scheduling.online.placing import is_free, let_go, place, timetable_at
from letterhead.ui.languages import speaking

OFFERED_FOR, AT_LEAST = dt.timedelta(hours=2), dt.timedelta(minutes=20)
State = Waiting.State


@dataclass(frozen=True)
class Sought:
    """What someone on the list wants, as it can be booked now, and the days they want it on."""

    waiting: Waiting
    chosen: Chosen


def join(chosen: Chosen, day: dt.date, who: Who, *, clinician: int | None) -> Waiting:
    """Put someone on the waiting list of a day. Twice, it is the same place in it.

    `clinician` None: any of them. Raises NotForNewClients.
    """
    if not who.been_here and not chosen.for_new_clients:
        raise NotForNewClients
    with transaction.atomic(durable=True):
        diaries.lock(*chosen.clinicians)  # so that no time frees up between the look and the row
        wanted = {
            "practice": chosen.practice,
            "service": chosen.service,
            "location": chosen.location,
            "practitioner_id": clinician,
            "day": day,
        }
        there = Waiting.objects.filter(
            **wanted, email__iexact=who.email, state__in=(State.WAITING, State.OFFERED)
        )
        if found := there.first():
            return found
        joined = Waiting.objects.create(**wanted, **vars(who))
        enqueue(diaries.WAITING, practitioners=chosen.clinicians)
        _record(gettext_noop("joined the waiting list"), joined)
        return joined


@transaction.atomic(durable=True)
def leave_list(key: UUID) -> Waiting:
    """Take someone off the list, and give back the time that was offered. Raises Over."""
    waiting = waiting_with(key)
    if waiting.state == State.LEFT:
        return waiting
    if waiting.state == State.BOOKED:
        raise Over
    if waiting.held:
        diaries.lock(waiting.held.appointment.practitioner_id)
        if waiting.held.state == Attendee.State.HELD:
            let_go(waiting.held)
    Waiting.objects.filter(pk=waiting.pk).update(state=State.LEFT, held=None)
    _record(gettext_noop("left the waiting list"), waiting)
    waiting.state, waiting.held = State.LEFT, None
    return waiting


def accept(key: UUID) -> Attendee:
    """Book the time that was offered. Twice is the same as once. Raises Over, Taken."""
    waiting = waiting_with(key)
    sought, held = _sought(waiting), waiting.held
    if sought is None or held is None or waiting.state == State.LEFT:
        raise Over
    who = Who(**{name: getattr(waiting, name) for name in Who.__dataclass_fields__})
    booked = book(sought.chosen, held.appointment.starts_at, held.key, who)
    Waiting.objects.filter(pk=waiting.pk).update(state=State.BOOKED, held=booked)
    return booked


def waiting_with(key: UUID) -> Waiting:
    """Return the place in the list with this key. Raises Over where there is none."""
    rows = Waiting.objects.select_related("practice", "service", "held__appointment")
    found = rows.filter(key=key).first()
    if found is None:
        raise Over
    return found


def offer_times(practitioners: list[int]) -> None:
    """Offer what is free now to those who wait, first come first; the worker's job.

    Comes again when the next held time lapses, as long as someone waits.
    """
    _pass_over_who_did_not_answer()
    for waiting in people_waiting_for(*practitioners).select_related("practice"):
        if sought := _sought(waiting):
            _offer_a_time(sought)
    _come_again(practitioners)


def _pass_over_who_did_not_answer() -> None:
    lapsed = Waiting.objects.filter(state=State.OFFERED, held=None) | Waiting.objects.filter(
        state=State.OFFERED,
        held__state=Attendee.State.HELD,
        held__held_until__lte=timezone.now(),
    )
    lapsed.update(state=State.PASSED)


def _sought(waiting: Waiting) -> Sought | None:
    chosen = chosen_of(
        waiting.practice,
        service=waiting.service_id,
        location=waiting.location_id,
        clinician=waiting.practitioner_id,
    )
    return Sought(waiting, chosen) if chosen else None


def _offer_a_time(sought: Sought) -> None:
    """Offer the first free time of the day wanted; the lock is taken only if there is one."""
    day, now = sought.waiting.day, timezone.now()
    free = free_between(sought.chosen, day, day, now=now).get(day, {})
    for starts_at, clinicians in free.items():
        for clinician in clinicians:
            if _hold_for(sought, starts_at, clinician):
                return


@transaction.atomic(durable=True)
def _hold_for(sought: Sought, starts_at: dt.datetime, clinician: int) -> bool:
    """Hold a time for someone and write to them; whether it was still free, and they waited."""
    diaries.lock(clinician)
    chosen, now = sought.chosen, timezone.now()
    offer = next(each for each in chosen.offers if each.practitioner_id == clinician)
    waiting = Waiting.objects.filter(pk=sought.waiting.pk, state=State.WAITING)
    if not is_free(timetable_at(chosen, starts_at), offer, chosen, starts_at, now=now):
        return False
    until = now + max(AT_LEAST, min(OFFERED_FOR, (starts_at - now) / 2))
    if not waiting.update(state=State.OFFERED):
        return False
    try:
        held = place(offer, chosen, starts_at, key=uuid4(), until=until)
    except Taken:
        waiting.model._default_manager.filter(pk=sought.waiting.pk).update(state=State.WAITING)
        return False
    Waiting.objects.filter(pk=sought.waiting.pk).update(held=held)
    _write_to(sought, held)
    return True


def _come_again(practitioners: list[int]) -> None:
    """Look again when the next time that is held now lapses, if someone still waits."""
    if not people_waiting_for(*practitioners).exists():
        return
    held = Appointment.objects.filter(
        practitioner__in=practitioners, held_until__gt=timezone.now()
    ).order_by("held_until")
    if first := held.values_list("held_until", flat=True).first():
        with transaction.atomic():
            key = f"{diaries.WAITING} {practitioners} {first.isoformat()}"
            enqueue(diaries.WAITING, key=key, due=first, practitioners=practitioners)


def _write_to(sought: Sought, held: Attendee) -> None:
    waiting, practice = sought.waiting, sought.chosen.practice
    if not practice.is_proven:  # until then it emails nobody else
        return
    with speaking(waiting.language or DEFAULT_LANGUAGE):
        way = clock_of(held)
        context = {
            "practice_name": practice.name,
            "first_name": waiting.first_name,
            "service": sought.chosen.service.name,
            "at": way.moment(held.appointment.starts_at),
            "until": way.moment(held.held_until) if held.held_until else "",
            "url": absolute(link_to_place(waiting)),
        }
    post(
        to=waiting.email,
        template="scheduling/mail/time_offered",
        context=context,
        key=f"time offered {held.pk}",
        practice=practice.pk,
        language=waiting.language,
    )


def _record(act: str, waiting: Waiting) -> None:
    record(
        act,
        practice=waiting.practice_id,
        person=None,
        person_name=str(waiting),
        about=f"service {waiting.service_id}, {waiting.day}",
    )
