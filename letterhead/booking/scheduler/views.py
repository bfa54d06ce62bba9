"""What a visitor sees on the way to an appointment: times, the form, and that it is booked."""

import datetime as dt
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from letterhead.accounts.limits import count_try, network_of
from letterhead.booking.pages import Gone
from letterhead.booking.queries import languages_of
from letterhead.booking.scheduler.asked import asked_of, query_of, utc
from letterhead.booking.scheduler.forms import BookingForm
from letterhead.booking.scheduler.held import held_here, hold_here, new_key
from letterhead.booking.scheduler.links import form_token, read_form
from letterhead.booking.scheduler.pages import (
    form_path,
    frame,
    page_of_service,
    service_path,
    summary,
    way_at,
)
from letterhead.booking.scheduler.queries import Desk, desk_at, nearest
from letterhead.booking.views import asked_language, framed_by, public, public_form, send
from letterhead.practices.models import Location
from letterhead.scheduling.actions import NotForNewClients, Taken, book
from letterhead.scheduling.links import InvalidLink, To, link_to
from letterhead.scheduling.offers import Chosen, is_virtual
from letterhead.ui.dates import Way
from letterhead.ui.languages import best_of, speaking, spoken


@public
def service(
    request: HttpRequest, practice: str, service: int, clinician: str = ""
) -> HttpResponseBase:
    """Show when a service can be booked."""
    page = page_of_service(
        *(practice, service, clinician, asked_of(request.GET)),
        accept_language=asked_language(request),
    )
    return send(request, page)


@public_form
def form(
    request: HttpRequest, practice: str, service: int, clinician: str = ""
) -> HttpResponseBase:
    """Hold a time and ask who it is for; book it."""
    desk, asked = desk_at(practice, service, clinician), asked_of(request.GET)
    if desk is None or (place := desk.place(asked.at)) is None:
        raise Gone
    start = asked_of(request.POST).time or asked.time
    if start is None:
        return HttpResponseRedirect(service_path(desk) + query_of(at=asked.at, zone=asked.zone))
    wish = _Wish(request, desk, place, start, asked.zone)
    with speaking(best_of(asked_language(request), languages_of(practice))):
        return _sent(wish) if request.method == "POST" else _opened(wish)


@dataclass(frozen=True)
class _Wish:
    """What a visitor wants, before it is theirs."""

    request: HttpRequest
    desk: Desk
    place: Location
    start: dt.datetime
    zone: str

    @property
    def chosen(self) -> Chosen:
        return self.desk.chosen(self.place)

    @property
    def way(self) -> Way:
        return way_at(self.desk, self.place, self.zone)

    def form(self, data: Any = None, **options: Any) -> BookingForm:
        practice = self.desk.practice
        return BookingForm(
            data,
            practice=practice.name,
            country=practice.country,
            for_current=not self.chosen.for_new_clients,
            **options,
        )

    def initial(self, key: UUID) -> dict[str, str]:
        return {
            "token": form_token(key, self.chosen),
            "time": utc(self.start),
            "zone": self.zone,
        }


def _opened(wish: _Wish) -> HttpResponseBase:
    try:
        key, clinician = _held(wish)
    except Taken:
        return _taken(wish, {})
    return _page(wish, wish.form(initial=wish.initial(key)), clinician=clinician)


def _held(wish: _Wish) -> tuple[UUID, int | None]:
    """Return the key of a hold and whose time it is; without a hold where there are too many.

    Only people who look at the form hold its time, not programs that look ahead. Raises Taken.
    """
    request, network = wish.request, network_of(wish.request)
    ahead = "prefetch" in request.headers.get("Sec-Purpose", "") or request.method == "HEAD"
    held = held_here(wish.chosen, wish.start, network=network)
    if held is None and not ahead and not count_try(request, "hold a time").wait:
        held = hold_here(wish.chosen, wish.start, network=network)
    if held is None:
        return new_key(), None
    return held.key, held.appointment.practitioner_id


def _sent(wish: _Wish) -> HttpResponseBase:
    typed = wish.request.POST.copy()
    is_old = False
    try:
        key = read_form(typed.get("token", ""), wish.chosen)
    except InvalidLink:
        key, is_old = new_key(), True
        for name, value in wish.initial(key).items():
            typed[name] = value
    form = wish.form(typed)
    if is_old:
        form.add_error(None, _("This page was open for too long. Check the time, then book again."))
    if not form.is_valid():
        return _page(wish, form)
    if error := _too_many(wish.request, form.cleaned_data["email"]):
        form.add_error(None, error)
        return _page(wish, form, status=HTTPStatus.TOO_MANY_REQUESTS)
    zone = form.cleaned_data["zone"] or wish.zone
    who = form.who(time_zone=wish.way.in_zone(zone).zone, language=spoken())
    try:
        attendee = book(wish.chosen, wish.start, key, who)
    except NotForNewClients:
        form.add_error(None, _("This is for clients who have been here before."))
        return _page(wish, form)
    except Taken:
        return _taken(wish, typed.dict())
    return HttpResponseRedirect(link_to(To.SEE, attendee), status=HTTPStatus.SEE_OTHER)


def _too_many(request: HttpRequest, email: str) -> str:
    """Return why nothing more is booked from here, or for this email, for a while."""
    for action, account in (("book online", ""), ("book for an email", email)):
        if error := count_try(request, action, account=account).error:
            return error
    return ""


def _taken(wish: _Wish, typed: dict[str, Any]) -> HttpResponseBase:
    """Say that someone was faster, and offer the nearest times; what was typed stays."""
    others = [(utc(each), wish.way.moment(each)) for each in nearest(wish.chosen, wish.start)]
    initial = {**typed, **wish.initial(new_key()), "time": ""}
    form = wish.form(initial=initial, other_times=others)
    return _page(wish, form, status=HTTPStatus.CONFLICT, taken=True, others=others)


def _page(
    wish: _Wish,
    form: BookingForm,
    *,
    status: HTTPStatus | None = None,
    clinician: int | None = None,
    **more: Any,
) -> HttpResponseBase:
    desk, place, way = wish.desk, wish.place, wish.way
    back = query_of(at=place.pk, day=way.day_of(wish.start), zone=wish.zone)
    here = query_of(at=place.pk, time=wish.start, zone=wish.zone)
    context = {
        **frame(desk),
        **summary(desk, place, desk.card_of(clinician) if clinician else None),
        "form": form,
        "step": 4,
        "way": way,
        "when": way.moment(wish.start),
        "is_virtual": is_virtual(place),
        "is_elsewhere": way.zone != desk.way.zone,
        "back_url": service_path(desk) + back,
        "action": form_path(desk) + here,
        **more,
    }
    wrong = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound and form.errors else HTTPStatus.OK
    text = render_to_string("booking/scheduler/form.html", context)
    answer = HttpResponse(text, status=status or wrong, headers={"X-Robots-Tag": "noindex"})
    return framed_by(answer, context["framed_by"])
