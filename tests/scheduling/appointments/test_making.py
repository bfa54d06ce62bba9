"""Staff make appointments."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest

from letterhead.activity.models import Activity
from letterhead.outbox.models import Job
from letterhead.practices.models import Location, Membership, Practice
from letterhead.scheduling.models import Appointment, Attendee, TimeOff
from tests.clients.desk import Desk, said_beside
from tests.scheduling.appointments.staff import (
    ADD,
    added,
    anyway,
    local,
    page_of,
    typed,
    utc,
    words_in_the_way,
)
from tests.scheduling.making import appointment, at, hours, service


def test_an_appointment_is_made_and_is_on_the_calendar(shop: SimpleNamespace, dana: Desk) -> None:
    made = added(shop, dana)

    assert (local(made), made.ends_at - made.starts_at) == (
        "2026-12-07 10:00",
        dt.timedelta(minutes=50),
    )
    (person,) = made.attendees.all()
    assert (person.client, person.state) == (shop.ada, "booked")
    page = dana.read("/calendar/", day="2026-12-07")
    for shown in ("Monday, December 7, 2026", "10:00 AM", "to 10:50 AM", "Ada Moreno", "Booked"):
        assert shown in page
    assert Activity.objects.latest("pk").act == "made an appointment"


@pytest.mark.parametrize("starts", ["10:00", "10 am", "10"])
def test_the_time_is_read_as_people_type_it(shop: SimpleNamespace, dana: Desk, starts: str) -> None:
    assert local(added(shop, dana, starts=starts)) == "2026-12-07 10:00"


def test_a_clinicians_own_duration_and_the_buffers_count(shop: SimpleNamespace, dana: Desk) -> None:
    wide = service(shop.practice, shop.dana, name="Wide", buffer_before=10, buffer_after=5)
    wide.offers.update(duration=80)

    made = added(shop, dana, service=wide.pk)

    assert (made.busy_from, made.starts_at) == (utc("2026-12-07 14:50"), utc("2026-12-07 15:00"))
    assert (made.ends_at, made.busy_until) == (utc("2026-12-07 16:20"), utc("2026-12-07 16:25"))


def test_the_usual_duration_of_what_is_chosen_is_filled_in(
    shop: SimpleNamespace, dana: Desk
) -> None:
    shop.visit.offers.filter(practitioner=shop.sam.practitioner_id).update(duration=80)
    strange = service(shop.stranger.practice, shop.stranger, duration=35)

    def filled_in(kind: Any, who: Any) -> str | None:
        asked = f"?service={kind.pk}&practitioner={who.practitioner_id}"
        return dana.opened(ADD + asked)["minutes"]

    assert filled_in(shop.visit, shop.dana) == "50"
    assert filled_in(shop.visit, shop.sam) == "80"
    assert filled_in(strange, shop.stranger) == ""


def test_another_duration_can_be_typed(shop: SimpleNamespace, dana: Desk) -> None:
    made = added(shop, dana, minutes="25")

    assert made.ends_at - made.starts_at == dt.timedelta(minutes=25)


def test_the_client_is_emailed_only_if_staff_say_so(shop: SimpleNamespace, dana: Desk) -> None:
    told = added(shop, dana)
    dana.send(ADD, {**typed(shop, day="2026-12-08"), "digest": ""})
    quiet = Appointment.objects.latest("pk")

    jobs = Job.objects.filter(name="appointment mail").order_by("pk")
    assert [(job.values["attendee"], job.values["client_too"]) for job in jobs] == [
        (told.attendees.get().pk, True),
        (quiet.attendees.get().pk, False),
    ]
    assert {job.values["what"] for job in jobs} == {"booked"}


class Conflict:
    """What stands in the way of Ada's appointment on Monday at ten, and what the page says."""

    def overlap(self, shop: SimpleNamespace) -> str:
        appointment(shop.dana, shop.visit, shop.office, at(10, 30), client=shop.ben)
        return "Dana Rivera has another appointment then: Follow-up visit, 10:30 AM to 11:20 AM."

    def buffer(self, shop: SimpleNamespace) -> str:
        wide = service(shop.practice, shop.dana, name="Wide", buffer_before=15)
        appointment(shop.dana, wide, shop.office, at(11))
        return "This leaves no time for the buffers of Wide, 11:00 AM to 11:50 AM."

    def held_online(self, shop: SimpleNamespace) -> str:
        soon = at(10, day=dt.date(2026, 12, 1)) + dt.timedelta(minutes=9)
        appointment(shop.dana, shop.visit, shop.office, at(10), held_until=soon)
        return "Someone is booking this time online right now."

    def outside_hours(self, shop: SimpleNamespace) -> str:
        hours(shop.dana, starts="13:00")
        return "This is outside the hours of Dana Rivera at Office."

    def beyond_hours(self, shop: SimpleNamespace) -> str:
        hours(shop.dana, ends="10:45")
        return "This is outside the hours of Dana Rivera at Office."

    def hours_elsewhere(self, shop: SimpleNamespace) -> str:
        annex = Location.objects.create(practice=shop.practice, name="Annex")
        hours(shop.dana, location=annex)
        return "This is outside the hours of Dana Rivera at Office."

    def time_off(self, shop: SimpleNamespace) -> str:
        day = dt.date(2026, 12, 7)
        TimeOff.objects.create(
            practice=shop.practice,
            practitioner_id=shop.dana.practitioner_id,
            first_day=day,
            last_day=day,
            starts=dt.time(10, 30),
        )
        return "Dana Rivera has time off then."

    def holiday(self, shop: SimpleNamespace) -> str:
        day = dt.date(2026, 12, 7)
        TimeOff.objects.create(practice=shop.practice, first_day=day, last_day=day)
        return "Dana Rivera has time off then."

    def away(self, shop: SimpleNamespace) -> str:
        Membership.objects.filter(user=shop.dana.user).update(
            away_from="2026-12-05", away_until="2026-12-07"
        )
        return "Dana Rivera is away then."

    def not_offered(self, shop: SimpleNamespace) -> str:
        shop.visit.offers.filter(practitioner=shop.dana.practitioner_id).delete()
        return "Dana Rivera doesn’t offer Follow-up visit."

    def wrong_place(self, shop: SimpleNamespace) -> str:
        type(shop.visit).objects.update(in_office=False, virtual=True)
        return "Follow-up visit isn’t given at Office."

    def client_elsewhere(self, shop: SimpleNamespace) -> str:
        appointment(shop.sam, shop.visit, shop.office, at(10, 40), client=shop.ada)
        return "Ada Moreno already has an appointment then."


