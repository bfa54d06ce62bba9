"""The pages behind the links in emails: booked, confirm the email, reschedule, cancel.

A GET only shows. The link ends with the appointment.
"""

import datetime as dt
from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from letterhead.booking.pages import Gone, shown_logo
from letterhead.booking.public_practice import public_practice_of
from letterhead.booking.queries import languages_of
from letterhead.booking.scheduler.asked import Asked, asked_of, query_of, utc
from letterhead.booking.scheduler.pages import month_seen, shown_month
from letterhead.booking.scheduler.queries import attendee_with, desk_of
from letterhead.booking.scheduler.seen import appointment_context
from letterhead.booking.views import asked_language, framed_by, public, public_form
from letterhead.practices.queries import practice_with_slug
from letterhead.scheduling.actions import (
    Over,
    Taken,
    TooLate,
    can_change_until,
    cancel,
    prove,
    reschedule,
)
from letterhead.scheduling.columns import State
from letterhead.scheduling.links import InvalidLink, To, key_in, link_to
from letterhead.scheduling.models import Attendee
from letterhead.scheduling.offers import clock_of
from letterhead.ui.languages import best_of, speaking

_NEVER = dt.datetime.max.replace(tzinfo=dt.UTC)
_OPEN = {State.BOOKED, State.REQUESTED}
# What an appointment can be for the page to be about it still.
_STATES: dict[To, set[State]] = {
    To.SEE: set(State) - {State.HELD},
    To.PROVE: {State.UNPROVEN, *_OPEN},
    To.RESCHEDULE: _OPEN,
    To.CANCEL: {*_OPEN, *Attendee.GONE},
}


@public
def booked(request: HttpRequest, practice: str, token: str) -> HttpResponseBase:
    """Show how an appointment is, and what happens next."""
    return _page(request, practice, token, To.SEE)


@public_form
def prove_email(request: HttpRequest, practice: str, token: str) -> HttpResponseBase:
    """Have a booking count once its email is confirmed."""
    if request.method == "POST":
        return _change(request, practice, token, To.PROVE, prove)
    return _page(request, practice, token, To.PROVE)


@public_form
def cancel_appointment(request: HttpRequest, practice: str, token: str) -> HttpResponseBase:
    """Ask, then cancel an appointment."""
    if request.method == "POST":
        return _change(request, practice, token, To.CANCEL, cancel)
    return _page(request, practice, token, To.CANCEL)


@public_form
def reschedule_appointment(request: HttpRequest, practice: str, token: str) -> HttpResponseBase:
    """Show other times for an appointment; move it to one of them."""
    if request.method == "POST":
        to = asked_of(request.POST).time or _NEVER
        return _change(request, practice, token, To.RESCHEDULE, lambda key: reschedule(key, to))
    return _page(request, practice, token, To.RESCHEDULE)


def _change(
    request: HttpRequest,
    practice: str,
    token: str,
    purpose: To,
    act: Callable[[UUID], Attendee],
) -> HttpResponseBase:
    """Do what was asked, then show how it is now; say why if it can't be done."""
    try:
        attendee = act(_attendee(practice, token, purpose).key)
    except (InvalidLink, Over):
        return over(request, practice)
    except TooLate:
        return _page(request, practice, token, purpose, status=HTTPStatus.CONFLICT)
    except Taken:
        return _page(request, practice, token, purpose, status=HTTPStatus.CONFLICT, taken=True)
    return HttpResponseRedirect(link_to(To.SEE, attendee), status=HTTPStatus.SEE_OTHER)


def _page(
    request: HttpRequest,
    practice: str,
    token: str,
    purpose: To,
    *,
    status: HTTPStatus = HTTPStatus.OK,
    taken: bool = False,
) -> HttpResponseBase:
    try:
        attendee = _attendee(practice, token, purpose)
    except InvalidLink:
        return over(request, practice)
    with speaking(best_of(asked_language(request), languages_of(practice))):
        context = appointment_context(attendee) | {"taken": taken}
        if purpose in {To.RESCHEDULE, To.CANCEL}:
            until = can_change_until(attendee.appointment)
            context |= {"is_late": until < timezone.now()}
        if purpose is To.RESCHEDULE and not context["is_late"]:
            context |= _other_times(attendee, Asked() if taken else asked_of(request.GET), token)
        return _answer(f"booking/scheduler/{purpose}.html", context, status)


def _attendee(practice: str, token: str, purpose: To) -> Attendee:
    """Return whose appointment a link names. Raises InvalidLink once the link has ended."""
    attendee = attendee_with(practice, key_in(token, purpose))
    if attendee is None or attendee.state not in _STATES[purpose]:
        raise InvalidLink
    if purpose is not To.SEE and attendee.appointment.starts_at <= timezone.now():
        raise InvalidLink
    return attendee


def _other_times(attendee: Attendee, asked: Asked, token: str) -> dict[str, Any]:
    """Return the month of other times, and the one that was chosen of them."""
    appointment = attendee.appointment
    desk = desk_of(appointment)
    if desk is None:
        return {"month": None}
    way, here = clock_of(attendee), reverse("book-reschedule", args=[desk.practice.slug, token])
    day = way.day_of(asked.time) if asked.time else asked.day
    at = Asked(at=appointment.location_id, day=day, month=asked.month)
    apart_from = appointment.pk if appointment.capacity == 1 else None
    _place, first, times = shown_month(desk, at, apart_from=apart_from)
    return {
        "month": month_seen(
            *(first, times, at),
            desk=desk,
            way=way,
            link=lambda **to: here + query_of(**to),
        ),
        "new_time": utc(asked.time) if asked.time else "",
        "new_when": way.moment(asked.time) if asked.time else "",
        "here": here,
    }


def over(request: HttpRequest, practice: str) -> HttpResponseBase:
    """Say that a link has expired, with the way to the practice. Raises Gone without one."""
    row = practice_with_slug(practice)
    if row is None:
        raise Gone
    public_side = public_practice_of(row)
    with speaking(best_of(asked_language(request), languages_of(practice))):
        context = {
            "practice": public_side,
            "practice_url": reverse("book", args=[row.slug]),
            "logo": shown_logo(public_side),
        }
        return _answer("booking/scheduler/over.html", context, HTTPStatus.GONE)


def _answer(template: str, context: dict[str, Any], status: HTTPStatus) -> HttpResponseBase:
    text = render_to_string(template, context)
    answer = HttpResponse(text, status=status, headers={"X-Robots-Tag": "noindex"})
    return framed_by(answer, context.get("framed_by", ()))
