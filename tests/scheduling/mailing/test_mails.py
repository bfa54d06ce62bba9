"""What is emailed about an appointment: to the client with a file, and to the clinician."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
import vobject
from django.core import mail

from letterhead.accounts.models import User
from letterhead.details.models import Practitioner
from letterhead.notifications.models import Frequency, HowOften
from letterhead.outbox.models import Job
from letterhead.outbox.worker import do_all_due
from letterhead.practices.models import Location, Membership, Practice
from letterhead.scheduling.actions import cancel, reschedule
from letterhead.scheduling.links import To, link_to
from letterhead.scheduling.models import Attendee, PracticeRules, Service
from letterhead.scheduling.telling import What, tell
from tests.scheduling.making import at
from tests.scheduling.online.booking import ANN, booked, chosen

pytestmark = pytest.mark.django_db
CONTACT = "dana.rivera@contact.example"


@pytest.fixture(autouse=True)
def _contact(cast: SimpleNamespace) -> Any:

    rows = Practitioner.objects.filter(pk=cast.dana.practitioner_id)
    rows.update(contact_email=CONTACT, title="Dr")


def sent_to(address: Any) -> Any:

    do_all_due()
    return [each for each in mail.outbox if each.to == [address]]


def calendar_in(message: Any) -> Any:
    """The event of an email's calendar file, read by another library, and its method."""
    (part,) = [each for each in message.attachments if each.get_filename() == "appointment.ics"]
    assert part.get_content_type() == "text/calendar"
    calendar = vobject.readOne(part.get_payload(decode=True).decode())
    assert part.get_param("method") == calendar.method.value
    return calendar, calendar.vevent


def test_a_booking_is_confirmed_with_a_calendar_file(cast: SimpleNamespace, visit: Any) -> None:

    ann = booked(chosen(cast, visit), at(10))

    (message,) = sent_to(ANN.email)

    assert message.subject == "Appointment booked: Monday, December 7, 2026, 10:00 AM"
    assert message.from_email.startswith("Riverside Nutrition <")
    assert message.extra_headers["Reply-To"] == CONTACT
    for words in (
        *("Hello Ann", "Riverside Nutrition", "10:00 AM", "Dr Dana", "Follow-up visit"),
        *("48 Water Street", "Eastern, New York"),
        "You can reschedule or cancel online until Sunday, December 6, 2026, 10:00 AM.",
    ):
        assert words in message.body
    html = message.alternatives[0][0]
    for words, purpose in (("Reschedule", To.RESCHEDULE), ("Cancel", To.CANCEL)):
        assert f'<a href="http://localhost:8000{link_to(purpose, ann)}">{words}</a>' in html
    assert "Open in Letterhead" not in html


def test_the_calendar_file_says_who_when_and_where(cast: SimpleNamespace, visit: Any) -> None:

    booked(chosen(cast, visit), at(10))

    calendar, event = calendar_in(sent_to(ANN.email)[0])

    assert calendar.method.value == "REQUEST"
    assert event.dtstart.value == at(10)
    assert event.dtend.value == at(10, 50)
    assert str(event.dtstart.value.tzinfo) != "UTC"
    assert calendar.vtimezone.tzid.value == "America/New_York"
    assert event.organizer.value == f"mailto:{CONTACT}"
    assert event.organizer.params["CN"] == ["Dr Dana M. Rivera"]
    assert event.attendee.value == f"mailto:{ANN.email}"
    assert event.attendee.params["CN"] == ["Ann Lee"]
    assert event.sequence.value == "0"
    assert event.status.value == "CONFIRMED"
    assert "48 Water Street" in event.location.value
    assert "Follow-up" not in event.summary.value
    assert "/book/riverside/cancel/" in event.description.value


def test_one_uid_goes_through_every_change_with_a_rising_sequence(
    cast: SimpleNamespace, visit: Any
) -> None:

    ann = booked(chosen(cast, visit), at(10))
    sent_to(ANN.email)
    reschedule(ann.key, at(14))
    sent_to(ANN.email)
    cancel(ann.key)

    files = [calendar_in(each) for each in sent_to(ANN.email)]

    assert [calendar.method.value for calendar, _ in files] == ["REQUEST", "REQUEST", "CANCEL"]
    assert len({event.uid.value for _, event in files}) == 1
    assert [event.sequence.value for _, event in files] == ["0", "1", "2"]
    assert [event.dtstart.value for _, event in files] == [at(10), at(14), at(14)]
    assert files[2][1].status.value == "CANCELLED"
    assert "It was Monday, December 7, 2026, 10:00 AM" in mail.outbox[2].body


