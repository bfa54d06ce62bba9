"""The waiting list of a full day: joining it, and the page behind the link to a place in it."""

import datetime as dt
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from letterhead.accounts.limits import count_try
from letterhead.booking.pages import Gone
from letterhead.booking.queries import languages_of
from letterhead.booking.scheduler.asked import Asked, asked_of, query_of
from letterhead.booking.scheduler.change_views import over
from letterhead.booking.scheduler.forms import BookingForm
from letterhead.booking.scheduler.held import new_key
from letterhead.booking.scheduler.links import form_token, read_form
from letterhead.booking.scheduler.pages import frame, service_path, summary, wait_path, way_at
from letterhead.booking.scheduler.queries import Desk, desk_at, times_of
from letterhead.booking.views import asked_language, framed_by, public_form
from letterhead.practices.models import Location
from letterhead.scheduling.actions import (
    NotForNewClients,
    Over,
    Taken,
    accept,
    join,
    leave_list,
    waiting_with,
)
from letterhead.scheduling.links import InvalidLink, To, key_in, link_to, link_to_place
from letterhead.scheduling.models import Waiting
from letterhead.ui.languages import best_of, speaking, spoken


@public_form
def wait(
    request: HttpRequest, practice: str, service: int, clinician: str = ""
) -> HttpResponseBase:
    """Ask who waits for a full day, and put them on its list."""
    desk, asked = desk_at(practice, service, clinician), asked_of(request.GET)
    if desk is None or (place := desk.place(asked.at)) is None:
        raise Gone
    if not asked.day or asked.day not in times_of(desk.chosen(place), asked.day, asked.day).full:
        query = query_of(at=place.pk, day=asked.day, zone=asked.zone)
        return HttpResponseRedirect(service_path(desk) + query)
    with speaking(best_of(asked_language(request), languages_of(practice))):
        if request.method == "POST":
            return _joined(request, desk, place, asked, asked.day)
        token = form_token(new_key(), desk.chosen(place))
        initial = {"token": token, "zone": asked.zone}
        return _page(desk, place, asked, _form(desk, place, initial=initial))


@public_form
def place(request: HttpRequest, practice: str, token: str) -> HttpResponseBase:
    """Show how it stands with a place on the list; book what is offered, or leave the list."""
    try:
        waiting = waiting_with(key_in(token, To.WAIT))
    except (InvalidLink, Over):
        return over(request, practice)
    if waiting.practice.slug != practice:
        return over(request, practice)
    if request.method == "POST":
        return _answered(request, practice, waiting)
    return _place(request, practice, waiting)


def _form(desk: Desk, place: Location, data: Any = None, **options: Any) -> BookingForm:
    return BookingForm(
        data,
        practice=desk.practice.name,
        country=desk.practice.country,
        for_current=not desk.chosen(place).for_new_clients,
        **options,
    )


def _joined(
    request: HttpRequest, desk: Desk, place: Location, asked: Asked, day: dt.date
) -> HttpResponseBase:
    form, chosen = _form(desk, place, request.POST), desk.chosen(place)
    try:
        read_form(request.POST.get("token", ""), chosen)
    except InvalidLink:
        again = request.POST.copy()
        again["token"] = form_token(new_key(), chosen)
        form = _form(desk, place, again)
        form.add_error(None, _("This page was open for too long. Send it again."))
    if not form.is_valid():
        return _page(desk, place, asked, form)
    email = form.cleaned_data["email"]
    if error := count_try(request, "book for an email", account=email).error:
        form.add_error(None, error)
        return _page(desk, place, asked, form, HTTPStatus.TOO_MANY_REQUESTS)
    zone = form.cleaned_data["zone"] or asked.zone
    who = form.who(time_zone=desk.way.in_zone(zone).zone, language=spoken())
    clinician = chosen.clinicians[0] if desk.clinician else None
    try:
        waiting = join(chosen, day, who, clinician=clinician)
    except NotForNewClients:
        form.add_error(None, _("This is for clients who have been here before."))
        return _page(desk, place, asked, form)
    return HttpResponseRedirect(link_to_place(waiting), status=HTTPStatus.SEE_OTHER)


def _page(
    desk: Desk,
    place: Location,
    asked: Asked,
    form: BookingForm,
    status: HTTPStatus | None = None,
) -> HttpResponseBase:
    way = way_at(desk, place, asked.zone)
    query = query_of(at=place.pk, day=asked.day, zone=asked.zone)
    context = {
        **frame(desk),
        **summary(desk, place),
        "form": form,
        "way": way,
        "day": way.day_and_year(asked.day) if asked.day else "",
        "back_url": service_path(desk) + query,
        "action": wait_path(desk) + query,
    }
    wrong = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound and form.errors else HTTPStatus.OK
    return _answer("booking/scheduler/wait.html", context, status or wrong)


def _answered(request: HttpRequest, practice: str, waiting: Waiting) -> HttpResponseBase:
    try:
        if "leave" in request.POST:
            leave_list(waiting.key)
        else:
            booked = accept(waiting.key)
            return HttpResponseRedirect(link_to(To.SEE, booked), status=HTTPStatus.SEE_OTHER)
    except (Over, Taken):
        waiting = waiting_with(waiting.key)
        return _place(request, practice, waiting, HTTPStatus.CONFLICT, taken=True)
    return HttpResponseRedirect(link_to_place(waiting), status=HTTPStatus.SEE_OTHER)


def _place(
    request: HttpRequest,
    practice: str,
    waiting: Waiting,
    status: HTTPStatus = HTTPStatus.OK,
    *,
    taken: bool = False,
) -> HttpResponseBase:
    desk = desk_at(practice, waiting.service_id)
    place = desk.place(waiting.location_id) if desk else None
    if desk is None or place is None:
        return over(request, practice)
    held, now = waiting.held, timezone.now()
    is_offered = bool(held and held.held_until and held.held_until > now)
    with speaking(best_of(asked_language(request), languages_of(practice))):
        way = way_at(desk, place, waiting.time_zone)
        context = {
            **frame(desk),
            "state": waiting.state,
            "service": waiting.service,
            "day": way.day_and_year(waiting.day),
            "is_offered": is_offered and waiting.state == Waiting.State.OFFERED,
            "when": way.moment(held.appointment.starts_at) if held else "",
            "until": way.moment(held.held_until) if held and held.held_until else "",
            "taken": taken,
            "service_url": service_path(desk),
        }
        return _answer("booking/scheduler/waiting.html", context, status)


def _answer(template: str, context: dict[str, Any], status: HTTPStatus) -> HttpResponseBase:
    text = render_to_string(template, context)
    answer = HttpResponse(text, status=status, headers={"X-Robots-Tag": "noindex"})
    return framed_by(answer, context["framed_by"])
