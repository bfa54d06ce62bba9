"""What becomes of the people who come: attended, no-show, confirmed, which client it is."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from letterhead.accounts.models import User
from letterhead.activity.changes import Stale, change_row
from letterhead.clients.actions import ClientFacts
from letterhead.clients.models import Client
from letterhead.scheduling import diaries
from letterhead.scheduling.appointments.actions import let_go, record_of
from letterhead.scheduling.appointments.conflicts import NOT_ASKED, Answer, Plan, clients_elsewhere
from letterhead.scheduling.columns import State
from letterhead.scheduling.models import Appointment, Attendee
from letterhead.scheduling.telling import What, tell

_MARKED = (State.BOOKED, State.ATTENDED, State.NO_SHOW)


class Full(Exception):
    """All places of a group are taken."""


class AlreadyThere(Exception):
    """This client already comes to this appointment."""


class Linked(Exception):
    """This person is a client already."""


@transaction.atomic(durable=True)
def mark(person: Attendee, state: State, *, read_at_version: int, by: User) -> bool:
    """Say that someone attended or didn't show up, or take that back; return whether it changed.

    Taking back a cancellation needs the time, and a place, to be free still: raises Taken and
    Full. Raises Stale if someone changed it since.
    """
    if state not in _MARKED:
        raise ValueError(state)
    appointment = _locked(person)
    if not person.takes_a_place:
        _come_back(appointment, person)
    columns = {"state": state, "canceled_at": None, "canceled_online": False, "held_until": None}
    changes = change_row(person, columns=columns, read_at_version=read_at_version)
    if changes:
        record_of(gettext_noop("marked an appointment"), appointment, by, changes)
    return bool(changes)


@transaction.atomic(durable=True)
def confirm(person: Attendee, *, read_at_version: int, by: User) -> bool:
    """Confirm a booking that waits for the practice; return whether it was waiting. Raises Stale.

    The client gets an email.
    """
    return _answer(person, State.BOOKED, read_at_version, by)


@transaction.atomic(durable=True)
def decline(person: Attendee, *, read_at_version: int, by: User) -> bool:
    """Decline a booking that waits for the practice; return whether it was waiting. Raises Stale.

    The client gets an email.
    """
    return _answer(person, State.CANCELED, read_at_version, by)


@transaction.atomic(durable=True)
def add_person(
    appointment: Appointment,
    plan: Plan,
    *,
    by: User,
    telling: bool = False,
    answer: Answer = NOT_ASKED,
) -> Attendee:
    """Let the client of a plan come to a group's appointment.

    Raises Full, AlreadyThere, and InTheWay if they have another appointment then.
    """
    diaries.lock(appointment.practitioner_id)
    now = Appointment.objects.get(pk=appointment.pk)
    (client,) = plan.clients
    _need_a_place(now)
    coming = Attendee.objects.filter(appointment=now, client=client)
    if coming.exclude(state__in=Attendee.GONE).exists():
        raise AlreadyThere
    times = {now.starts_at.date(): now.starts_at}
    clients_elsewhere(plan, times, moving=[now.pk]).agreed(times, answer)
    person = Attendee.objects.create(appointment=now, client=client)
    tell(person, What.BOOKED, by=by.pk, client_too=telling)
    record_of(gettext_noop("added a client to an appointment"), now, by)
    return person


@transaction.atomic(durable=True)
def link(person: Attendee, client: Client, *, read_at_version: int, by: User) -> None:
    """Say that someone who booked online is this client.

    Raises AlreadyThere, Linked if they are a client already, and Stale.
    """
    appointment = _locked(person)
    _link(person, client, read_at_version)
    record_of(gettext_noop("said which client booked an appointment"), appointment, by)


@transaction.atomic(durable=True)
def link_new_client(person: Attendee, *, read_at_version: int, by: User) -> Client:
    """Make a client of someone who booked online, with what they typed.

    Raises Linked if they are a client already, and Stale.
    """
    appointment = _locked(person)
    facts = ClientFacts(
        first_name=person.first_name if person.last_name else "",
        last_name=person.last_name or person.first_name,
        email=person.email,
        phone=person.phone,
        country=appointment.practice.country,
        clinician_id=appointment.practitioner_id,
    )
    client = Client.objects.create(practice=appointment.practice, **vars(facts))
    _link(person, client, read_at_version)
    record_of(gettext_noop("made a client of who booked an appointment"), appointment, by)
    return client


def _answer(person: Attendee, state: State, read_at_version: int, by: User) -> bool:
    appointment = _locked(person)
    if person.state != State.REQUESTED:
        return False
    declined = state == State.CANCELED
    columns = {"state": state, "sequence": person.sequence + 1}
    if declined:
        columns["canceled_at"] = timezone.now()
    change_row(person, columns=columns, read_at_version=read_at_version)
    if declined:
        let_go([appointment.pk])
    person.refresh_from_db()
    tell(person, What.CANCELED if declined else What.BOOKED, by=by.pk)
    act = gettext_noop("declined a booking") if declined else gettext_noop("confirmed a booking")
    record_of(act, appointment, by)
    return True


def _locked(person: Attendee) -> Appointment:
    """Lock the diary of someone's appointment, and return it as it is now.

    Raises Stale if it went over to another clinician a moment ago, whose diary isn't locked.
    """
    whose = person.appointment.practitioner_id
    diaries.lock(whose)
    now = Appointment.objects.select_related("practice").get(pk=person.appointment_id)
    if now.practitioner_id != whose:
        raise Stale(person)
    return now


def _come_back(appointment: Appointment, person: Attendee) -> None:
    """Take the time of a canceled appointment again, or a place in the group."""
    if appointment.takes_time:
        _need_a_place(appointment)
        return
    appointment.takes_time, appointment.version = True, appointment.version + 1
    diaries.take(appointment)


def _need_a_place(appointment: Appointment) -> None:
    if diaries.places_taken([appointment]).get(appointment.pk, 0) >= appointment.capacity:
        raise Full


def _link(person: Attendee, client: Client, read_at_version: int) -> None:
    if person.client_id is not None:
        raise Linked
    others = Attendee.objects.filter(appointment=person.appointment_id, client=client)
    if others.exclude(state__in=Attendee.GONE).exists():
        raise AlreadyThere
    change_row(person, columns={"client_id": client.pk}, read_at_version=read_at_version)
