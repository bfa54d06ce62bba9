"""Staff move and cancel appointments, and say who came."""

from types import SimpleNamespace
from typing import Any

import pytest

from letterhead.activity.changes import Stale
from letterhead.activity.models import Activity
from letterhead.clients.models import Client
from letterhead.outbox.models import Job
from letterhead.practices.models import Location, Membership
from letterhead.scheduling.actions import mark
from letterhead.scheduling.columns import State
from letterhead.scheduling.models import Appointment, Attendee
from tests.clients.desk import Answer, Desk, client_of
from tests.scheduling.appointments.staff import added, anyway, local, page_of, words_in_the_way
from tests.scheduling.making import appointment, at


@pytest.fixture
def made(shop: SimpleNamespace, dana: Desk) -> Appointment:
    return added(shop, dana)


def press(desk: Desk, person: Attendee, act: str, **more: Any) -> Answer:
    """Press a button next to someone on an appointment's page, and see the page again."""
    person.refresh_from_db()
    sent = {"version": person.version, "act": act, **more}
    return desk.browser.post(f"/calendar/people/{person.pk}/", sent, follow=True)


def state_of(person: Attendee) -> str:
    person.refresh_from_db()
    return person.state


def mails() -> list[str]:
    """What clients are told."""
    jobs = Job.objects.filter(name="appointment mail").order_by("pk")
    what = [job.values["what"] for job in jobs if job.values["client_too"]]
    return what[1:]  # after the one of its making


def test_an_appointments_page_says_everything_about_it(
    shop: SimpleNamespace, dana: Desk, made: Appointment
) -> None:
    page = dana.read(page_of(made))

    for shown in (
        *("Follow-up visit", "Monday, December 7, 2026", "10:00 AM", "Dana Rivera", "Office"),
        *("Move", "Cancel appointment", "Attended", "No-show", "Edit note"),
        *(f'<a href="/clients/{shop.ada.pk}/">Ada Moreno</a>', "Booked"),
    ):
        assert shown in page


def test_it_moves_to_another_time_clinician_and_place(
    shop: SimpleNamespace, dana: Desk, made: Appointment
) -> None:
    annex = Location.objects.create(practice=shop.practice, name="Annex")

    dana.save(
        page_of(made, "move"),
        day="2026-12-08",
        starts="2:30 pm",
        practitioner=str(shop.sam.practitioner_id),
        location=str(annex.pk),
        minutes="30",
    )

    assert local(made) == "2026-12-08 14:30"
    assert (made.practitioner_id, made.location, made.version) == (
        shop.sam.practitioner_id,
        annex,
        2,
    )
    assert (made.ends_at - made.starts_at).seconds == 30 * 60
    person = made.attendees.get()
    assert (person.sequence, person.moved_from) == (1, at(10))
    assert "Moved from Dec 7, 2026, 10:00 AM" in dana.read(page_of(made))
    assert Activity.objects.latest("pk").act == "moved an appointment"
    assert mails() == ["changed"]


def test_the_client_isnt_told_if_staff_say_so(dana: Desk, made: Appointment) -> None:
    form = dana.opened(page_of(made, "move"))
    dana.send(page_of(made, "move"), {**form, "starts": "11:00", "telling": None})
    dana.send(page_of(made, "cancel"), {**dana.opened(page_of(made, "cancel")), "telling": None})

    assert mails() == []


def test_it_may_move_into_its_own_time(dana: Desk, made: Appointment) -> None:
    dana.save(page_of(made, "move"), starts="10:15")

    assert local(made) == "2026-12-07 10:15"
    assert not made.booked_anyway


