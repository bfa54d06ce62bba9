"""Which appointments of a series a change is about, and a series as calendars exchange it."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from letterhead.scheduling.columns import State
from letterhead.scheduling.models import Appointment, Attendee, Series
from letterhead.scheduling.repeating.dates import days_of
from letterhead.slots.wall_clock import instant_of


class Scope(TextChoices):
    """How much of a series a change is about."""

    THIS = "this", _("This one")
    FOLLOWING = "following", _("This and following")
    ALL = "all", _("All")


def followers(appointment: Appointment, scope: str) -> QuerySet[Appointment]:
    """Return the appointments that a change of this one is about, by their days.

    What was changed alone, canceled or attended, or has begun, stays as it is; only the one that
    was asked for is among them all the same.
    """
    if appointment.series_id is None or scope == Scope.THIS:
        return Appointment.objects.filter(pk=appointment.pk)
    settled = Attendee.objects.filter(
        appointment=OuterRef("pk"), state__in=[State.ATTENDED, State.NO_SHOW]
    )
    as_planned = Q(apart=False, takes_time=True, starts_at__gt=timezone.now()) & ~Exists(settled)
    rows = Appointment.objects.filter(as_planned | Q(pk=appointment.pk))
    rows = rows.filter(series=appointment.series_id)
    if scope == Scope.FOLLOWING:
        rows = rows.filter(series_day__gte=appointment.series_day)
    return rows.order_by("series_day")


@dataclass(frozen=True)
class Exported:
    """A series as RFC 5545 writes it: all of it follows from the rule, but for the exceptions.

    Days are the practice's, `starts` is on its wall clock. `moved` has the appointments that aren't
    where the rule puts them, under the instant there (RECURRENCE-ID).
    """

    uid: str
    first_day: dt.date
    starts: dt.time
    rule: str
    without: tuple[dt.date, ...]
    moved: dict[dt.datetime, Appointment]


def exported(series: Series, appointments: list[Appointment]) -> Exported:
    """Return a series for a calendar file; `appointments` are all that belong to it."""
    zone, by_day = series.practice.time_zone, {each.series_day: each for each in appointments}
    without, moved = [], {}
    usual = _usual_minutes(appointments)
    for day in days_of(series.rule, series.first_day):
        there, row = instant_of(zone, day, series.starts), by_day.get(day)
        if row is None or not row.takes_time or there is None:
            without.append(day)
        elif row.starts_at != there or row.ends_at - row.starts_at != usual or row.apart:
            moved[there] = row
    return Exported(
        str(series.uid), series.first_day, series.starts, series.rule, tuple(without), moved
    )


def _usual_minutes(appointments: list[Appointment]) -> dt.timedelta | None:
    """Return how long those last that weren't changed alone."""
    lasting = [each.ends_at - each.starts_at for each in appointments if not each.apart]
    return lasting[0] if lasting else None
