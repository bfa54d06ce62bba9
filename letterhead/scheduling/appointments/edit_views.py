"""Making, moving and canceling appointments: the pop-ups."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from letterhead.activity.changes import Stale
from letterhead.details.queries import practitioner_of
from letterhead.practices.access import members_only
from letterhead.practices.middleware import PracticeRequest
from letterhead.practices.queries import locations_in
from letterhead.practices.roles import makes_appointments
from letterhead.scheduling.appointments import queries
from letterhead.scheduling.appointments.actions import cancel, change_note, make, move
from letterhead.scheduling.appointments.attendance import AlreadyThere, Full, add_person
from letterhead.scheduling.appointments.conflicts import InTheWay, Plan
from letterhead.scheduling.appointments.forms import (
    AddPersonForm,
    Answered,
    AppointmentForm,
    CancelForm,
    MoveForm,
    NoteForm,
)
from letterhead.scheduling.diaries import Taken
from letterhead.scheduling.models import Appointment
from letterhead.scheduling.repeating.queries import Scope
from letterhead.ui.by_key import read_id
from letterhead.ui.forms.rows import posted, saving
from letterhead.ui.http import done, page_or_dialog
from letterhead.ui.toasts import outcome

_FOLDER = "scheduling/appointments"


@members_only()
def add(request: PracticeRequest) -> HttpResponse:
    """Add an appointment, or a series of them."""
    if not makes_appointments(request.membership):
        raise PermissionDenied
    form = AppointmentForm(
        posted(request),
        member=request.membership,
        locations=locations_in(request.practice),
        initial=_asked_for(request),
    )
    title, back = _("Add appointment"), _way_back(request, reverse("calendar"))
    if not (saving(request) and form.is_valid()):
        return _page(request, "edit_appointment", title, back, form)
    try:
        made = make(
            form.plan(),
            form.when(),
            by=request.user,
            note=form.cleaned_data["note"],
            telling=form.cleaned_data["telling"],
            answer=form.answer(),
        )
    except (InTheWay, Taken) as refused:
        return _ask(request, "edit_appointment", title, back, form, refused)
    return done(request, _way_back(request, page_of(made)), _("Appointment added"))


@members_only()
def move_appointment(request: PracticeRequest, pk: int) -> HttpResponse:
    """Move an appointment to another time, clinician or place, maybe with its series."""
    now = _to_change(request, pk)
    form = MoveForm(
        posted(request),
        appointment=now,
        member=request.membership,
        locations=locations_in(request.practice, current=now.location_id),
        asked=_dragged_to(request),
    )
    title, back = _("Move appointment"), _way_back(request, page_of(now))
    if not (saving(request) and form.is_valid()):
        return _page(request, "edit_appointment", title, back, form, moving=now)
    try:
        move(
            now,
            form.plan(),
            form.cleaned_data["starts_at"],
            read_at_version=form.cleaned_data["version"],
            by=request.user,
            scope=form.cleaned_data.get("scope", Scope.THIS),
            telling=form.cleaned_data["telling"],
            answer=form.answer(),
        )
    except (InTheWay, Taken) as refused:
        return _ask(request, "edit_appointment", title, back, form, refused, moving=now)
    except Stale as stale:
        return _stale(request, "edit_appointment", title, form, stale, moving=now)
    return done(request, back, _("Appointment moved"))


@members_only()
def cancel_appointment(request: PracticeRequest, pk: int) -> HttpResponse:
    """Cancel an appointment, maybe with its series, or for one person in it (`person`)."""
    now = _to_change(request, pk)
    asked = read_id(request.GET.get("person", ""))
    person = get_object_or_404(now.attendees, pk=asked) if asked else None
    form = CancelForm(posted(request), appointment=now, whole=person is None)
    title, back = _("Cancel appointment"), page_of(now)
    if not (saving(request) and form.is_valid()):
        return _page(request, "cancel", title, back, form, moving=now, person=person)
    cleaned = form.cleaned_data
    try:
        cancel(
            now,
            read_at_version=cleaned["version"],
            by=request.user,
            scope=cleaned.get("scope", Scope.THIS),
            person=person.pk if person else None,
            late=cleaned["late"],
            telling=cleaned["telling"],
        )
    except Stale as stale:
        return _stale(request, "cancel", title, form, stale, moving=now, person=person)
    return done(request, back, _("Appointment canceled"))


@members_only()
def edit_note(request: PracticeRequest, pk: int) -> HttpResponse:
    """Edit the note of an appointment."""
    now = _to_change(request, pk)
    form = NoteForm(posted(request), appointment=now)
    title, back = _("Edit note"), page_of(now)
    if not (saving(request) and form.is_valid()):
        return _page(request, "note", title, back, form)
    note, version = form.cleaned_data["note"], form.cleaned_data["version"]
    try:
        changed = change_note(now, note, read_at_version=version, by=request.user)
    except Stale as stale:
        return _stale(request, "note", title, form, stale)
    return done(request, back, outcome(changed, _("Note saved")))


@members_only()
def add_client(request: PracticeRequest, pk: int) -> HttpResponse:
    """Let one more client come to a group's appointment."""
    now = _to_change(request, pk)
    form = AddPersonForm(posted(request), member=request.membership, initial={"telling": True})
    title, back = _("Add client"), page_of(now)
    if not (saving(request) and form.is_valid()):
        return _page(request, "add_person", title, back, form)
    client = form.cleaned_data["client"]
    try:
        add_person(
            now,
            _as_it_is(now, client),
            by=request.user,
            telling=form.cleaned_data["telling"],
            answer=form.answer(),
        )
    except InTheWay as refused:
        return _ask(request, "add_person", title, back, form, refused)
    except Full:
        form.add_error("client", _("All places are taken."))
    except AlreadyThere:
        form.add_error("client", _("This client already comes to this appointment."))
    else:
        return done(request, back, _("%(client)s added") % {"client": client})
    return _page(request, "add_person", title, back, form)


