"""The page of a service: its months, days and times, made once for each state of what they show."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from letterhead.booking import addresses
from letterhead.booking.kept import Kept, Made
from letterhead.booking.pages import (
    Gone,
    Page,
    as_page,
    language_for,
    shown_logo,
)
from letterhead.booking.preview import Preview
from letterhead.booking.queries import sites_of
from letterhead.booking.scheduler.asked import Asked, query_of
from letterhead.booking.scheduler.month import Month, by_day, end_of, month_of
from letterhead.booking.scheduler.queries import (
    Desk,
    Times,
    desk_at,
    times_of,
)
from letterhead.booking.shelf import minutes_of, price_of
from letterhead.booking.versions_of_times import versions_of_times
from letterhead.details.public_card import PublicCard
from letterhead.details.public_versions import versions_of_card, versions_of_cards
from letterhead.practices.days import today_in
from letterhead.practices.models import Location
from letterhead.scheduling.offers import is_virtual, kind_of, lines_of
from letterhead.ui.dates import Way
from letterhead.ui.languages import speaking

MOST_KEPT = 1024  # about 12 kB each
_DAY = dt.timedelta(days=1)
_kept: Kept[Page] = Kept(MOST_KEPT)


@dataclass(frozen=True)
class Linked:
    """A choice as a link; the current one has no address."""

    words: str
    url: str


def page_of_service(
    practice: str, service: int, clinician: str, asked: Asked, *, accept_language: str
) -> Page:
    """Return the current page of a service with its free times. Raises Gone."""
    cards: Any = versions_of_cards(practice)
    if clinician and not versions_of_card(practice, clinician):
        raise Gone
    if not cards:
        raise Gone
    language = language_for(practice, cards[0], accept_language)
    times = versions_of_times(cards[0][0])
    key = (practice, service, clinician, asked, language, cards, times)
    return _kept.get(key, partial(_made, practice, service, clinician, asked, language))


def _made(practice: str, service: int, clinician: str, asked: Asked, language: str) -> Made[Page]:
    desk = desk_at(practice, service, clinician)
    if desk is None:
        raise Gone
    with speaking(language):
        context, good_until = service_context(desk, asked)
        text = render_to_string("booking/scheduler/service.html", context)
    preview = Preview(heading=desk.practice.name, line="", logo=desk.practice.logo_sha256)
    page = as_page(text, preview, False, language, context["framed_by"])
    return Made(page, good_until)


def service_context(desk: Desk, asked: Asked) -> tuple[dict[str, Any], dt.datetime]:
    """Return what the page of a service shows, and until when it is true."""
    place, first, times = shown_month(desk, asked)
    way = way_at(desk, place, asked.zone)

    def link(
        *,
        month: dt.date | None = None,
        day: dt.date | None = None,
        time: dt.datetime | None = None,
        at: int = place.pk,
    ) -> str:
        path = form_path(desk) if time else service_path(desk)
        return path + query_of(at=at, month=month, day=day, time=time, zone=asked.zone)

    month = month_seen(first, times, asked, desk=desk, way=way, link=link)
    context = {
        **frame(desk),
        **summary(desk, place),
        "step": 3,
        "month": month,
        "way": way,
        "is_virtual": is_virtual(place),
        "is_elsewhere": way.zone != desk.way.zone,
        "practice_zone": desk.way,
        "places": [
            Linked(kind_of(each), "" if each == place else link(at=each.pk)) for each in desk.places
        ],
        "clinicians": _clinicians(desk, place, asked),
        "wait_url": wait_path(desk)
        + query_of(at=place.pk, day=month.day.date if month.day else None, zone=asked.zone),
    }
    return context, times.good_until


def month_seen(
    first: dt.date,
    times: Times,
    asked: Asked,
    *,
    desk: Desk,
    way: Way,
    link: Callable[..., str],
) -> Month:
    """Return a month of free times by the reader's clock."""
    return month_of(
        first,
        by_day(times.free, way),
        full=times.full,
        chosen=asked.day,
        within=(today_in(desk.practice), times.last),
        way=way,
        link=link,
    )