CONFLICTS = [name for name in vars(Conflict) if not name.startswith("_")]


@pytest.mark.parametrize("name", CONFLICTS)
def test_a_conflict_is_told_before_it_is_saved_and_booked_only_anyway(
    shop: SimpleNamespace, dana: Desk, name: str
) -> None:
    words = getattr(Conflict(), name)(shop)
    before = Appointment.objects.count()

    answer = dana.save(ADD, **typed(shop, note="Bring the diary"))

    assert answer.status_code == 422
    assert words_in_the_way(answer) == [words]
    page = answer.content.decode()
    assert "Book anyway" in page
    for kept in ('value="10:00 AM"', 'value="Bring the diary"', 'value="2026-12-07"'):
        assert kept in page
    assert Appointment.objects.count() == before

    assert anyway(dana, ADD, answer).status_code == 302
    assert Appointment.objects.latest("pk").note == "Bring the diary"


def test_what_staff_agreed_to_is_what_they_were_shown(shop: SimpleNamespace, dana: Desk) -> None:
    Conflict().away(shop)
    answer = dana.save(ADD, **typed(shop))
    overlap = Conflict().overlap(shop)  # while the question was open

    again = anyway(dana, ADD, answer)

    assert again.status_code == 422
    assert overlap in words_in_the_way(again)
    assert anyway(dana, ADD, again).status_code == 302
    assert Appointment.objects.latest("pk").booked_anyway


def test_save_pressed_again_asks_again(shop: SimpleNamespace, dana: Desk) -> None:
    Conflict().away(shop)
    answer = dana.save(ADD, **typed(shop))

    assert anyway(dana, ADD, answer, "").status_code == 422


def test_without_hours_of_their_own_a_clinician_is_never_outside_them(
    shop: SimpleNamespace, dana: Desk
) -> None:
    assert local(added(shop, dana, starts="23:30")) == "2026-12-07 23:30"


def test_a_past_day_is_asked_about(shop: SimpleNamespace, dana: Desk) -> None:
    answer = dana.save(ADD, **typed(shop, day="2026-11-30"))

    assert words_in_the_way(answer) == ["This day is in the past."]


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("starts", "noon", "Enter a time like 9:00 AM or 17:30."),
        ("starts", "", "Fill this in."),
        ("day", "9999-01-01", "This is after December 2, 2028. Check the year."),
        ("day", "tomorrow", "Enter the date as year, month and day, like 1980-02-03."),
        ("minutes", "0", "Enter a whole number from 5 to 720."),
        ("minutes", "-50", "Enter a whole number from 5 to 720."),
        ("minutes", "9999", "Enter a whole number from 5 to 720."),
        ("client", "", "Choose a client."),
        ("until", "2026-12-20", "Choose how often it repeats."),
        ("note", "x" * 501, "Ensure this value has at most 500 characters (it has 501)."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    shop: SimpleNamespace, dana: Desk, name: str, value: str, said: str
) -> None:
    answer = dana.save(ADD, **typed(shop, **{name: value}))

    assert answer.status_code == 422
    beside = said_beside(answer)
    assert said in beside.get(name, []) or (name == "until" and said in beside["repeats"])
    assert not Appointment.objects.exists()


@pytest.mark.parametrize("name", ["client", "practitioner", "service", "location"])
def test_what_another_practice_has_cant_be_chosen(
    shop: SimpleNamespace, dana: Desk, name: str
) -> None:
    from tests.clients.desk import client_of

    strange = {
        "client": client_of(shop.stranger).pk,
        "practitioner": shop.stranger.practitioner_id,
        "service": service(shop.stranger.practice, shop.stranger).pk,
        "location": Location.objects.get(practice=shop.stranger.practice).pk,
    }

    said = dana.refused(ADD, **typed(shop, **{name: strange[name]}))

    assert list(said) == [name]