def page_of(appointment: Appointment) -> str:
    """Return the address of an appointment's page."""
    return reverse("appointment", args=[appointment.pk])


def _to_change(request: PracticeRequest, pk: int) -> Appointment:
    return get_object_or_404(queries.appointments_to_change(request.membership), pk=pk)


def _asked_for(request: PracticeRequest) -> dict[str, object]:
    """Return what the page that leads here has chosen; the clinician is usually oneself."""
    asked: dict[str, Any] = {"client": request.GET.get("client")}
    whose = request.GET.get("practitioner") or request.GET.get("clinician", "")
    asked["practitioner"] = read_id(whose) or practitioner_of(request.membership).pk
    asked["service"] = read_id(request.GET.get("service", ""))
    asked["minutes"] = read_id(request.GET.get("minutes", "")) or queries.usual_minutes(
        request.practice, service=asked["service"], practitioner=asked["practitioner"]
    )
    asked["starts"] = queries.read_time(request.GET.get("starts", ""))
    asked["day"] = queries.read_day(request.GET.get("day", ""))
    return {"telling": True, **_without_nothing(asked)}


def _dragged_to(request: PracticeRequest) -> dict[str, object]:
    """Return where the calendar's grid wants an appointment to be; nothing when it is untouched."""
    if "day" not in request.GET:
        return {}
    asked: dict[str, object] = {"minutes": read_id(request.GET.get("minutes", ""))}
    asked["starts"] = queries.read_time(request.GET.get("starts", ""))
    asked["day"] = queries.read_day(request.GET["day"])
    asked["practitioner"] = read_id(request.GET.get("clinician", ""))
    return _without_nothing(asked)


def _without_nothing(asked: dict[str, object]) -> dict[str, object]:
    """Midnight is something."""
    return {name: value for name, value in asked.items() if value is not None and value != ""}


def _way_back(request: PracticeRequest, otherwise: str) -> str:
    """Return the address of the calendar that a pop-up was opened on, as it was, if it says so."""
    back = request.GET.get("back", "")
    return back if back.startswith(f"{reverse('calendar')}?") else otherwise


def _as_it_is(appointment: Appointment, client: object) -> Plan:
    return Plan(
        practice=appointment.practice,
        practitioner=appointment.practitioner,
        service=appointment.service,
        location=appointment.location,
        minutes=(appointment.ends_at - appointment.starts_at).seconds // 60,
        clients=(client,),  # type: ignore[arg-type]  # what a form of clients has
    )


def _page(
    request: PracticeRequest,
    template: str,
    title: str,
    back: str,
    form: object,
    status: int | None = None,
    **more: Any,
) -> HttpResponse:
    context = {"title": title, "back": back, "form": form, **more}
    return page_or_dialog(request, f"{_FOLDER}/{template}.html", context, status=status)


def _ask(
    request: PracticeRequest,
    template: str,
    title: str,
    back: str,
    form: Answered,
    refused: InTheWay | Taken,
    **more: Any,
) -> HttpResponse:
    """Show what is in the way, with all that was typed, and ask whether to book anyway."""
    if isinstance(refused, Taken):
        form.add_error("starts", _("Someone else has just taken this time. Choose another one."))
        return _page(request, template, title, back, form, **more)
    form.ask_about(refused.found)
    return _page(request, template, title, back, form, status=422, found=refused.found, **more)


def _stale(
    request: PracticeRequest,
    template: str,
    title: str,
    form: MoveForm | CancelForm | NoteForm,
    stale: Stale,
    **more: Any,
) -> HttpResponse:
    """Say that someone changed it; the next save is about it as it is now."""
    now: Appointment = stale.now  # type: ignore[assignment]  # of this model
    data = form.data.copy()  # type: ignore[attr-defined]  # a QueryDict
    data["version"] = str(now.version)
    form.data = data
    words = _("Someone else changed this appointment. Check its page, or save again.")
    form.add_error(None, words)
    return _page(request, template, title, page_of(now), form, **more)
