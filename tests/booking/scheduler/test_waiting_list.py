"""A full day offers its waiting list; who is on it books the time that frees up, or leaves."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from letterhead.outbox.models import Job
from letterhead.outbox.worker import do_all_due
from letterhead.scheduling.actions import cancel
from letterhead.scheduling.models import Attendee, Hours, Waiting
from tests.booking.scheduler.visitor import ANN, hidden
from tests.booking.street import Seen, look
from tests.scheduling.making import at
from tests.scheduling.online.booking import BEN, booked, chosen

pytestmark = pytest.mark.django_db


@pytest.fixture
def ben(cast: SimpleNamespace, visit: Any) -> Any:
    """Who has the one time of each day, on Monday."""
    Hours.objects.update(starts="10:00", ends="10:30")
    return booked(chosen(cast, visit), at(10), BEN)


@pytest.fixture
def path(cast: SimpleNamespace, visit: Any, ben: Any) -> Any:
    return f"/book/riverside/services/{visit.pk}/wait/?at={cast.office.pk}&day=2026-12-07"


def joins(path: Any, **typed: Any) -> Any:
    return Client().post(path, {**hidden(look(path)), **ANN, **typed})


def test_a_full_day_offers_its_waiting_list(visit: Any, path: Any) -> None:
    month = look(f"/book/riverside/services/{visit.pk}/")
    assert "Monday, December 7: full" in month.text
    full = look(f"/book/riverside/services/{visit.pk}/?day=2026-12-07")

    assert "All times on this day are taken. Join the waiting list" in full.text
    assert path in full.links


def test_a_visitor_joins_is_offered_the_time_and_books_it(path: Any, ben: Any) -> None:
    answer = joins(path)
    place = answer.headers["Location"]
    assert answer.status_code == 303
    assert "You’re on the waiting list" in look(place).text
    assert joins(path).headers["Location"].rpartition(":")[0] == place.rpartition(":")[0]

    cancel(ben.key)
    do_all_due()
    assert Waiting.objects.get().state == Waiting.State.OFFERED
    seen = look(place)
    assert "A time is free" in seen.text
    assert "Monday, December 7, 2026, 10:00 AM" in seen.text
    booked_at = Client().post(place, {"book": "yes"}).headers["Location"]

    assert "<h1>Booked</h1>" in look(booked_at).html
    assert Attendee.objects.get(state="booked").email == "ann@client.example"
    assert "Booked" in look(place).text


def test_an_offer_that_was_not_taken_expires(path: Any, ben: Any, clock: Any) -> None:
    place = joins(path).headers["Location"]
    cancel(ben.key)
    do_all_due()
    clock.shift(dt.timedelta(hours=3))

    assert "This offer has expired" in look(place).text


def test_the_email_leads_to_the_place_in_the_list(path: Any, ben: Any, mailoutbox: Any) -> None:
    place = joins(path).headers["Location"]
    cancel(ben.key)
    do_all_due()

    (message,) = [each for each in mailoutbox if "A time is free" in each.subject]
    assert place.rpartition(":")[0].rpartition(":")[0] in message.body
    assert "Monday, December 7, 2026, 10:00 AM" in message.body


def test_who_leaves_is_offered_nothing(path: Any, ben: Any) -> None:
    place = joins(path).headers["Location"]
    assert (
        "You left the waiting list"
        in look(Client().post(place, {"leave": "yes"}).headers["Location"]).text
    )

    cancel(ben.key)
    do_all_due()

    assert Waiting.objects.get().state == Waiting.State.LEFT
    assert not Job.objects.exclude(parked_at=None).exists()


def test_what_is_wrong_is_said_and_nothing_is_lost(path: Any) -> None:
    answer = joins(path, email="ann@")

    assert answer.status_code == 422
    assert 'id="id_email_error"' in Seen(answer).html
    assert "Sleeping badly" in Seen(answer).html
    assert Client().post(path, ANN).status_code == 422
    assert not Waiting.objects.exists()


@pytest.mark.parametrize("day", ["2026-12-08", "2026-12-06", "2020-01-01", "2199-01-01", "x"])
def test_a_day_that_is_not_full_has_no_list(path: Any, day: Any) -> None:
    answer = Client().get(path.replace("2026-12-07", day))

    assert answer.status_code == 302
    assert not Waiting.objects.exists()


def test_a_forged_place_is_no_place(path: Any) -> None:
    place = joins(path).headers["Location"]

    assert look(f"{place[:-3]}xx/").status == 410
    assert look(place.replace("waiting-list", "cancel")).status == 410