def test_moving_into_another_appointment_asks_first(
    shop: SimpleNamespace, dana: Desk, made: Appointment
) -> None:
    appointment(shop.dana, shop.visit, shop.office, at(14))

    answer = dana.save(page_of(made, "move"), starts="2:00 PM")

    assert answer.status_code == 422
    assert words_in_the_way(answer) == [
        "Dana Rivera has another appointment then: Follow-up visit, 2:00 PM to 2:50 PM."
    ]
    assert local(made) == "2026-12-07 10:00"
    anyway(dana, page_of(made, "move"), answer)
    assert local(made) == "2026-12-07 14:00"
    assert made.booked_anyway
    assert "Booked although something else was at that time" in dana.read(page_of(made))


@pytest.mark.parametrize(
    ("name", "value"),
    [("starts", "noon"), ("day", "9999-12-31"), ("minutes", "-1"), ("minutes", ""), ("day", "")],
)
def test_a_wrong_move_is_said_beside_its_field(
    dana: Desk, made: Appointment, name: str, value: str
) -> None:
    assert list(dana.refused(page_of(made, "move"), **{name: value})) == [name]
    assert local(made) == "2026-12-07 10:00"


def test_who_moves_what_someone_else_moved_is_told(dana: Desk, made: Appointment) -> None:
    stale = dana.opened(page_of(made, "move"))
    dana.save(page_of(made, "move"), starts="11:00")

    answer = dana.send(page_of(made, "move"), {**stale, "starts": "3:00 PM"})

    assert answer.status_code == 422
    assert "Someone else changed this appointment." in answer.content.decode()
    assert local(made) == "2026-12-07 11:00"
    dana.send(page_of(made, "move"), answer.context["form"].data.dict())
    assert local(made) == "2026-12-07 15:00"


def test_canceled_its_time_is_free_and_it_stays_in_the_calendar_struck_through(
    shop: SimpleNamespace, dana: Desk, made: Appointment
) -> None:
    dana.save(page_of(made, "cancel"))

    made.refresh_from_db()
    person = made.attendees.get()
    assert (made.takes_time, person.state, person.canceled_at) == (
        False,
        "canceled",
        at(10, day=made.made_at),
    )
    assert mails() == ["canceled"]
    assert "<s>Ada Moreno</s>" in dana.read("/calendar/", day="2026-12-07")
    assert "Cancel appointment" not in dana.read(page_of(made))
    assert local(added(shop, dana, client=shop.ben.pk)) == "2026-12-07 10:00"


def test_a_late_cancellation_is_one(dana: Desk, made: Appointment) -> None:
    dana.save(page_of(made, "cancel"), late="on")

    assert state_of(made.attendees.get()) == "late"
    assert "Canceled late" in dana.read(page_of(made))


def test_canceling_what_someone_else_moved_is_told(dana: Desk, made: Appointment) -> None:
    stale = dana.opened(page_of(made, "cancel"))
    dana.save(page_of(made, "move"), starts="11:00")

    assert dana.send(page_of(made, "cancel"), stale).status_code == 422
    assert state_of(made.attendees.get()) == "booked"


@pytest.mark.parametrize(("act", "said"), [("attended", "Attended"), ("no-show", "No-show")])
def test_who_came_is_marked_and_taken_back(
    dana: Desk, made: Appointment, act: str, said: str
) -> None:
    person = made.attendees.get()

    press(dana, person, act)
    assert state_of(person) == act
    assert f">{said}</span>" in dana.read(page_of(made))

    press(dana, person, "booked")
    assert state_of(person) == "booked"


def test_a_mark_on_what_someone_else_marked_is_told(dana: Desk, made: Appointment) -> None:
    person = made.attendees.get()
    press(dana, person, "attended")

    answer = dana.browser.post(
        f"/calendar/people/{person.pk}/", {"act": "no-show", "version": 1}, follow=True
    )

    assert "Someone else changed this." in answer.content.decode()
    assert state_of(person) == "attended"


def test_a_mark_on_what_just_went_over_to_a_colleague_is_told(
    shop: SimpleNamespace, made: Appointment
) -> None:
    person = made.attendees.select_related("appointment").get()
    Appointment.objects.update(practitioner=shop.sam.practitioner_id)

    with pytest.raises(Stale):
        mark(person, State.ATTENDED, read_at_version=1, by=shop.dana.user)


