"""What clients can book for themselves: which services, with whose time, where and when."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from letterhead.details.queries import address_of
from letterhead.places.addresses import address_lines
from letterhead.places.choices import HOME, TELEHEALTH
from letterhead.practices.days import way_of
from letterhead.practices.models import Location, Practice
from letterhead.practices.queries import locations_of
from letterhead.practices.roles import CLINICIANS
from letterhead.scheduling.models import Appointment, Attendee, Diary, Offer, PracticeRules, Service
from letterhead.scheduling.queries import offers_online
from letterhead.scheduling.timetables import Timetable, takes_place_at, timetable_of
from letterhead.slots.rules import Rules, rules_of
from letterhead.ui.dates import Way

# Under each day and time: the clinicians who are free then.
Free = dict[dt.date, dict[dt.datetime, list[int]]]


@dataclass(frozen=True)
class Chosen:
    """A service at a location, with any of the clinicians of these offers."""

    practice: Practice
    service: Service
    location: Location
    offers: tuple[Offer, ...]

    @property
    def clinicians(self) -> list[int]:
        """The ids of the clinicians."""
        return [offer.practitioner_id for offer in self.offers]

    @property
    def for_new_clients(self) -> bool:
        """Whether someone who was never here can book this."""
        return any(map(is_for_new_clients, self.offers))


def public_offers(practice: Practice) -> list[Offer]:
    """Return every (service, clinician) that clients can book and whose card they can see."""
    rows = offers_online(practice).filter(
        practitioner__membership__role__in=CLINICIANS, practitioner__card__is_shown=True
    )
    rows = rows.select_related("service", "practitioner__card", "practitioner__membership")
    rows = rows.defer("practitioner__tax_id")
    return list(rows.order_by("service__name", "service", "practitioner__card__position", "pk"))


def is_for_new_clients(offer: Offer) -> bool:
    """Whether both the service and the clinician are there for new clients."""
    return offer.service.for_new_clients and offer.practitioner.card.takes_new_clients


def with_any(offers: Iterable[Offer]) -> tuple[Offer, ...]:
    """Return whose time "any clinician" can mean: those who take new clients, if some do."""
    offers = tuple(offers)
    return tuple(filter(is_for_new_clients, offers)) or offers


def places_for(practice: Practice, offers: Iterable[Offer]) -> list[Location]:
    """Return the locations where a service is given, oldest first."""
    service = next(iter(offers)).service
    return [place for place in locations_of(practice) if takes_place_at(service, place)]


def chosen_of(
    practice: Practice, *, service: int, location: int, clinician: int | None = None
) -> Chosen | None:
    """Return what these ids name in a practice; None if clients can't book that.

    Without a clinician, it is any of them.
    """
    offers = tuple(each for each in public_offers(practice) if each.service_id == service)
    if clinician is not None:
        offers = tuple(each for each in offers if each.practitioner_id == clinician)
    else:
        offers = with_any(offers)
    if not offers:
        return None
    places = {place.pk: place for place in places_for(practice, offers)}
    if location not in places:
        return None
    return Chosen(practice, offers[0].service, places[location], offers)


def chosen_as(appointment: Appointment) -> Chosen | None:
    """Return what an appointment is, to be moved by its client; None if it isn't offered now."""
    return chosen_of(
        appointment.practice,
        service=appointment.service_id,
        location=appointment.location_id,
        clinician=appointment.practitioner_id,
    )


def free_between(
    chosen: Chosen,
    first: dt.date,
    last: dt.date,
    *,
    now: dt.datetime,
    apart_from: int | None = None,
) -> Free:
    """Return when this can be booked from a day to another (the practice's days)."""
    table = timetable_of(chosen.practice, chosen.clinicians, first=first, last=last)
    return free_in(table, chosen, now=now, apart_from=apart_from)


def free_in(
    table: Timetable, chosen: Chosen, *, now: dt.datetime, apart_from: int | None = None
) -> Free:
    """Return when this can be booked by a timetable that was read."""
    found: Free = {}
    for offer in chosen.offers:
        own = table.free(offer, chosen.location, now=now, apart_from=apart_from)
        for day, starts in own.items():
            times = found.setdefault(day, {})
            for start in starts:
                times.setdefault(start, []).append(offer.practitioner_id)
    return {day: dict(sorted(found[day].items())) for day in sorted(found)}


def full_days_in(table: Timetable, chosen: Chosen, free: Free, *, now: dt.datetime) -> set[dt.date]:
    """Return the days on which every time is taken: there would be some without appointments."""
    without = replace(table, appointments=defaultdict(list), places_taken={})
    return {*free_in(without, chosen, now=now)} - {*free}


def rules_for(appointment: Appointment) -> Rules:
    """Return the booking rules of an appointment: its clinician's own, else the practice's."""
    return rules_of(
        PracticeRules.objects.filter(pk=appointment.practice_id).first(),
        Diary.objects.filter(pk=appointment.practitioner_id).first(),
    )


def is_virtual(place: Location) -> bool:
    """Whether clients take part by video."""
    return place.place_of_service in TELEHEALTH


def kind_of(place: Location) -> str:
    """Return what a location is called for clients."""
    if is_virtual(place):
        return _("Video call")
    return _("Your home") if place.place_of_service == HOME else place.name


def lines_of(practice: Practice, place: Location) -> list[str]:
    """Return the lines of a location's address; none where clients don't go there."""
    if place.place_of_service in {*TELEHEALTH, HOME}:
        return []
    address = address_of(practice if place.same_address else place)
    return address_lines(address, at_home=practice.country)


def clock_of(attendee: Attendee) -> Way:
    """Return whose clock counts: the client's for video, else the practice's."""
    way = way_of(attendee.appointment.practice)
    there = is_virtual(attendee.appointment.location)
    return way.in_zone(attendee.time_zone) if there else way