def test_a_time_that_the_clock_skips_is_refused_and_a_double_one_is_the_first(
    shop: SimpleNamespace, dana: Desk
) -> None:
    said = dana.refused(ADD, **typed(shop, day="2027-03-14", starts="2:30 AM"))
    assert said == {"starts": ["The clocks skip this time on that day."]}

    made = added(shop, dana, day="2027-11-07", starts="1:30 AM")
    assert made.starts_at == utc("2027-11-07 05:30")  # still daylight time


def test_times_are_typed_and_shown_in_the_members_zone(shop: SimpleNamespace, dana: Desk) -> None:
    Membership.objects.filter(user=shop.dana.user).update(time_zone="America/Los_Angeles")

    made = added(shop, dana, starts="7:00 AM")

    assert made.starts_at == utc("2026-12-07 15:00")
    assert "7:00 AM" in dana.read(page_of(made))


def test_a_groups_session_needs_no_client_and_takes_as_many_as_it_has_places(
    shop: SimpleNamespace, dana: Desk
) -> None:
    made = added(shop, dana, service=shop.group.pk, client="")

    assert (made.capacity, made.attendees.count(), made.takes_time) == (3, 0, True)
    assert "0 of 3" in dana.read("/calendar/", day="2026-12-07")


def test_a_clinician_makes_appointments_only_in_their_own_calendar(
    shop: SimpleNamespace,
) -> None:
    sam = Desk(shop.sam)
    said = sam.refused(ADD, **typed(shop, client=shop.ben.pk))
    assert list(said) == ["practitioner"]

    made = added(shop, sam, client=shop.ben.pk, practitioner=shop.sam.practitioner_id)
    assert made.practitioner_id == shop.sam.practitioner_id


def test_who_is_on_no_calendar_and_changes_only_their_own_cant_add(
    shop: SimpleNamespace,
) -> None:
    Membership.objects.filter(user=shop.sam.user).update(show_on_calendar=False)

    assert Desk(shop.sam).get(ADD).status_code == 403
    assert "Add appointment" not in Desk(shop.sam).read("/calendar/")


def test_of_many_clients_one_is_found_by_name(
    shop: SimpleNamespace, dana: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("letterhead.scheduling.appointments.fields.FEW", 1)
    sent: dict[str, Any] = {**typed(shop, client=""), "called": "ao", "digest": ""}

    found = dana.send(ADD, {**sent, "rows": "client:find"})
    assert found.status_code == 200
    assert f'<option value="{shop.ben.pk}" selected>Ben Aoki</option>' in found.content.decode()
    assert 'value="10:00 AM"' in found.content.decode()

    dana.send(ADD, sent)
    assert Attendee.objects.get().client == shop.ben


@pytest.mark.parametrize(
    ("called", "field", "said"),
    [
        ("", "called", "Enter the first letters of a client’s name."),
        ("zz", "called", "No client of yours has this name. Check it."),
        ("a", "client", "Choose which of these it is."),
    ],
)
def test_of_many_clients_what_isnt_clear_is_asked_about(
    shop: SimpleNamespace, dana: Desk, monkeypatch: pytest.MonkeyPatch,
    called: str, field: str, said: str,
) -> None:  # fmt: skip
    monkeypatch.setattr("letterhead.scheduling.appointments.fields.FEW", 1)

    answer = dana.send(ADD, {**typed(shop, client=""), "called": called, "digest": ""})

    assert said_beside(answer)[field] == [said]


def test_another_name_typed_lets_go_of_the_client_chosen_before(
    shop: SimpleNamespace, dana: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("letterhead.scheduling.appointments.fields.FEW", 1)

    dana.send(ADD, {**typed(shop, client=shop.ada.pk), "called": "ben", "digest": ""})

    assert Attendee.objects.get().client == shop.ben


def test_namesakes_are_told_apart_by_their_birth_date(shop: SimpleNamespace, dana: Desk) -> None:
    from tests.clients.desk import client_of

    client_of(shop.dana, birth_date=dt.date(1980, 2, 3))

    page = dana.read(ADD)

    assert "Ada Moreno (Feb 3, 1980)" in page
    assert f"Ada Moreno (#{shop.ada.pk})" in page


def test_from_a_clients_page_the_client_is_chosen(shop: SimpleNamespace, dana: Desk) -> None:
    page = dana.read(ADD, client=str(shop.ben.pk), day="2026-12-09")

    assert f'<option value="{shop.ben.pk}" selected>Ben Aoki</option>' in page
    assert 'value="2026-12-09"' in page


def test_a_practice_abroad_is_asked_in_its_own_zone(shop: SimpleNamespace, dana: Desk) -> None:
    Practice.objects.filter(pk=shop.practice.pk).update(time_zone="Australia/Lord_Howe")

    made = added(shop, dana)

    assert made.starts_at == utc("2026-12-06 23:00")