def test_a_cancellation_is_taken_back_only_if_the_time_is_still_free(
    shop: SimpleNamespace, dana: Desk, made: Appointment
) -> None:
    person = made.attendees.get()
    dana.save(page_of(made, "cancel"))
    press(dana, person, "booked")
    made.refresh_from_db()
    assert (state_of(person), made.takes_time) == ("booked", True)

    dana.save(page_of(made, "cancel"))
    added(shop, dana, client=shop.ben.pk)
    answer = press(dana, person, "booked")

    assert "Another appointment takes this time now." in answer.content.decode()
    assert state_of(person) == "canceled"


def test_the_note_is_changed(dana: Desk, made: Appointment) -> None:
    dana.save(page_of(made, "note"), note="Bring the diary")

    assert "Bring the diary" in dana.read(page_of(made))


def test_a_group_fills_and_each_person_is_marked_alone(shop: SimpleNamespace, dana: Desk) -> None:
    group = added(shop, dana, service=shop.group.pk, client="")
    add = page_of(group, "clients/add")
    for client in (shop.ada, shop.ben, client_of(shop.dana, "Cy", "Lund")):
        dana.save(add, client=str(client.pk))
    assert "3 of 3" in dana.read("/calendar/", day="2026-12-07")

    said = dana.refused(add, client=str(client_of(shop.dana, "Di", "Full").pk))
    assert said == {"client": ["All places are taken."]}

    ada, ben, cy = group.attendees.order_by("pk")
    press(dana, ada, "attended")
    press(dana, ben, "no-show")
    dana.save(f"{page_of(group, 'cancel')}?person={cy.pk}")
    assert [state_of(each) for each in (ada, ben, cy)] == ["attended", "no-show", "canceled"]
    group.refresh_from_db()
    assert group.takes_time

    said = dana.refused(add, client=str(shop.ada.pk))
    assert said == {"client": ["This client already comes to this appointment."]}


def test_a_client_who_is_elsewhere_joins_a_group_only_anyway(
    shop: SimpleNamespace, dana: Desk
) -> None:
    group = added(shop, dana, service=shop.group.pk, client="")
    appointment(shop.sam, shop.visit, shop.office, at(10), client=shop.ben)
    add = page_of(group, "clients/add")

    answer = dana.save(add, client=str(shop.ben.pk))

    assert words_in_the_way(answer) == ["Ben Aoki already has an appointment then."]
    anyway(dana, add, answer)
    assert group.attendees.get().client == shop.ben


def test_a_whole_group_is_canceled_but_for_who_attended(shop: SimpleNamespace, dana: Desk) -> None:
    group = added(shop, dana, service=shop.group.pk, client=shop.ada.pk)
    dana.save(page_of(group, "clients/add"), client=str(shop.ben.pk))
    ada, ben = group.attendees.order_by("pk")
    press(dana, ada, "attended")

    dana.save(page_of(group, "cancel"))

    assert (state_of(ada), state_of(ben)) == ("attended", "canceled")


def test_an_empty_session_can_be_canceled(shop: SimpleNamespace, dana: Desk) -> None:
    group = added(shop, dana, service=shop.group.pk, client="")

    dana.save(page_of(group, "cancel"))

    group.refresh_from_db()
    assert not group.takes_time


def online(shop: SimpleNamespace, **more: Any) -> Attendee:
    """Someone who booked online and waits for the practice."""
    row = appointment(shop.dana, shop.visit, shop.office, at(14))
    given = {
        **{"first_name": "Ada", "last_name": "Moreno", "email": "ada@mail.example"},
        **{"state": "requested", "booked_online": True, "reason": "Diabetes"},
    }
    return Attendee.objects.create(appointment=row, **{**given, **more})


