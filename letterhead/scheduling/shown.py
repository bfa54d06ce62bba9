"""An appointment as a member sees it: who comes, and how it stands, in words."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext

from letterhead.clients.models import Client
from letterhead.details.queries import practitioner_of, practitioners_in
from letterhead.practices.models import Membership, Practice
from letterhead.practices.roles import Act, may
from letterhead.scheduling.columns import State
from letterhead.scheduling.models import Appointment, Attendee

TONES = {
    State.REQUESTED: "warn",
    State.UNPROVEN: "warn",
    State.ATTENDED: "good",
    State.NO_SHOW: "bad",
    State.LATE: "bad",
}


def for_list(appointments: QuerySet[Appointment], practice: Practice) -> QuerySet[Appointment]:
    """Return appointments of a practice with who comes, as a list shows them, by start.

    Each service, location, clinician and client is read once, however often it is there: of 200
    appointments this takes half as long as joining them to every row.
    """
    clients = Client.objects.only("first_name", "last_name", "clinician")
    people = Attendee.objects.exclude(state=State.HELD).order_by("pk")
    clinicians = practitioners_in(practice).only("first_name", "last_name", "membership")
    rows = appointments.prefetch_related(
        *("service", "location"),
        Prefetch("practitioner", clinicians),
        Prefetch("attendees", people.prefetch_related(Prefetch("client", clients))),
    )
    return rows.order_by("starts_at", "pk")


@dataclass(frozen=True)
class Shown:
    """An appointment for a list or a calendar."""

    appointment: Appointment
    title: str
    state: str
    tone: str  # of a tag: "", "good", "warn" or "bad"
    canceled: bool


class Viewer:
    """A member who looks at appointments: what they can read about the people who come."""

    def __init__(self, member: Membership) -> None:
        self.member = member

    @cached_property
    def practitioner(self) -> int:
        """The id of the member's own practitioner."""
        return int(practitioner_of(self.member).pk)

    def sees(self, client: Client | None) -> bool:
        """Whether they can open a client's page; the same as `clients.queries.seen_by`."""
        if client is None:
            return False
        return may(self.member, Act.SEE_ALL_CLIENTS) or client.clinician_id == self.practitioner

    def name_of(self, person: Attendee, appointment: Appointment) -> str:
        """Return someone's name; that of a client of others' only in the own calendar."""
        mine = appointment.practitioner.membership_id == self.member.pk
        if person.client is None or mine or self.sees(person.client):
            return person.name
        return gettext("A client not assigned to you")

    def shown(self, appointment: Appointment) -> Shown:
        """Return an appointment in words."""
        people = list(appointment.attendees.all())
        coming = [each for each in people if each.takes_a_place]
        if appointment.capacity > 1:
            return _group(appointment, coming)
        person = next(reversed(coming or people), None)
        return Shown(
            appointment,
            title=self.name_of(person, appointment) if person else str(appointment.service),
            state=in_words(person) if person else "",
            tone=tone_of(person) if person else "",
            canceled=not appointment.takes_time,
        )


def _group(appointment: Appointment, coming: list[Attendee]) -> Shown:
    counted = {"taken": len(coming), "capacity": appointment.capacity}
    state, tone = gettext("%(taken)d of %(capacity)d") % counted, ""
    if not appointment.takes_time:
        state = gettext("Canceled")
    elif any(each.state == State.REQUESTED for each in coming):
        state, tone = gettext("%(state)s, some wait for the practice") % {"state": state}, "warn"
    return Shown(appointment, str(appointment.service), state, tone, not appointment.takes_time)


def in_words(person: Attendee) -> str:
    """Return how it stands for someone: "Booked", "Canceled online"."""
    if person.canceled_online and person.state == State.CANCELED:
        return gettext("Canceled online")
    return str(State(person.state).label)


def tone_of(person: Attendee) -> str:
    """Return the color of the tag that says how it stands for someone."""
    return TONES.get(State(person.state), "")
