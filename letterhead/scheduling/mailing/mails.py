"""The emails about an appointment, written by the worker: to the client, and to the clinician."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from letterhead.details.public_card import initials_of
from letterhead.details.queries import public_card_of
from letterhead.notifications.actions import notify
from letterhead.notifications.addresses import contact_email
from letterhead.notifications.events import (
    APPOINTMENT_BOOKED,
    APPOINTMENT_CANCELED,
    APPOINTMENT_RESCHEDULED,
    Event,
)
from letterhead.outbox.mail import File, absolute, post
from letterhead.practices.days import way_of_member
from letterhead.scheduling.links import To, link_to
from letterhead.scheduling.mailing.calendar_file import (
    CANCEL,
    PUBLISH,
    REQUEST,
    Sides,
    calendar_file,
    video_of,
)
from letterhead.scheduling.models import Attendee
from letterhead.scheduling.offers import clock_of, is_virtual, kind_of, lines_of, rules_for
from letterhead.scheduling.telling import What
from letterhead.ui.languages import speaking

_EVENTS = {
    What.REQUESTED: APPOINTMENT_BOOKED,
    What.BOOKED: APPOINTMENT_BOOKED,
    What.CHANGED: APPOINTMENT_RESCHEDULED,
    What.CANCELED: APPOINTMENT_CANCELED,
}
# One sentence each, without names and without what the appointment is about.
_SAID = {
    What.REQUESTED: gettext_lazy("%(initials)s asks for an appointment: %(when)s"),
    What.BOOKED: gettext_lazy("Appointment booked by %(initials)s: %(when)s"),
    What.CHANGED: gettext_lazy("Appointment of %(initials)s rescheduled: %(when)s"),
    What.CANCELED: gettext_lazy("Appointment of %(initials)s canceled: %(when)s"),
}
_FILES = {What.BOOKED: REQUEST, What.CHANGED: REQUEST, What.CANCELED: CANCEL}
_MOST_DATES = 60


def write_emails(
    *,
    attendee: int,
    what: str,
    sequence: int | None = None,
    by: int | None = None,
    client_too: bool = True,
    series: int | None = None,
) -> None:
    """Write the emails about what happened (`telling.tell`), in one transaction."""
    with transaction.atomic():
        found = _people().filter(pk=attendee).first()
        if found is None:
            return
        is_current = sequence is None or found.sequence == sequence
        if client_too and is_current and found.appointment.practice.is_proven:
            _write_to_client(found, What(what), series)
        if what != What.PROVE:
            _write_to_clinician(found, What(what), by=by, sequence=sequence)


def _people() -> QuerySet[Attendee]:
    rows = Attendee.objects.select_related(
        *("client", "appointment__service", "appointment__location", "appointment__series"),
        "appointment__practice__registered_by",
        *(f"appointment__practitioner__{name}" for name in ("card", "photo")),
        "appointment__practitioner__membership__user",
    )
    return rows.defer("appointment__practitioner__tax_id", "appointment__practice__tax_id")


def _write_to_client(attendee: Attendee, what: What, series: int | None) -> None:
    to = attendee.email or (attendee.client.email if attendee.client else "")
    if not to:
        return
    appointment = attendee.appointment
    practice, member = appointment.practice, appointment.practitioner.membership
    language = attendee.language or practice.practice_way.language
    answers_to = contact_email(member.pk) if member else ""
    with speaking(language):
        together = _of_series(attendee, series) if series else [attendee]
        context = _context(attendee, what, together)
        sides = Sides(
            (context["clinician"], answers_to or settings.DEFAULT_FROM_EMAIL), (attendee.name, to)
        )
        files = _files(together, sides, what)
    post(
        to=to,
        template=f"scheduling/mail/{what}",
        context=context,
        key=f"appointment {attendee.pk} {what} {attendee.sequence}",
        headers={"Reply-To": answers_to} if answers_to else {},
        practice=practice.pk,
        language=language,
        files=files,
    )


def _files(together: list[Attendee], sides: Sides, what: What) -> list[File]:
    if what not in _FILES:
        return []
    method = _FILES[what] if len(together) == 1 else PUBLISH
    return [calendar_file(together, sides, method=method)]


def _of_series(attendee: Attendee, series: int) -> list[Attendee]:
    """Return someone's appointments still to come of a series, that it happened to as to this."""
    rows = _people().filter(
        appointment__series=series,
        appointment__apart=False,
        appointment__starts_at__gt=timezone.now(),
        client=attendee.client_id,
        state=attendee.state,
        canceled_at=attendee.canceled_at,  # the same for all that were canceled together
    )
    return list(rows.order_by("appointment__starts_at")[:_MOST_DATES]) or [attendee]


def _context(attendee: Attendee, what: What, together: list[Attendee]) -> dict[str, Any]:
    appointment = attendee.appointment
    practice, place, way = appointment.practice, appointment.location, clock_of(attendee)
    card = public_card_of(appointment.practitioner)
    link, how = video_of(attendee)
    links = {
        f"{purpose}_url": absolute(link_to(purpose, attendee))
        for purpose in (To.PROVE, To.RESCHEDULE, To.CANCEL)
    }
    until = appointment.starts_at - rules_for(appointment).change
    others = [way.moment(each.appointment.starts_at) for each in together if each != attendee]
    return {
        "practice_name": practice.name,
        "first_name": attendee.client.first_name if attendee.client else attendee.first_name,
        "clinician": card.name,
        "service": appointment.service.name,
        "when": way.moment(appointment.starts_at),
        "day": way.day_and_year(appointment.starts_at),
        "zone": way.zone_name,
        "before": way.moment(attendee.moved_from) if attendee.moved_from else "",
        "others": others,
        "where": ", ".join([kind_of(place), *lines_of(practice, place)]),
        "is_virtual": is_virtual(place),
        "video_link": link,
        "video_how": how,
        "is_requested": attendee.state == Attendee.State.REQUESTED,
        "until": way.moment(until) if until > timezone.now() else "",
        "book_url": absolute(reverse("book", args=[practice.slug])),
        **links,
    }


def _write_to_clinician(
    attendee: Attendee, what: What, *, by: int | None, sequence: int | None
) -> None:
    """Notify the clinician, with initials only, unless they did it themselves."""
    appointment = attendee.appointment
    member = appointment.practitioner.membership
    if member is None or member.user_id == by or member.has_ended:
        return
    event: Event = _EVENTS[what]
    member.practice = appointment.practice
    with speaking(member.preferences.language):
        when = way_of_member(member).moment(appointment.starts_at)
        facts = {"initials": _initials(attendee), "when": when}
        text = _SAID[what] % facts
    notify(
        membership=member,
        event=event,
        key=f"appointment {attendee.pk} {what} {sequence}",
        text=str(text),
        url=reverse("appointment", args=[appointment.pk]),
    )


def _initials(attendee: Attendee) -> str:
    who = attendee.client or attendee
    return initials_of(who.first_name, who.last_name) or _("A client")
