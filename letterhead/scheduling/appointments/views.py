"""The calendar: days with their appointments."""

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page

from letterhead.billing.queries import visits_of_attendees
from letterhead.details.faces import Face, face_of
from letterhead.places.choices import zone_label
from letterhead.practices.access import members_only
from letterhead.practices.middleware import PracticeRequest
from letterhead.practices.roles import Act, makes_appointments, may
from letterhead.scheduling.appointments import queries
from letterhead.scheduling.repeating.dates import in_words
from letterhead.ui.by_key import read_id
from letterhead.ui.dates import TimeStyle

AGENDA, DAY, WEEK, MONTH = "agenda", "day", "week", "month"


@dataclass(frozen=True)
class Asked:
    """What an address of the calendar asks for: which view, around which day, whose."""

    view: str
    day: dt.date
    days: queries.Days
    clinician: int | None

    def url(self, **other: object) -> str:
        """Return an address that asks for the same, except for `other`."""
        asked = {"view": self.view, "day": self.day, "clinician": self.clinician or ""}
        return f"{reverse('calendar')}?{urlencode({**asked, **other})}"


@gzip_page
@members_only()
def calendar(request: PracticeRequest) -> HttpResponse:
    """List a day's, a week's or a month's appointments, of one clinician or of all that they see.

    Scripts draw the list as a grid, except for the agenda.
    """
    columns = queries.columns_for(request.membership)
    asked = _asked(request, [column.pk for column in columns])
    listed = queries.agenda_of(request.membership, asked.days, clinician=asked.clinician)
    views = {DAY: _("Day"), WEEK: _("Week"), MONTH: _("Month"), AGENDA: _("Agenda")}
    context = {
        "asked": asked,
        "days": asked.days,
        "listed": listed,
        "number": sum(len(shown) for _day, shown in listed),
        "columns": columns,
        "faces": {column.pk: _drawn_face(column.face) for column in columns},
        "earlier": asked.url(day=asked.days.before),
        "today": asked.url(day=timezone.localdate()),
        "later": asked.url(day=asked.days.after),
        "views": [
            (label, asked.url(view=name), name == asked.view) for name, label in views.items()
        ],
        "adding": {"day": asked.day.isoformat(), "clinician": asked.clinician},
        "may_add": makes_appointments(request.membership),
        **_drawn(request, asked),
    }
    return render(request, "scheduling/appointments/calendar.html", context)


def _drawn_face(face: Face) -> str:
    """Draw a face once for all appointments of a clinician: each would take as long as a row."""
    return render_to_string("details/face.html", {"class": "face", "size": 32, "face": face})


def _drawn(request: PracticeRequest, asked: Asked) -> dict[str, object]:
    """Return what the component needs to know of the reader and of the days."""
    preferences = request.membership.preferences
    first, number = asked.days.first, asked.days.number
    if asked.view == MONTH:  # in whole weeks
        first = queries.week_of(first, starts_on=preferences.week_starts_on).first
        number = 42
    return {
        "drawn_from": first,
        "drawn_until": first + dt.timedelta(days=number),
        "here": asked.url(),
        "agenda": asked.url(view=AGENDA),
        "first_day": queries.week_day(preferences.week_starts_on),
        "offset": timezone.localtime().isoformat()[-6:],
        "twelve": "yes" if preferences.time_style == TimeStyle.TWELVE else "",
    }


@members_only()
def appointment(request: PracticeRequest, pk: int) -> HttpResponse:
    """Show an appointment: when, with whom, who comes, and what can be done."""
    shown = get_object_or_404(queries.appointment_shown(request.membership), pk=pk)
    member = request.membership
    people = queries.people_shown(member, shown)
    whose = shown.practitioner.membership
    context = {
        "row": shown,
        "whose_face": face_of(whose) if whose else None,
        "people": people,
        "is_group": shown.capacity > 1,
        "repeats": in_words(shown.series.rule) if shown.series else "",
        "may_bill": may(member, Act.BILL),
        "visits": visits_of_attendees(each.person.pk for each in people),
        "may_change": queries.appointments_to_change(member).filter(pk=pk).exists(),
        "may_add_clients": may(member, Act.CHANGE_CLIENTS),
        "has_place": sum(each.person.takes_a_place for each in people) < shown.capacity,
        "zone": zone_label(timezone.get_current_timezone_name()),
    }
    return render(request, "scheduling/appointments/appointment.html", context)


def _asked(request: PracticeRequest, clinicians: list[int]) -> Asked:
    """Read an address; what can't be understood is the week of today, and everyone."""
    day = queries.read_day(request.GET.get("day", ""))
    starts_on = request.membership.preferences.week_starts_on
    named = request.GET.get("view", "")
    view = named if named in (AGENDA, DAY, MONTH) else WEEK
    days = queries.week_of(day, starts_on=starts_on)
    if view == DAY:
        days = queries.Days(day, 1)
    elif view == MONTH:
        days = queries.month_of(day)
    chosen = read_id(request.GET.get("clinician", ""))
    return Asked(view, day, days, chosen if chosen in clinicians else None)
