"""Availability: when a clinician sees clients, and the pop-ups that change it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from letterhead.practices.access import members_only
from letterhead.practices.middleware import PracticeRequest
from letterhead.practices.queries import locations_in
from letterhead.practices.roles import Act, may
from letterhead.scheduling.availability.actions import (
    NewHours,
    Overlaps,
    add_hours,
    add_time_off,
    change_hours,
    remove_hours,
    remove_time_off,
)
from letterhead.scheduling.availability.forms import (
    ExceptionForm,
    NewWeeklyForm,
    RemovalForm,
    TimeOffForm,
    WeeklyForm,
)
from letterhead.scheduling.availability.page import page_of
from letterhead.scheduling.availability.queries import hours_changed_by, time_off_changed_by
from letterhead.scheduling.availability.week import off_in_words, row_in_words
from letterhead.scheduling.models import Hours
from letterhead.scheduling.queries import availability_changed_by, calendars_seen_by
from letterhead.ui.by_key import read_id
from letterhead.ui.forms.rows import posted, saving
from letterhead.ui.http import done, page_or_dialog
from letterhead.ui.toasts import outcome


@members_only()
def availability(request: PracticeRequest) -> HttpResponse:
    """Show when a clinician sees clients: the member themselves, or the one that was asked for."""
    clinicians = list(calendars_seen_by(request.membership))
    clinician = _asked_for(request, clinicians)
    context = {"clinicians": clinicians, "clinician": clinician}
    if clinician:
        context |= page_of(request.membership, clinician)
    return render(request, "scheduling/availability/page.html", context)


def _asked_for(request: PracticeRequest, clinicians: list[Any]) -> Any:
    asked = request.GET.get("clinician")
    if asked is not None:
        wanted = read_id(asked)
        found = [each for each in clinicians if each.pk == wanted]
        if not found:
            raise Http404
        return found[0]
    own = [each for each in clinicians if each.membership_id == request.membership.pk]
    return next(iter(own or clinicians), None)


@members_only(Act.CHANGE_OWN_AVAILABILITY)
def new_hours(request: PracticeRequest, pk: int) -> HttpResponse:
    """Add hours."""
    clinician = get_object_or_404(availability_changed_by(request.membership), pk=pk)
    form = _hours_form(request, NewWeeklyForm)
    return _hours(
        request,
        form,
        lambda **said: add_hours(clinician, also_on=form.other_days, **said),  # type: ignore[union-attr]
        title=_("Add hours"),
        clinician=pk,
        said=_("Hours added"),
    )


@members_only(Act.CHANGE_OWN_AVAILABILITY)
def new_exception(request: PracticeRequest, pk: int) -> HttpResponse:
    """Add exception."""
    clinician = get_object_or_404(availability_changed_by(request.membership), pk=pk)
    form = _hours_form(request, ExceptionForm)
    return _hours(
        request,
        form,
        partial(add_hours, clinician),
        title=_("Add exception"),
        clinician=pk,
        said=_("Exception added"),
    )


@members_only(Act.CHANGE_OWN_AVAILABILITY)
def edit_hours(request: PracticeRequest, pk: int) -> HttpResponse:
    """Edit hours, or an exception."""
    hours = get_object_or_404(hours_changed_by(request.membership), pk=pk)
    form = _hours_form(request, ExceptionForm if hours.day else WeeklyForm, hours)
    return _hours(
        request,
        form,
        partial(change_hours, hours),
        title=_("Edit exception") if hours.day else _("Edit hours"),
        clinician=hours.practitioner_id,
        said=_("Hours saved"),
    )


def _hours_form(
    request: PracticeRequest,
    kind: type[WeeklyForm] | type[ExceptionForm],
    hours: Hours | None = None,
) -> WeeklyForm | ExceptionForm:
    current = hours.location_id if hours else None
    return kind(
        posted(request),
        practice=request.practice,
        locations=locations_in(request.practice, current=current),
        hours=hours,
    )


def _hours(
    request: PracticeRequest,
    form: WeeklyForm | ExceptionForm,
    save: Callable[..., list[Hours] | bool],
    *,
    title: str,
    clinician: int,
    said: str,
) -> HttpResponse:
    """Show the form of hours, or save them with the action `save` and return to the page."""
    back = _page_of(clinician)
    if saving(request) and form.is_valid():
        new: NewHours = form.hours()
        try:
            changed = save(new=new, by=request.user)
            return done(request, back, outcome(bool(changed), said))
        except Overlaps as taken:
            words = _("This overlaps with other hours: %(hours)s.")
            form.add_error("starts", words % {"hours": row_in_words(taken.other)})
    context = {"title": title, "back": back, "form": form}
    return page_or_dialog(request, "scheduling/availability/edit_hours.html", context)


@members_only(Act.CHANGE_OWN_AVAILABILITY)
def remove_some_hours(request: PracticeRequest, pk: int) -> HttpResponse:
    """Remove hours, or an exception, after a question."""
    hours = get_object_or_404(hours_changed_by(request.membership), pk=pk)
    return _removal(
        request,
        partial(remove_hours, hours),
        title=_("Remove exception") if hours.day else _("Remove hours"),
        what=row_in_words(hours),
        back=_page_of(hours.practitioner_id),
    )


@members_only(Act.CHANGE_OWN_AVAILABILITY)
def new_time_off(request: PracticeRequest, pk: int) -> HttpResponse:
    """Add time off, or a holiday of the practice."""
    clinician = get_object_or_404(availability_changed_by(request.membership), pk=pk)
    decides_for_all = may(request.membership, Act.CHANGE_ALL_AVAILABILITY)
    form = TimeOffForm(posted(request), practice=request.practice, decides_for_all=decides_for_all)
    back = _page_of(pk)
    if saving(request) and form.is_valid():
        whose = None if form.is_for_all else clinician
        add_time_off(request.practice, clinician=whose, new=form.time_off(), by=request.user)
        return done(request, back, _("Time off added"))
    context = {"title": _("Add time off"), "back": back, "form": form}
    return page_or_dialog(request, "scheduling/availability/edit_time_off.html", context)


@members_only(Act.CHANGE_OWN_AVAILABILITY)
def remove_some_time_off(request: PracticeRequest, pk: int) -> HttpResponse:
    """Remove time off, or a holiday of the practice, after a question."""
    off = get_object_or_404(time_off_changed_by(request.membership), pk=pk)
    return _removal(
        request,
        partial(remove_time_off, off),
        title=_("Remove time off"),
        what=off_in_words(off),
        back=_page_of(off.practitioner_id),
    )


def _removal(
    request: PracticeRequest, remove: Callable[..., None], *, title: str, what: str, back: str
) -> HttpResponse:
    form = RemovalForm(posted(request))
    if saving(request) and form.is_valid():
        remove(by=request.user)
        return done(request, back, _("%(what)s removed") % {"what": what})
    context = {"title": title, "back": back, "form": form, "what": what}
    return page_or_dialog(request, "scheduling/availability/remove.html", context)


def _page_of(clinician: int | None) -> str:
    page = reverse("availability")
    return f"{page}?clinician={clinician}" if clinician else page
