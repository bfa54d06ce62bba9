"""The pages behind an email's links: a GET shows, a POST changes, and they end."""

import datetime as dt
from html import unescape
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from letterhead.practices.models import PracticeSlug
from letterhead.scheduling.links import To, link_to
from letterhead.scheduling.models import Appointment, Attendee, PracticeRules
from tests.booking.street import look
from tests.scheduling.making import at
from tests.scheduling.online.booking import BEN, booked, chosen

pytestmark = pytest.mark.django_db
State = Attendee.State


@pytest.fixture
def ann(cast: SimpleNamespace, visit: Any) -> Any:

    return booked(chosen(cast, visit), at(10))


def test_an_appointment_is_canceled_after_asking(ann: Any) -> None:

    link = link_to(To.CANCEL, ann)

    assert "Cancel your appointment?" in look(link).text
    assert Attendee.objects.get().state == State.BOOKED
    answer = Client().post(link)

    assert answer.status_code == 303
    assert "<h1>Canceled</h1>" in look(answer.headers["Location"]).html
    assert "<h1>Canceled</h1>" in look(link).html
    assert Attendee.objects.get().state == State.CANCELED


def test_an_appointment_is_moved_to_another_time(ann: Any) -> None:

    link = link_to(To.RESCHEDULE, ann)
    seen = look(link)
    times = [unescape(each) for each in seen.links if "time=" in each]
    later = next(each for each in times if each.endswith("T16%3A00Z"))

    assert "New time" in look(later).text
    assert Appointment.objects.get().starts_at == at(10)
    answer = Client().post(link, {"time": "2026-12-07T16:00Z"})

    assert answer.status_code == 303
    assert Appointment.objects.get().starts_at == at(11)
    seen = look(answer.headers["Location"])
    assert "<h1>Rescheduled</h1>" in seen.html
    assert "11:00 AM" in seen.text


@pytest.mark.parametrize("time", ["2026-12-07T17:00Z", "2026-12-06T15:00Z", "x", ""])
def test_a_time_that_is_not_free_leaves_it_where_it_is(
    cast: SimpleNamespace, visit: Any, ann: Any, time: Any
) -> None:

    booked(chosen(cast, visit), at(12), BEN)

    answer = Client().post(link_to(To.RESCHEDULE, ann), {"time": time})

    assert answer.status_code == 409
    assert "That time isn’t free." in answer.content.decode()
    assert Appointment.objects.get(attendees=ann).starts_at == at(10)


def test_shortly_before_the_practice_has_to_be_called(ann: Any, clock: Any) -> None:

    clock.move_to(at(10) - dt.timedelta(hours=23))

    for purpose in (To.CANCEL, To.RESCHEDULE):
        assert "too late to change" in look(link_to(purpose, ann)).text
        assert Client().post(link_to(purpose, ann)).status_code == 409
    assert Attendee.objects.get().state == State.BOOKED


def test_links_end_with_the_appointment(ann: Any, clock: Any) -> None:

    clock.move_to(at(10))

    for purpose in (To.CANCEL, To.RESCHEDULE):
        assert look(link_to(purpose, ann)).status == 410
        assert Client().post(link_to(purpose, ann)).status_code == 410


def test_a_link_is_for_one_purpose_and_one_practice(cast: SimpleNamespace, ann: Any) -> None:

    see = link_to(To.SEE, ann)
    token = see.rstrip("/").rpartition("/")[2]

    for path in ("cancel", "reschedule", "prove"):
        assert look(f"/book/riverside/{path}/{token}/").status == 410
    cancel = link_to(To.CANCEL, ann)
    other = cast.stranger.practice.slug
    assert look(cancel.replace("/riverside/", f"/{other}/")).status == 410
    assert look(f"{cancel[:-3]}xx/").status == 410
    assert look(cancel.replace("/riverside/", "/nowhere/")).status == 404


def test_a_link_outlives_a_new_address_of_the_practice(cast: SimpleNamespace, ann: Any) -> None:

    link = link_to(To.CANCEL, ann)
    PracticeSlug.objects.create(slug="river", owner=cast.practice)

    answer = Client().get(link.replace("/riverside/", "/river/"))

    assert (answer.status_code, answer.headers["Location"]) == (301, link)


def test_an_email_is_confirmed_by_a_post_alone(cast: SimpleNamespace, visit: Any) -> None:

    PracticeRules.objects.create(practice=cast.practice, proves_email=True)
    ann = booked(chosen(cast, visit), at(10))
    link = link_to(To.PROVE, ann)

    assert "Confirm your appointment" in look(link).text
    assert Attendee.objects.get().state == State.UNPROVEN
    answer = Client().post(link)

    assert "<h1>Booked</h1>" in look(answer.headers["Location"]).html


def test_nothing_of_it_is_kept_or_listed(ann: Any) -> None:

    for purpose in (To.SEE, To.CANCEL, To.RESCHEDULE):
        answer = Client().get(link_to(purpose, ann))
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert not answer.cookies