def shown_month(
    desk: Desk, asked: Asked, *, apart_from: int | None = None
) -> tuple[Location, dt.date, Times]:
    """Return the place and the month to show: those asked for, else the first ones with times."""
    asked_for = desk.place(asked.at)
    month = asked.month or (asked.day.replace(day=1) if asked.day else None)
    found = []
    for place in [asked_for] if asked_for else desk.places:
        if month:
            first, times = month, _of_month(desk, place, month, apart_from)
        else:
            first, times = _first_with_times(desk, place, apart_from)
        found.append((place, first, times))
        if times.free:
            break
    return next((each for each in found if each[2].free), found[0])


def _first_with_times(desk: Desk, place: Location, apart_from: int | None) -> tuple[dt.date, Times]:
    this_month = month = today_in(desk.practice).replace(day=1)
    now = times = _of_month(desk, place, month, apart_from)
    while not _in_month(times, month) and end_of(month) < times.last:
        month = end_of(month) + _DAY
        times = _of_month(desk, place, month, apart_from)
    return (month, times) if times.free else (this_month, now)


def _in_month(times: Times, month: dt.date) -> bool:
    return any(month <= day <= end_of(month) for day in times.free)


def _of_month(desk: Desk, place: Location, first: dt.date, apart_from: int | None) -> Times:
    """Return a month's free times, with a day more on both sides for readers elsewhere."""
    return times_of(desk.chosen(place), first - _DAY, end_of(first) + _DAY, apart_from=apart_from)


def way_at(desk: Desk, place: Location, zone: str) -> Way:
    """Return whose clock is shown: the visitor's for video, where people come the practice's."""
    return desk.way.in_zone(zone) if is_virtual(place) else desk.way


def summary(desk: Desk, place: Location, card: PublicCard | None = None) -> dict[str, Any]:
    """Return what was chosen so far: who, what, where, for how much."""
    if card is None and len(desk.offers) == 1:
        card = desk.card_of(desk.offers[0].practitioner_id)
    listed = reverse("book", args=[desk.practice.slug])
    if desk.clinician:
        listed = reverse("book-clinician", args=[desk.practice.slug, desk.clinician])
    return {
        "card": card,
        "photo": addresses.photo_path(card.small_photo) if card else "",
        "about_url": addresses.card_path(desk.public, card) if card else "",
        "service": desk.service,
        "minutes": minutes_of(desk.offers),
        "price": price_of(desk.practice, desk.offers),
        "place": kind_of(place),
        "place_lines": lines_of(desk.practice, place),
        "change_url": f"{listed}#services",
        "for_current": not desk.chosen(place).for_new_clients,
    }


def frame(desk: Desk) -> dict[str, Any]:
    """Return what is around every page of the scheduler."""
    return {
        "practice": desk.public,
        "practice_url": addresses.practice_path(desk.public),
        "logo": shown_logo(desk.public),
        "framed_by": sites_of(desk.practice.pk),
    }


def service_path(desk: Desk, clinician: str | None = None) -> str:
    """Return the path of this service's page, here or with another clinician ("": any)."""
    who = desk.clinician if clinician is None else clinician
    if who:
        return reverse("book-clinician-service", args=[desk.practice.slug, who, desk.service.pk])
    return reverse("book-service", args=[desk.practice.slug, desk.service.pk])


def form_path(desk: Desk) -> str:
    """Return the path of the form."""
    return f"{service_path(desk)}book/"


def wait_path(desk: Desk) -> str:
    """Return the path of the form that joins the waiting list."""
    return f"{service_path(desk)}wait/"


def _clinicians(desk: Desk, place: Location, asked: Asked) -> list[Linked]:
    """Return whom clients can choose, if there is a choice."""
    if len(desk.every) < 2:
        return []
    query = query_of(at=place.pk, month=asked.month, day=asked.day, zone=asked.zone)
    slugs = {each.practitioner.slug for each in desk.every}
    named = [(card.name, slug) for slug, card in desk.cards.items() if slug in slugs]
    return [
        Linked(words, "" if slug == desk.clinician else service_path(desk, slug) + query)
        for words, slug in [(_("Any clinician"), ""), *named]
    ]
