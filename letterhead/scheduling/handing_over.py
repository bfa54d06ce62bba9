"""When a clinician leaves: their appointments to come go to a colleague, held times are let go.

All of this runs in the caller's transaction.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, QuerySet
from django.utils import timezone

from letterhead.scheduling import diaries
from letterhead.scheduling.columns import LONGEST_SPAN
from letterhead.scheduling.models import Appointment


@dataclass(frozen=True)
class HandedOver:
    """How many appointments a colleague took over, and the starts of those beside others."""

    appointments: int
    beside_others: tuple[dt.datetime, ...]


def appointments_to_come() -> QuerySet[Appointment]:
    """Return appointments that begin later and take their time, of any clinician, by start."""
    rows = Appointment.objects.filter(
        takes_time=True, held_until=None, starts_at__gt=timezone.now()
    )
    return rows.order_by("starts_at", "pk")


def let_go_of_held(practitioner: int) -> None:
    """Give back the times that are held for clients who fill in a form of someone who left."""
    diaries.lock(practitioner)
    Appointment.objects.filter(practitioner=practitioner, held_until__isnull=False).delete()


def hand_over(leaver: int, *, to: int) -> HandedOver:
    """Move the appointments to come, those of series too, from a practitioner to another.

    Where the colleague's time is taken they move all the same, as booked anyway; nothing moves to
    another time. Times that were held with the leaver are let go.
    """
    diaries.lock(leaver, to)
    let_go_of_held(leaver)
    Appointment.objects.filter(practitioner=to, held_until__lte=timezone.now()).delete()
    coming = list(appointments_to_come().filter(practitioner=leaver))
    there = Appointment.objects.filter(
        practitioner=to, takes_time=True, starts_at__gt=timezone.now() - LONGEST_SPAN
    )
    beside = beside_others(coming, there.order_by("busy_from"))
    rows = Appointment.objects.filter(practitioner=leaver)
    moved = {"practitioner": to, "version": F("version") + 1}
    # First those that may stand beside others, which is what PostgreSQL's constraint looks at.
    for some in _in_parts([each.pk for each in beside]):
        rows.filter(pk__in=some).update(booked_anyway=True, **moved)
    beside_ids = {each.pk for each in beside}
    for some in _in_parts([each.pk for each in coming if each.pk not in beside_ids]):
        rows.filter(pk__in=some).update(**moved)
    return HandedOver(len(coming), tuple(each.starts_at for each in beside))


def beside_others(coming: Iterable[Appointment], there: Iterable[Appointment]) -> list[Appointment]:
    """Return those of `coming` whose time, buffers included, is taken by one that is `there`.

    Both are in the order of their time.
    """
    taken = list(there)
    found = []
    for each in sorted(coming, key=lambda one: (one.busy_from, one.pk)):
        taken = [other for other in taken if other.busy_until > each.busy_from]
        if any(other.busy_from < each.busy_until for other in taken):
            found.append(each)
    return found


def _in_parts(ids: list[int], size: int = 500) -> Iterable[list[int]]:
    for start in range(0, len(ids), size):
        yield ids[start : start + size]
