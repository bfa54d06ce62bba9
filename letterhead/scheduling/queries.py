"""Whose calendars a member sees and changes, what is in them, and what clients can book."""

import datetime as dt

from django.db.models import Prefetch, Q, QuerySet

from letterhead.details.queries import practitioners_in
from letterhead.practices.models import Membership, Practice
from letterhead.practices.queries import active
from letterhead.practices.roles import CLINICIANS, Act, may
from letterhead.scheduling.diaries import live
from letterhead.scheduling.models import Appointment, Attendee, Offer, PracticeRules, Service


def clinicians_on_calendar(practice: Practice) -> QuerySet:
    """Return a practice's clinicians with *Show on Calendar*, in the order of their cards."""
    rows = practitioners_in(practice).filter(
        active("membership__"),
        membership__show_on_calendar=True,
        membership__role__in=CLINICIANS,
    )
    rows = rows.select_related("photo", "card", "membership").defer("tax_id")
    return rows.order_by("card__position", "folded", "pk")


def calendars_seen_by(member: Membership) -> QuerySet:
    """Return the clinicians whose calendars a member sees: everyone's, or only their own."""
    return _whose(member, Act.SEE_ALL_CALENDARS)


def calendars_changed_by(member: Membership) -> QuerySet:
    """Return the clinicians whose appointments a member makes, moves and cancels."""
    if not may(member, Act.CHANGE_ALL_CALENDARS) and not may(member, Act.CHANGE_OWN_CALENDAR):
        return clinicians_on_calendar(member.practice).none()
    return _whose(member, Act.CHANGE_ALL_CALENDARS)


def availability_changed_by(member: Membership) -> QuerySet:
    """Return the clinicians whose hours and time off a member changes."""
    if may(member, Act.CHANGE_ALL_AVAILABILITY) or may(member, Act.CHANGE_OWN_AVAILABILITY):
        return _whose(member, Act.CHANGE_ALL_AVAILABILITY)
    return clinicians_on_calendar(member.practice).none()


def _whose(member: Membership, everyones: Act) -> QuerySet:
    rows = clinicians_on_calendar(member.practice)
    return rows if may(member, everyones) else rows.filter(membership=member.pk)


def appointments_seen_by(member: Membership) -> QuerySet[Appointment]:
    """Return the appointments that a member sees, also those canceled, without times just held."""
    rows = Appointment.objects.filter(live() | Q(takes_time=False), practice=member.practice_id)
    rows = rows.filter(held_until=None)
    if not may(member, Act.SEE_ALL_CALENDARS):
        rows = rows.filter(practitioner__membership=member.pk)
    return rows


def appointments_changed_by(member: Membership) -> QuerySet[Appointment]:
    """Return the appointments that a member can move, cancel, and mark as attended."""
    rows = appointments_seen_by(member)
    if may(member, Act.CHANGE_ALL_CALENDARS):
        return rows
    if may(member, Act.CHANGE_OWN_CALENDAR):
        return rows.filter(practitioner__membership=member.pk)
    return rows.none()


def with_people(appointments: QuerySet[Appointment]) -> QuerySet[Appointment]:
    """Return appointments with service, location, clinician, and who comes, by start."""
    people = Attendee.objects.exclude(state=Attendee.State.HELD).select_related("client")
    rows = appointments.select_related("service", "location", "practitioner", "series")
    rows = rows.defer("practitioner__tax_id")
    return rows.prefetch_related(Prefetch("attendees", people.order_by("pk"))).order_by(
        "starts_at", "pk"
    )


def between(
    appointments: QuerySet[Appointment], begins: dt.datetime, ends: dt.datetime
) -> QuerySet[Appointment]:
    """Return those that begin within these instants, the last one not included."""
    return appointments.filter(starts_at__gte=begins, starts_at__lt=ends)


def services_in(practice: Practice, *, current: int | None = None) -> QuerySet[Service]:
    """Return the services that a practice offers, by name, and the `current` one."""
    rows = Service.objects.filter(Q(ended_at=None) | Q(pk=current), practice=practice)
    return rows.order_by("name", "pk")


def offers_online(practice: Practice) -> QuerySet[Offer]:
    """Return what clients can book of whom: (service, clinician) of services bookable online."""
    rows = Offer.objects.filter(
        active("practitioner__membership__"),
        practitioner__membership__show_on_calendar=True,
        service__practice=practice,
        service__ended_at=None,
        service__bookable_online=True,
    )
    return rows.select_related("service").order_by("service__name", "service", "practitioner")


def practice_rules(practice: Practice) -> PracticeRules:
    """Return a practice's row of booking rules; it is made where there was none."""
    return PracticeRules.objects.get_or_create(practice=practice)[0]
