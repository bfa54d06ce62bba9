"""When clinicians see clients: each change in one transaction, recorded, their diary locked."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_noop

from letterhead.accounts.models import User
from letterhead.activity.actions import record
from letterhead.practices.models import Practice
from letterhead.scheduling.columns import Weekday
from letterhead.scheduling.diaries import lock, practice_changed
from letterhead.scheduling.models import Hours, TimeOff

_MIDNIGHT = dt.time()


class Overlaps(Exception):
    """A clinician has other hours at that time; `other` are these."""

    def __init__(self, other: Hours) -> None:
        super().__init__("other hours at that time")
        self.other = other


@dataclass(frozen=True, kw_only=True)
class NewHours:
    """Hours of every `weekday`, or of one `day`; without `location_id` at any."""

    starts: dt.time
    ends: dt.time
    location_id: int | None = None
    weekday: int | None = None
    day: dt.date | None = None
    first_day: dt.date | None = None
    last_day: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class NewTimeOff:
    """Days off, both included; with times, from and to these."""

    first_day: dt.date
    last_day: dt.date
    starts: dt.time | None = None
    ends: dt.time | None = None
    reason: str = ""


@transaction.atomic(durable=True)
def add_hours(
    clinician: Any, *, new: NewHours, by: User, also_on: Iterable[int] = ()
) -> list[Hours]:
    """Add hours of a clinician, the same `also_on` other weekdays; all or none. Raises Overlaps."""
    lock(clinician.pk)
    days = sorted({*also_on} - {new.weekday})
    added = []
    for each in (new, *(replace(new, weekday=day) for day in days)):
        hours = Hours(practitioner=clinician, **asdict(each))
        _refuse_overlap(hours)
        hours.save(force_insert=True)
        added.append(hours)
    act = gettext_noop("added an exception") if new.day else gettext_noop("added hours")
    _record(act, clinician, by, {"hours": ["", "; ".join(map(_in_short, added))]})
    return added


@transaction.atomic(durable=True)
def change_hours(hours: Hours, *, new: NewHours, by: User) -> bool:
    """Change hours; return whether anything changed. Raises Overlaps."""
    lock(hours.practitioner_id)
    changed = Hours(pk=hours.pk, practitioner=hours.practitioner, **asdict(new))
    _refuse_overlap(changed)
    before, after = _in_short(hours), _in_short(changed)
    if before == after:
        return False
    Hours.objects.filter(pk=hours.pk).update(**asdict(new))
    act = gettext_noop("changed an exception") if hours.day else gettext_noop("changed hours")
    _record(act, hours.practitioner, by, {"hours": [before, after]})
    return True


@transaction.atomic(durable=True)
def remove_hours(hours: Hours, *, by: User) -> None:
    """Remove hours."""
    lock(hours.practitioner_id)
    if not Hours.objects.filter(pk=hours.pk).delete()[0]:
        return  # a second press
    act = gettext_noop("removed an exception") if hours.day else gettext_noop("removed hours")
    _record(act, hours.practitioner, by, {"hours": [_in_short(hours), ""]})


@transaction.atomic(durable=True)
def add_time_off(practice: Practice, *, clinician: Any, new: NewTimeOff, by: User) -> TimeOff:
    """Add time off of a clinician; of everyone in the practice if `clinician` is None."""
    _lock_whose(practice.pk, clinician.pk if clinician else None)
    off = TimeOff.objects.create(practice=practice, practitioner=clinician, **asdict(new))
    act = gettext_noop("added time off") if clinician else gettext_noop("added a practice holiday")
    _record(act, clinician or practice, by, {"days": ["", _days_in_short(off)]})
    return off


@transaction.atomic(durable=True)
def remove_time_off(off: TimeOff, *, by: User) -> None:
    """Remove time off, or a holiday of the practice."""
    _lock_whose(off.practice_id, off.practitioner_id)
    if not TimeOff.objects.filter(pk=off.pk).delete()[0]:
        return  # a second press
    act = gettext_noop("removed a practice holiday")
    if off.practitioner_id:
        act = gettext_noop("removed time off")
    about = off.practitioner or off.practice
    _record(act, about, by, {"days": [_days_in_short(off), ""]})


def _lock_whose(practice: int, clinician: int | None) -> None:
    """Lock what time off of a clinician, or of the whole practice, hangs on."""
    if clinician is None:
        practice_changed(practice)
    else:
        lock(clinician)


def _refuse_overlap(hours: Hours) -> None:
    """Refuse a second place at one time: nobody is in two. Raises Overlaps."""
    others = Hours.objects.filter(practitioner=hours.practitioner_id).exclude(pk=hours.pk)
    if hours.day:
        others = others.filter(day=hours.day)
    else:
        others = others.filter(weekday=hours.weekday)
        if hours.first_day:
            others = others.filter(Q(last_day=None) | Q(last_day__gte=hours.first_day))
        if hours.last_day:
            others = others.filter(Q(first_day=None) | Q(first_day__lte=hours.last_day))
    for other in others.select_related("location").order_by("starts"):
        if _begins_before_end(hours, other) and _begins_before_end(other, hours):
            raise Overlaps(other)


def _begins_before_end(hours: Hours, other: Hours) -> bool:
    return other.ends == _MIDNIGHT or hours.starts < other.ends


def _in_short(hours: Hours) -> str:
    """Return hours as the record has them, the same in every language."""
    when = f"{hours.day}" if hours.day else Weekday(hours.weekday).name.capitalize()  # type: ignore[arg-type]
    parts = [when, f"{hours.starts:%H:%M}-{hours.ends:%H:%M}"]
    if hours.first_day or hours.last_day:
        parts.append(f"({hours.first_day or ''}/{hours.last_day or ''})")
    return " ".join([*parts, str(hours.location or "")]).strip()


def _days_in_short(off: TimeOff) -> str:
    """Return days off as the record has them; the reason is nobody's business there."""
    times = [f"{time:%H:%M}" if time else "" for time in (off.starts, off.ends)]
    first, last = f"{off.first_day} {times[0]}".strip(), f"{off.last_day} {times[1]}".strip()
    return f"{first}/{last}"


def _record(act: str, about: Any, by: User, changes: dict[str, Any]) -> None:
    record(
        act,
        practice=getattr(about, "practice_id", about.pk),
        person=by.pk,
        person_name=by.email,
        about=str(about),
        changes=changes,
    )
