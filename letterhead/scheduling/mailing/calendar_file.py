"""Appointments as an iCalendar file (RFC 5545) that calendar programs take from an email (5546)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.utils.translation import gettext as _

from letterhead.outbox.mail import File, absolute
from letterhead.scheduling.columns import State
from letterhead.scheduling.links import To, link_to
from letterhead.scheduling.models import Attendee
from letterhead.scheduling.offers import is_virtual, lines_of

REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"
_AROUND = dt.timedelta(days=366)  # of time zones: other times aren't in the file
_STATUS = {
    State.REQUESTED: "TENTATIVE",
    State.CANCELED: "CANCELLED",
    State.LATE: "CANCELLED",
}


@dataclass(frozen=True)
class Sides:
    """Who invites and who comes: (name, email address) of both."""

    organizer: tuple[str, str]
    client: tuple[str, str]


def calendar_file(attendees: Sequence[Attendee], sides: Sides, *, method: str) -> File:
    """Return a file with someone's appointment; with several of a series, to be published."""
    from icalendar import Calendar  # 0.2 s: only the worker needs it

    calendar = Calendar()
    calendar.add("prodid", "-//Letterhead//Appointments//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    for attendee in attendees:
        calendar.add_component(_event(attendee, sides))
    days = [each.appointment.starts_at.date() for each in attendees]
    calendar.add_missing_timezones(min(days) - _AROUND, max(days) + _AROUND)
    text = calendar.to_ical().decode()
    return File("appointment.ics", "calendar", text, {"method": method})


def uid_of(attendee: Attendee) -> str:
    """Return the UID of someone's appointment, the same for as long as there is one."""
    host = urlsplit(settings.BASE_URL).hostname
    return f"{uuid5(NAMESPACE_URL, f'{settings.BASE_URL}/attendee/{attendee.pk}')}@{host}"


def _event(attendee: Attendee, sides: Sides) -> Any:
    from icalendar import Event

    appointment = attendee.appointment
    zone = appointment.practice.zone
    event = Event()
    event.add("uid", uid_of(attendee))
    event.add("sequence", attendee.sequence)
    event.add("dtstamp", dt.datetime.now(dt.UTC))
    event.add("dtstart", appointment.starts_at.astimezone(zone))
    event.add("dtend", appointment.ends_at.astimezone(zone))
    event.add("summary", _("Appointment with %(name)s") % {"name": sides.organizer[0]})
    event.add("status", _STATUS.get(State(attendee.state), "CONFIRMED"))
    event["organizer"] = _address(sides.organizer, sent_by=settings.DEFAULT_FROM_EMAIL)
    event.add("attendee", _address(sides.client, role="REQ-PARTICIPANT", partstat="ACCEPTED"))
    if where := place_of(attendee):
        event.add("location", where)
    event.add("description", "\n\n".join(_description(attendee)))
    return event


def _address(who: tuple[str, str], **parameters: str) -> Any:
    """Return a calendar user; quotes can't be in a parameter, RFC 5545 3.2."""
    from icalendar import vCalAddress

    name, email = who
    address = vCalAddress(f"mailto:{email}")
    address.params["CN"] = name.replace('"', "'")
    for key, value in parameters.items():
        said = f"mailto:{value}" if key == "sent_by" else value
        address.params[key.upper().replace("_", "-")] = said
    return address


def place_of(attendee: Attendee) -> str:
    """Return where to go, or the link of the video call."""
    appointment = attendee.appointment
    if is_virtual(appointment.location):
        return video_of(attendee)[0]
    lines = lines_of(appointment.practice, appointment.location)
    return ", ".join(lines) or appointment.location.name


def video_of(attendee: Attendee) -> tuple[str, str]:
    """Return the clinician's video link and how to join; both "" unless it is a video call."""
    appointment = attendee.appointment
    member = appointment.practitioner.membership
    if not member or not is_virtual(appointment.location):
        return "", ""
    return member.video_link, member.video_how


def _description(attendee: Attendee) -> list[str]:
    if attendee.state in Attendee.GONE:
        return []
    link, how = video_of(attendee)
    parts = [_("Join the video call:") + f" {link}" if link else "", how if link else ""]
    parts += [
        _("Reschedule:") + f" {absolute(link_to(To.RESCHEDULE, attendee))}",
        _("Cancel:") + f" {absolute(link_to(To.CANCEL, attendee))}",
    ]
    return list(filter(None, parts))
