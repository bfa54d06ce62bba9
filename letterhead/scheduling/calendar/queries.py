"""What the calendar draws: people, their appointments, and when they have no hours.

Times are told on the reader's clock, without a zone: the component draws them as they are.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from letterhead.details.faces import face_in
from letterhead.practices.models import Membership
from letterhead.scheduling.models import Appointment
from letterhead.scheduling.queries import (
    appointments_seen_by,
    between,
    calendars_changed_by,
    calendars_seen_by,
)
from letterhead.scheduling.shown import Shown, Viewer, for_list
from letterhead.scheduling.timetables import timetable_of
from letterhead.slots.wall_clock import Span, joined, without
from letterhead.ui.dates import time as time_of_day

MOST_DAYS = 45  # a month's page, with the days around it
_DAY = dt.timedelta(days=1)
_EARLIEST, _LATEST = dt.date(1900, 1, 8), dt.date(2099, 12, 24)  # what forms accept, less a week
_USUAL = (dt.time(8), dt.time(18))  # what is drawn of a day at least

Drawn = dict[str, Any]


def read_days(first: str, after: str) -> tuple[dt.date, dt.date] | None:
    """Return the days from `first` to before `after`; None for what isn't that, or is too long."""
    try:
        days = dt.date.fromisoformat(first), dt.date.fromisoformat(after)
    except ValueError:
        return None
    in_bounds = _EARLIEST <= days[0] < days[1] <= _LATEST + MOST_DAYS * _DAY
    return days if in_bounds and (days[1] - days[0]).days <= MOST_DAYS else None


def drawn_for(
    member: Membership, first: dt.date, after: dt.date, *, clinician: int | None = None
) -> Drawn:
    """Return what a member sees of the days from `first` to before `after`.

    Hours off are drawn where they have a column of their own: of one day, or of one clinician.
    """
    people = list(calendars_seen_by(member))
    if clinician is not None:
        people = [each for each in people if each.pk == clinician]
    here = timezone.get_current_timezone()
    begins, ends = (dt.datetime.combine(day, dt.time(), here) for day in (first, after))
    rows = between(appointments_seen_by(member), begins, ends)
    if clinician is not None:
        rows = rows.filter(practitioner=clinician)
    changes = set(calendars_changed_by(member).values_list("pk", flat=True))
    viewer = Viewer(member)
    events = [
        _event(viewer.shown(row), row.practitioner_id in changes)
        for row in for_list(rows, member.practice)
    ]
    off: list[Drawn] = []
    if (after - first).days == 1 or (len(people) == 1 and (after - first).days <= 7):
        ids = [each.pk for each in people]
        off = list(_hours_off(member, ids, Span(begins, ends)))
    return {
        # 0 stands for an appointment's id
        "page": reverse("appointment", args=[0]),
        "move": reverse("move-appointment", args=[0]),
        "people": [_person(each) for each in people],
        "appointments": events,
        "off": off,
        **_part_of_day(events, off),
    }


def _person(practitioner: Any) -> Drawn:
    face = face_in(practitioner)
    return {
        "id": practitioner.pk,
        "title": str(practitioner),
        "photo": face.photo_url,
        "initials": face.initials,
    }


def _event(shown: Shown, is_changeable: bool) -> Drawn:
    row = shown.appointment
    return {
        "id": row.pk,
        "person": row.practitioner_id,
        "start": _wall(row.starts_at),
        "end": _wall(row.ends_at),
        "title": shown.title,
        "says": " · ".join(_says(shown, row)),
        "color": row.service.color,
        "canceled": shown.canceled,
        "tone": shown.tone,
        "movable": is_changeable and not shown.canceled,
    }


def _says(shown: Shown, row: Appointment) -> Iterator[str]:
    """Yield what matters most first: narrow columns cut off the rest."""
    if shown.state and (shown.tone or shown.canceled or row.capacity > 1):
        yield shown.state
    yield time_of_day(row.starts_at)
    if shown.canceled:
        return
    yield row.location.name
    if shown.title != row.service.name:
        yield row.service.name
    if row.series_id:
        yield _("repeats")


def _hours_off(member: Membership, people: list[int], whole: Span) -> Iterator[Drawn]:
    """When these clinicians have no hours, as far as they have entered any at all."""
    first, last = (at.astimezone(member.practice.zone).date() for at in whole)
    table = timetable_of(member.practice, people, first=first, last=last)
    days = [first + n * _DAY for n in range(-1, (last - first).days + 2)]
    for person in people:
        if not table.hours[person]:
            continue
        opened = table.availability(person, None).open_spans(days)
        for begins, ends in without([whole], joined(opened)):
            yield {"person": person, "start": _wall(begins), "end": _wall(ends)}


def _part_of_day(events: list[Drawn], off: list[Drawn]) -> Drawn:
    """The hours to draw: the usual ones, more where appointments or hours begin or end outside."""
    starts = [each["start"][11:16] for each in events]
    starts += [each["end"][11:16] for each in off if each["end"][11:16] != "00:00"]
    ends = [each["end"][11:16] for each in events if each["end"][:10] == each["start"][:10]]
    ends += [each["start"][11:16] for each in off]
    if any(each["end"][:10] != each["start"][:10] for each in events):
        ends.append("24:00")
    earliest = min([*starts, f"{_USUAL[0]:%H:%M}"])
    latest = max([*ends, f"{_USUAL[1]:%H:%M}"])
    hour = int(latest[:2]) + (latest[3:] > "00")
    return {"earliest": f"{earliest[:2]}:00", "latest": f"{hour:02}:00"}


def _wall(at: dt.datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%dT%H:%M:%S}"
