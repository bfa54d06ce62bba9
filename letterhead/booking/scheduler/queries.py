"""What can be booked at an address: a practice's service, with one clinician or any of several."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.utils import timezone

from letterhead.booking.public_practice import PublicPractice, public_practice_of
from letterhead.booking.shelf import last_instant_of, reach_of
from letterhead.details.public_card import PublicCard
from letterhead.details.queries import public_cards_in
from letterhead.practices.days import today_in, way_of
from letterhead.practices.models import Location, Practice
from letterhead.practices.queries import practice_with_slug
from letterhead.scheduling.models import Appointment, Attendee, Offer, Service
from letterhead.scheduling.offers import (
    Chosen,
    Free,
    chosen_as,
    free_in,
    full_days_in,
    places_for,
    public_offers,
    with_any,
)
from letterhead.scheduling.timetables import timetable_of
from letterhead.ui.dates import Way

_AROUND, _FURTHEST = dt.timedelta(days=14), dt.timedelta(days=366)
_MOST_NEAREST = 6


@dataclass(frozen=True)
class Desk:
    """A service of a practice at a public address, with who gives it and where."""

    practice: Practice
    service: Service
    every: tuple[Offer, ...]  # of this service, whoever gives it
    offers: tuple[Offer, ...]  # those that can be booked here
    places: list[Location]
    clinician: str = ""  # the slug in the address; "" for any

    @cached_property
    def public(self) -> PublicPractice:
        """The practice as clients see it."""
        return public_practice_of(self.practice)

    @cached_property
    def cards(self) -> dict[str, PublicCard]:
        """The cards of the practice under their slugs, in their order."""
        return {card.slug: card for card in public_cards_in(self.practice)}

    @cached_property
    def way(self) -> Way:
        """How this practice's clients read days and times."""
        return way_of(self.practice)

    def chosen(self, place: Location) -> Chosen:
        """Return what is booked here at a place."""
        return Chosen(self.practice, self.service, place, self.offers)

    def place(self, pk: int | None) -> Location | None:
        """Return the location with an id, if the service is given there."""
        return next((each for each in self.places if each.pk == pk), None)

    def card_of(self, practitioner: int) -> PublicCard | None:
        """Return the card of a clinician who gives this service."""
        slugs = {each.practitioner_id: each.practitioner.slug for each in self.every}
        return self.cards.get(slugs.get(practitioner, ""))


def desk_at(practice: str, service: int, clinician: str = "") -> Desk | None:
    """Return what can be booked at an address; None if there is nothing."""
    row = practice_with_slug(practice)
    every = [each for each in public_offers(row) if each.service_id == service] if row else []
    mine = tuple(each for each in every if each.practitioner.slug == clinician)
    offers = mine if clinician else with_any(every)
    if row is None or not offers:
        return None
    places = places_for(row, offers)
    return Desk(row, offers[0].service, tuple(every), offers, places, clinician) if places else None


@dataclass(frozen=True)
class Times:
    """Free times between two days and the days that are full, by the practice's clock.

    `last` is how far ahead there can be any, `good_until` until when all of this is true.
    """

    free: Free
    full: set[dt.date]
    last: dt.date
    good_until: dt.datetime


def times_of(
    chosen: Chosen, first: dt.date, last: dt.date, *, apart_from: int | None = None
) -> Times:
    """Return the free times of what was chosen, from a day to another by the practice's clock."""
    now, today = timezone.now(), today_in(chosen.practice)
    first, last = max(first, today), max(last, today)
    table = timetable_of(chosen.practice, chosen.clinicians, first=first, last=last)
    free = free_in(table, chosen, now=now, apart_from=apart_from)
    ends = [last_instant_of(chosen.practice, today)]
    ends += [
        start - table.rules[clinician].notice
        for starts in free.values()
        for start, clinicians in starts.items()
        for clinician in clinicians
    ]
    full = full_days_in(table, chosen, free, now=now)
    return Times(free, full, today + reach_of(table), min(ends))


def nearest(chosen: Chosen, start: dt.datetime) -> list[dt.datetime]:
    """Return the free times nearest to one that isn't free, in order."""
    now = timezone.now()
    start = min(max(start, now), now + _FURTHEST)
    day = start.astimezone(chosen.practice.zone).date()
    free = times_of(chosen, day - _AROUND, day + _AROUND).free
    starts = [each for starts in free.values() for each in starts]
    return sorted(sorted(starts, key=lambda each: abs(each - start))[:_MOST_NEAREST])


def attendee_with(practice: str, key: UUID) -> Attendee | None:
    """Return who booked under a key in the practice at an address, with the appointment."""
    rows = Attendee.objects.filter(key=key, appointment__practice__slug=practice)
    rows = rows.select_related(
        *("client", "appointment__practice", "appointment__service", "appointment__location"),
        "appointment__practitioner__membership",
    )
    return rows.defer("appointment__practitioner__tax_id").first()


def desk_of(appointment: Appointment) -> Desk | None:
    """Return where an appointment can be booked again; None if it isn't offered now."""
    chosen = chosen_as(appointment)
    if chosen is None:
        return None
    slug = chosen.offers[0].practitioner.slug
    return desk_at(appointment.practice.slug, appointment.service_id, slug)