@pytest.mark.parametrize(
    ("act", "state", "what", "takes"),
    [("confirm", "booked", "booked", True), ("decline", "canceled", "canceled", False)],
)
def test_a_booking_that_waits_is_answered_once(
    shop: SimpleNamespace, dana: Desk, act: str, state: str, what: str, takes: bool
) -> None:
    person = online(shop)
    assert "Diabetes" in dana.read(page_of(person.appointment))

    press(dana, person, act)
    press(dana, person, act)

    person.appointment.refresh_from_db()
    assert (state_of(person), person.appointment.takes_time) == (state, takes)
    jobs = Job.objects.filter(name="appointment mail")
    assert [job.values["what"] for job in jobs] == [what]


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"email": "ADA@mail.example", "first_name": "A."}, "same email"),
        ({"email": "other@mail.example", "phone": "+12125550142", "last_name": "M"}, "same phone"),
        ({"email": "", "first_name": "ada", "last_name": "MORENO"}, "same name"),
    ],
)
def test_who_booked_online_looks_like_a_client(
    shop: SimpleNamespace, dana: Desk, typed: dict[str, str], why: str
) -> None:
    person = online(shop, **typed)
    page = dana.read(page_of(person.appointment))
    assert "Looks like Ada Moreno" in page
    assert f"({why})" in page

    press(dana, person, "link", client=shop.ada.pk)

    person.refresh_from_db()
    assert person.client == shop.ada
    assert "Looks like" not in dana.read(page_of(person.appointment))


def test_a_parents_email_may_be_that_of_several_clients(shop: SimpleNamespace, dana: Desk) -> None:
    child = online(shop, first_name="Kit", last_name="Moreno", phone="+12125550142")
    assert "Looks like Ada Moreno" in dana.read(page_of(child.appointment))

    answer = press(dana, child, "new-client")

    kit = Client.objects.get(first_name="Kit")
    child.refresh_from_db()
    assert child.client == kit
    assert (kit.email, kit.phone) == ("ada@mail.example", "+12125550142")
    assert kit.clinician_id == shop.dana.practitioner_id
    assert "Kit Moreno added" in answer.content.decode()
    press(dana, child, "new-client")
    assert Client.objects.filter(first_name="Kit").count() == 1


def test_nobody_is_compared_with_clients_that_the_member_doesnt_see(shop: SimpleNamespace) -> None:
    person = online(shop)
    Appointment.objects.update(practitioner=shop.sam.practitioner_id)
    sam = Desk(shop.sam)
    assert "Looks like" not in sam.read(page_of(person.appointment))

    answer = press(sam, person, "link", client=shop.ada.pk)

    assert answer.status_code == 404
    person.refresh_from_db()
    assert person.client is None


def test_another_practice_and_a_colleague_without_the_right_find_nothing(
    shop: SimpleNamespace, made: Appointment
) -> None:
    person = made.attendees.get()
    for who, seen in ((shop.stranger, 404), (shop.sam, 404), (shop.lee, 200)):
        desk = Desk(who)
        assert desk.get(page_of(made)).status_code == seen
        for act in ("move", "cancel", "note", "clients/add"):
            assert desk.get(page_of(made, act)).status_code == 404
        assert press(desk, person, "attended").status_code == 404
    assert "Cancel appointment" not in Desk(shop.lee).read(page_of(made))


def test_who_sees_only_assigned_clients_reads_no_other_names(
    shop: SimpleNamespace, made: Appointment
) -> None:
    Membership.objects.filter(user=shop.noor.user).update(only_assigned_clients=True)
    noor = Desk(shop.noor)

    for page in (noor.read("/calendar/", day="2026-12-07"), noor.read(page_of(made))):
        assert "A client not assigned to you" in page
        assert "Moreno" not in page


def test_an_unknown_act_is_refused(dana: Desk, made: Appointment) -> None:
    assert press(dana, made.attendees.get(), "erase").status_code == 403
