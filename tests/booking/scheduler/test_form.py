"""The form: what is refused is said beside its field, and nothing typed is lost."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from letterhead.outbox.models import Job
from letterhead.practices.models import Membership
from letterhead.scheduling.models import Appointment, Attendee, PracticeRules, Service
from letterhead.scheduling.telling import JOB
from tests.booking.scheduler.visitor import ANN, form_path, hidden, open_form, send
from tests.booking.street import Seen, look
from tests.scheduling.making import at
from tests.scheduling.online.booking import BEN, booked, chosen

pytestmark = pytest.mark.django_db
TEN = "2026-12-07T15:00Z"  # ten o'clock on Monday in New York
State = Attendee.State


@pytest.fixture
def path(cast: SimpleNamespace, visit: Any) -> Any:

    return form_path(visit, cast.office, TEN)


def test_a_visitor_books(cast: SimpleNamespace, visit: Any, path: Any) -> None:

    opened = open_form(path)
    assert "Monday, December 7, 2026, 10:00 AM" in opened.text
    assert Attendee.objects.get().state == State.HELD

    answer = Client().post(path, {**hidden(opened), **ANN})

    assert answer.status_code == 303
    ann = Attendee.objects.get()
    assert (ann.name, ann.email, ann.phone, ann.reason, ann.state) == (
        *("Ann Lee", "ann@client.example", "+12125550123", "Sleeping badly", State.BOOKED),
    )
    seen = look(answer.headers["Location"])
    assert "<h1>Booked</h1>" in seen.html
    assert "Monday, December 7, 2026, 10:00 AM" in seen.text
    assert "ann@client.example" not in seen.html
    assert not answer.cookies


def test_opened_again_the_form_holds_the_same_time(cast: SimpleNamespace, path: Any) -> None:

    first, again = hidden(open_form(path)), hidden(open_form(path))

    assert Attendee.objects.count() == 1
    assert first["time"] == again["time"] == TEN
    assert "isn’t free" in open_form(path, "192.0.2.99").text


def test_a_form_sent_twice_is_one_booking(cast: SimpleNamespace, path: Any) -> None:

    fields = hidden(open_form(path))

    places = {
        Client().post(path, {**fields, **ANN}).headers["Location"].rpartition(":")[0] for _ in "12"
    }

    assert len(places) == 1
    assert Attendee.objects.count() == 1
    assert Job.objects.filter(name=JOB).count() == 1


WRONG = {
    "no first name": ({"first_name": ""}, "first_name"),
    "no email": ({"email": ""}, "email"),
    "an email that is none": ({"email": "ann@"}, "email"),
    "no phone": ({"phone": ""}, "phone"),
    "a phone that is none": ({"phone": "12"}, "phone"),
    "no consent": ({"agree": ""}, "agree"),
    "10,000 characters of reason": ({"reason": "x" * 10_000}, "reason"),
    "a reason that can't be shown": ({"reason": "a\u202eb"}, "reason"),
    "a name that is too long": ({"first_name": "x" * 200}, "first_name"),
    "a program's company": ({"company": "x"}, "company"),
}


@pytest.mark.parametrize(("typed", "field"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(
    cast: SimpleNamespace, path: Any, typed: Any, field: Any
) -> None:

    answer = send(path, **typed)

    assert answer.status_code == 422
    seen = Seen(answer)
    assert f'id="id_{field}_error"' in seen.html
    kept = {**ANN, **typed}
    for name in ("first_name", "last_name", "email", "phone"):
        assert not kept[name] or f'value="{kept[name]}"' in seen.html
    assert kept["reason"] in seen.html
    assert not Attendee.objects.exclude(state=State.HELD).exists()


def test_a_reason_can_have_several_lines(cast: SimpleNamespace, path: Any) -> None:

    assert send(path, reason="First line\r\nsecond").status_code == 303


def test_a_time_taken_while_the_form_was_open_offers_the_nearest(
    cast: SimpleNamespace, visit: Any, path: Any, clock: Any
) -> None:

    fields = hidden(open_form(path))
    clock.shift(dt.timedelta(minutes=11))
    booked(chosen(cast, visit), at(10), BEN)

    answer = Client().post(path, {**fields, **ANN})

    assert answer.status_code == 409
    seen = Seen(answer)
    assert "isn’t free" in seen.text
    for kept in (*("Ann", "Lee", "ann@client.example", "Sleeping badly"), "checked"):
        assert kept in seen.html
    assert "Monday, December 7, 2026, 9:30 AM" in seen.text
    sent = Client().post(path, {**hidden(seen), **ANN, "time": "2026-12-07T14:30Z"})
    assert sent.status_code == 303
    assert Appointment.objects.filter(starts_at=at(9, 30)).exists()


def test_a_form_that_was_open_too_long_is_asked_again(
    cast: SimpleNamespace, path: Any, clock: Any
) -> None:

    fields = hidden(open_form(path))
    clock.shift(dt.timedelta(hours=13))

    answer = Client().post(path, {**fields, **ANN})

    assert answer.status_code == 422
    seen = Seen(answer)
    assert "open for too long" in seen.text
    assert Client().post(path, {**hidden(seen), **ANN}).status_code == 303


FORGED = {
    "no token": "",
    "nonsense": "x.y.z",
    "another practice's": "elsewhere",
}


@pytest.mark.parametrize("token", FORGED.values(), ids=FORGED)
def test_a_forged_form_books_nothing(
    cast: SimpleNamespace, visit: Any, path: Any, token: Any
) -> None:

    answer = Client().post(path, {**ANN, "token": token, "time": TEN})

    assert answer.status_code == 422
    assert not Attendee.objects.exclude(state=State.HELD).exists()


TIMES = {
    "outside the hours": "2026-12-07T04:00Z",
    "in the past": "2026-11-02T15:00Z",
    "beyond the horizon": "2027-06-07T15:00Z",
    "in the year 2199": "2199-12-31T23:59Z",
}


@pytest.mark.parametrize("time", TIMES.values(), ids=TIMES)
def test_a_forged_time_is_refused_in_words(
    cast: SimpleNamespace, visit: Any, path: Any, time: Any
) -> None:

    forged = form_path(visit, cast.office, time)
    fields = hidden(open_form(path))

    assert "isn’t free" in open_form(forged).text
    answer = Client().post(forged, {**fields, **ANN, "time": time})

    assert answer.status_code == 409
    assert not Attendee.objects.exclude(state=State.HELD).exists()


@pytest.mark.parametrize("time", ["", "x", "9999-12-31T23:59Z", "0001-01-01T00:00Z", "2026-12-07"])
def test_a_form_without_a_time_leads_back_to_the_times(
    cast: SimpleNamespace, visit: Any, time: Any
) -> None:

    path = form_path(visit, cast.office, time)

    for answer in (Client().get(path), Client().post(path, ANN)):
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith(f"/book/riverside/services/{visit.pk}/?at=")
    assert not Attendee.objects.exists()


def test_a_service_for_current_clients_asks_whether_someone_was_here(
    cast: SimpleNamespace, visit: Any, path: Any
) -> None:

    Service.objects.update(for_new_clients=False)
    assert "I have been here before" in open_form(path).text

    assert send(path).status_code == 422
    assert send(path, been_here="on").status_code == 303


def test_the_practice_can_confirm_each_booking(
    cast: SimpleNamespace, visit: Any, path: Any
) -> None:

    PracticeRules.objects.create(practice=cast.practice, needs_approval=True)

    assert "<h1>Requested</h1>" in look(send(path).headers["Location"]).html


def test_programs_that_look_ahead_hold_nothing(cast: SimpleNamespace, path: Any) -> None:

    Client().head(path)
    Client(headers={"Sec-Purpose": "prefetch"}).get(path)

    assert not Attendee.objects.exists()


def test_one_network_address_holds_only_a_few_times(cast: SimpleNamespace, visit: Any) -> None:

    for hour in range(12):
        half = ("00", "30")[hour % 2]
        time = f"2026-12-0{7 + hour // 6}T{15 + hour % 6}:{half}Z"
        assert open_form(form_path(visit, cast.office, time)).status == 200

    assert Attendee.objects.count() == 10


def test_an_email_that_booked_a_few_times_gets_no_more_for_an_hour(
    cast: SimpleNamespace, visit: Any
) -> None:

    answers = [
        send(form_path(visit, cast.office, f"2026-12-07T{15 + number}:00Z"), f"192.0.2.{number}")
        for number in range(7)
    ]

    assert [answer.status_code for answer in answers] == [303] * 6 + [429]
    assert "Too many tries" in Seen(answers[-1]).text
    assert Job.objects.filter(name=JOB).count() == 6


def test_the_clinician_who_is_held_for_any_is_shown(
    cast: SimpleNamespace, visit: Any, path: Any
) -> None:

    assert "Dr Dana M. Rivera" in open_form(path).text
    Membership.objects.update(show_on_calendar=False)
    assert open_form(path).status == 404
