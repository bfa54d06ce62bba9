"""From an appointment to a visit: what someone who came can be billed for, made exactly once."""

from decimal import Decimal

from django.db import transaction

from letterhead.accounts.models import User
from letterhead.billing.models import Visit
from letterhead.billing.visits.actions import NewLine, VisitFacts, write_visit
from letterhead.clients.models import Client
from letterhead.clients.queries import policies_of
from letterhead.practices.days import today_in
from letterhead.scheduling.models import Appointment, Attendee, Offer


class Unmatched(Exception):
    """Who came isn't matched to a client yet."""


class NotAttended(Exception):
    """Nobody said that they came."""


@transaction.atomic(durable=True)
def visit_from(attendee: Attendee, *, by: User) -> Visit:
    """Return the visit of someone who came to an appointment, made if there is none.

    Two at once share one. Raises Unmatched, NotAttended.
    """
    came = Attendee.objects.select_for_update(of=("self",)).select_related("client")
    now = came.get(pk=attendee.pk)
    if visit := Visit.objects.filter(attendee=now).first():
        return visit
    if now.state != Attendee.State.ATTENDED:
        raise NotAttended
    if now.client is None:
        raise Unmatched
    appointment = Appointment.objects.select_related("practice", "service", "location")
    facts = _facts(appointment.get(pk=now.appointment_id), now.client)
    return write_visit(now.client, new=facts, by=by, attendee=now)


def _facts(appointment: Appointment, client: Client) -> VisitFacts:
    """What the appointment says of the visit, and the last visit before it."""
    day = today_in(appointment.practice, appointment.starts_at)
    last = _last_visit(client, appointment)
    usual = last.policy_id if last else policies_of(client).values_list("pk", flat=True).first()
    diagnoses = tuple(each.code for each in last.diagnoses.order_by("position")) if last else ()
    practice, services = appointment.practice, appointment.practice.place.services
    has_place = practice.uses_us_claims or services.has_place_of_service
    line = NewLine(
        service_on=day,
        place_of_service=appointment.location.place_of_service if has_place else "",
        code=appointment.service.code,
        modifiers=appointment.service.modifiers,
        description=appointment.service.name,
        pointers=_pointers(last, appointment.service.code) if last else "",
        charge=_fee(appointment),
        minutes=_minutes(appointment) if services.has_minutes else None,
        tax=practice.tax if practice.place.tax(practice.tax) else "",
    )
    return VisitFacts(
        visited_on=day,
        practitioner_id=appointment.practitioner_id,
        location_id=appointment.location_id,
        policy_id=usual,
        diagnoses=diagnoses,
        lines=(line,),
        carried_over_from=last.visited_on if last else None,
    )


def _minutes(appointment: Appointment) -> int:
    return int((appointment.ends_at - appointment.starts_at).total_seconds() // 60)


def _last_visit(client: Client, appointment: Appointment) -> Visit | None:
    day = today_in(appointment.practice, appointment.starts_at)
    before = Visit.objects.filter(client=client, visited_on__lte=day)
    return before.order_by("-visited_on", "-pk").first()


def _pointers(last: Visit, code: str) -> str:
    """The diagnoses that the same service pointed to last time, else the main one, if any."""
    same = last.lines.filter(code=code).order_by("position").first()
    if same:
        return same.pointers
    return "A" if last.diagnoses.exists() else ""


def _fee(appointment: Appointment) -> Decimal:
    """The clinician's own fee where it differs, else the service's; 0 where there is none."""
    offer = Offer.objects.filter(
        service=appointment.service_id, practitioner=appointment.practitioner_id
    ).first()
    own = offer.fee if offer else None
    fee = appointment.service.fee if own is None else own
    return Decimal(0) if fee is None else fee