def test_the_clinician_gets_three_emails_with_initials_and_a_link_only(
    cast: SimpleNamespace, visit: Any
) -> None:

    ann = booked(chosen(cast, visit), at(10))
    reschedule(ann.key, at(14))
    cancel(ann.key)

    messages = sent_to(CONTACT)

    assert [each.subject.partition(":")[0] for each in messages] == [
        *("Appointment booked by AL", "Appointment of AL rescheduled", "Appointment of AL canceled")
    ]
    for message in messages:
        assert f"/calendar/appointments/{ann.appointment_id}/" in message.body
        for private in ("Ann", "Lee", ANN.email, "Follow-up"):
            assert private not in message.body + message.subject


def test_nobody_is_told_of_what_they_did_themselves(cast: SimpleNamespace, visit: Any) -> None:

    ann = booked(chosen(cast, visit), at(10))
    sent_to(CONTACT)
    Attendee.objects.update(sequence=1)
    ann.refresh_from_db()
    tell(ann, What.CHANGED, by=cast.dana.user.pk)
    Attendee.objects.update(sequence=2)
    ann.refresh_from_db()
    tell(ann, What.CHANGED, by=cast.noor.user.pk, client_too=False)

    assert len(sent_to(CONTACT)) == 2
    assert len(sent_to(ANN.email)) == 1  # the booking; the next state has no email to the client


def test_who_chose_never_gets_none(cast: SimpleNamespace, visit: Any) -> None:

    member = Membership.objects.get(practitioner=cast.dana.practitioner_id)
    Frequency.objects.create(
        membership=member, event="appointment-booked", how_often=HowOften.NEVER, version=1
    )
    booked(chosen(cast, visit), at(10))

    assert sent_to(CONTACT) == []
    assert len(sent_to(ANN.email)) == 1


def test_an_email_about_a_state_that_changed_again_is_not_sent(
    cast: SimpleNamespace, visit: Any
) -> None:

    ann = booked(chosen(cast, visit), at(10))
    cancel(ann.key)

    assert [each.subject.partition(":")[0] for each in sent_to(ANN.email)] == [
        "Appointment canceled"
    ]


def test_a_video_link_is_in_emails_about_video_calls_alone(
    cast: SimpleNamespace, visit: Any
) -> None:

    Membership.objects.filter(practitioner=cast.dana.practitioner_id).update(
        video_link="https://video.example/dana", video_how="Wait in the lobby."
    )
    Service.objects.update(virtual=True)
    video = Location.objects.create(practice=cast.practice, name="Video", place_of_service="10")
    booked(chosen(cast, visit), at(10))
    booked(chosen(cast, visit, location=video), at(12))

    office, call = sent_to(ANN.email)

    assert "video.example" not in office.body + calendar_in(office)[1].serialize()
    assert "https://video.example/dana" in call.body
    assert "Wait in the lobby." in call.body
    assert calendar_in(call)[1].location.value == "https://video.example/dana"


def test_a_request_and_a_proof_have_no_calendar_file_yet(cast: SimpleNamespace, visit: Any) -> None:

    rules = PracticeRules.objects.create(practice=cast.practice, needs_approval=True)
    booked(chosen(cast, visit), at(10))
    (request,) = sent_to(ANN.email)
    rules.proves_email = True
    rules.save()
    ann = booked(chosen(cast, visit), at(12))
    proof = sent_to(ANN.email)[1]

    assert "Appointment requested" in request.subject
    assert "Confirm your appointment" in proof.subject
    assert not request.attachments
    assert not proof.attachments
    assert link_to(To.PROVE, ann) in proof.body
    assert link_to(To.CANCEL, ann) not in proof.body
    assert len(sent_to(CONTACT)) == 1


def test_a_practice_whose_email_is_not_proven_writes_to_nobody_else(
    cast: SimpleNamespace, visit: Any
) -> None:

    by = User.objects.create(email="new@practice.example")
    Practice.objects.filter(pk=cast.practice.pk).update(registered_by=by)
    booked(chosen(cast, visit), at(10))

    assert sent_to(ANN.email) == []
    assert len(sent_to(CONTACT)) == 1


def test_names_that_break_lines_break_no_calendar_file(cast: SimpleNamespace, visit: Any) -> None:

    Practitioner.objects.filter(pk=cast.dana.practitioner_id).update(last_name='Ri"v;er:a, Jr')
    booked(chosen(cast, visit), at(10))

    _calendar, event = calendar_in(sent_to(ANN.email)[0])

    assert event.organizer.value == f"mailto:{CONTACT}"
    assert "Ri'v;er:a" in event.organizer.params["CN"][0]
    assert not Job.objects.exclude(parked_at=None).exists()
    assert event.dtend.value - event.dtstart.value == dt.timedelta(minutes=50)
