"""Bookings a second: a time is held, then booked, with its jobs and its record, one at a time."""

import datetime as dt
import time

from django.utils import timezone

from letterhead.cli.demo import SLUG
from letterhead.details.models import Card, Practitioner
from letterhead.practices.models import Location, Practice
from letterhead.scheduling.actions import Who, book, hold
from letterhead.scheduling.models import Diary, Hours, Offer, Service
from letterhead.scheduling.offers import chosen_of, free_between
from tests.bench.production import tell

BOOKINGS, DAYS = 300, 30
WHO = Who(first_name="Ann", last_name="Lee", email="ann@client.example")


def measure_bookings() -> None:
    """Book one free time after the other of the demo's first clinician."""
    practice = Practice.objects.get(slug=SLUG)
    dana = Practitioner.objects.filter(practice=practice).order_by("pk")[0]
    Card.objects.filter(practitioner=dana).update(is_shown=True)
    visit = Service.objects.create(
        practice=practice, name="Booked visit", duration=15, bookable_online=True
    )
    Offer.objects.create(service=visit, practitioner=dana)
    Hours.objects.filter(practitioner=dana).delete()
    Hours.objects.bulk_create(
        Hours(practitioner=dana, weekday=day, starts="00:00", ends="00:00") for day in range(7)
    )
    Diary.objects.update_or_create(practitioner=dana, defaults={"grid_minutes": 15})
    office = Location.objects.filter(practice=practice, place_of_service="11")[0]
    chosen = chosen_of(practice, service=visit.pk, location=office.pk)
    assert chosen is not None
    first = (timezone.now() + dt.timedelta(days=5)).date()
    free = free_between(chosen, first, first + dt.timedelta(days=DAYS), now=timezone.now())
    starts = [start for times in free.values() for start in times][:BOOKINGS]
    began = time.perf_counter()
    for start in starts:
        book(chosen, start, hold(chosen, start).key, WHO)
    seconds = time.perf_counter() - began
    tell("bookings", {"booked": len(starts), "a_second": round(len(starts) / seconds, 1)})
