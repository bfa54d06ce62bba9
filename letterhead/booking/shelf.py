"""The services that clients can book, as public pages list them; and when someone is free next."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from letterhead.booking.kept import Made
from letterhead.booking.queries import Sites, sites_of
from letterhead.booking.versions_of_times import next_lapse
from letterhead.countries.money import money
from letterhead.practices.days import end_of_day_in, today_in, way_of
from letterhead.practices.models import Location, Practice
from letterhead.practices.queries import locations_of, practice_with_slug
from letterhead.scheduling.models import Offer
from letterhead.scheduling.offers import Chosen, free_in, is_for_new_clients, kind_of, public_offers
from letterhead.scheduling.timetables import Timetable, takes_place_at, timetable_of

_DAY = dt.timedelta(days=1)
_SOON = 14 * _DAY


@dataclass(frozen=True)
class Listed:
    """A service in a list: what it is called, how long it takes, where, and for how much."""

    name: str
    url: str
    minutes: str
    where: str
    price: str
    for_new_clients: bool


@dataclass(frozen=True)
class Books:
    """What can be booked in a practice, and when; `good_until` is how long that is true."""

    practice: Practice
    offers: list[Offer]
    free: dict[int, dt.datetime]
    good_until: dt.datetime
    sites: Sites = ()

    def services(self, clinician: str = "") -> list[Listed]:
        """Return what a clinician (a slug) can be booked for; "": what anyone can."""
        slug = self.practice.slug
        own = [each for each in self.offers if clinician in {"", each.practitioner.slug}]
        urls = {
            each.service_id: reverse(
                "book-clinician-service", args=[slug, clinician, each.service_id]
            )
            if clinician
            else reverse("book-service", args=[slug, each.service_id])
            for each in own
        }
        return listed(self.practice, own, urls)

    def next_free(self, clinician: str) -> str:
        """Return when a clinician (a slug) can be booked next, "" if that isn't known."""
        ids = {each.practitioner.slug: each.practitioner_id for each in self.offers}
        start = self.free.get(ids.get(clinician, 0))
        if start is None:
            return ""
        way = way_of(self.practice)
        return _("%(day)s, %(time)s") % {"day": way.short_day(start), "time": way.time(start)}


def booking_at(slug: str) -> Books:
    """Return what can be booked in the practice at a public address."""
    practice = practice_with_slug(slug)
    offers = public_offers(practice) if practice else []
    if practice is None or not offers:
        sites = sites_of(practice.pk) if practice else ()
        return Books(practice or Practice(slug=slug), [], {}, timezone.now() + _DAY, sites)
    free, good_until = next_free(practice, offers)
    return Books(practice, offers, free, good_until, sites_of(practice.pk))


def by_kind(services: list[Listed]) -> dict[str, list[Listed]]:
    """Return services for a template: those for everyone, and those for current clients."""
    return {
        "services": [each for each in services if each.for_new_clients],
        "for_current": [each for each in services if not each.for_new_clients],
    }


def listed(practice: Practice, offers: Iterable[Offer], urls: dict[int, str]) -> list[Listed]:
    """Return services by name, each with its address (`urls`, under its id)."""
    grouped: dict[int, list[Offer]] = defaultdict(list)
    for offer in offers:
        grouped[offer.service_id].append(offer)
    places = locations_of(practice)
    return [
        Listed(
            name=own[0].service.name,
            url=urls[service],
            minutes=minutes_of(own),
            where=_where(own[0], places),
            price=price_of(practice, own),
            for_new_clients=any(map(is_for_new_clients, own)),
        )
        for service, own in grouped.items()
        if _where(own[0], places)
    ]


def minutes_of(offers: Iterable[Offer]) -> str:
    """Return how long a service takes with these clinicians: "30 min", or "30–50 min"."""
    lengths = sorted({offer.duration or offer.service.duration for offer in offers})
    shown = "–".join(str(each) for each in dict.fromkeys((lengths[0], lengths[-1])))
    return _("%(minutes)s min") % {"minutes": shown}


def price_of(practice: Practice, offers: Iterable[Offer]) -> str:
    """Return what a service costs with these clinicians, "" if that isn't shown."""
    fees: set[Decimal] = set()
    for offer in offers:
        fee = offer.fee if offer.fee is not None else offer.service.fee
        if not offer.service.show_price or fee is None:
            return ""
        fees.add(fee)
    ends = dict.fromkeys((min(fees), max(fees)))
    return "–".join(money(fee, practice.currency, country=practice.country) for fee in ends)


def _where(offer: Offer, places: list[Location]) -> str:
    kinds = dict.fromkeys(kind_of(each) for each in places if takes_place_at(offer.service, each))
    return " · ".join(kinds)


def next_free(practice: Practice, offers: list[Offer]) -> Made[dict[int, dt.datetime]]:
    """Return when each clinician can be booked next, and how long that is true."""
    now, today = timezone.now(), today_in(practice)
    places = locations_of(practice)
    found: dict[int, dt.datetime] = {}
    ends = [last_instant_of(practice, today)]
    first, last = today, today + _SOON
    while wanted := [each for each in offers if each.practitioner_id not in found]:
        clinicians = {each.practitioner_id for each in wanted}
        table = timetable_of(practice, clinicians, first=first, last=last)
        for clinician, start in _firsts(practice, table, wanted, places, now).items():
            found[clinician] = start
            ends.append(start - table.rules[clinician].notice)
        first, last = last + _DAY, today + reach_of(table)
        if first > last:
            break
    return Made(found, min(ends))


def last_instant_of(practice: Practice, today: dt.date) -> dt.datetime:
    """Return until when free times stay as they are, if nothing is changed and no notice passes.

    That is the end of the day, or the last moment of a hold.
    """
    ends = [end_of_day_in(practice, today)]
    if lapse := next_lapse(practice.pk):
        ends.append(lapse)
    return min(ends) - dt.timedelta(microseconds=1)


def reach_of(table: Timetable) -> dt.timedelta:
    """Return how far ahead clients can book with any of the clinicians of a timetable."""
    return max((rules.horizon_days for rules in table.rules.values()), default=0) * _DAY


def _firsts(
    practice: Practice,
    table: Timetable,
    offers: list[Offer],
    places: list[Location],
    now: dt.datetime,
) -> dict[int, dt.datetime]:
    found: dict[int, dt.datetime] = {}
    for offer in offers:
        for place in places:
            free = free_in(table, Chosen(practice, offer.service, place, (offer,)), now=now)
            for start in (start for starts in free.values() for start in starts):
                earliest = found.setdefault(offer.practitioner_id, start)
                found[offer.practitioner_id] = min(start, earliest)
    return found
