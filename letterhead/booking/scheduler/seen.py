"""What the pages behind an email's links show of an appointment: when, where, with whom."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from letterhead.booking import addresses
from letterhead.booking.pages import shown_logo
from letterhead.booking.public_practice import public_practice_of
from letterhead.booking.queries import sites_of
from letterhead.details.queries import public_card_of
from letterhead.scheduling.models import Attendee
from letterhead.scheduling.offers import clock_of, is_virtual, kind_of, lines_of


def appointment_context(attendee: Attendee) -> dict[str, Any]:
    """Return an appointment as its client sees it."""
    appointment = attendee.appointment
    practice, place = appointment.practice, appointment.location
    public, way = public_practice_of(practice), clock_of(attendee)
    card = public_card_of(appointment.practitioner)
    return {
        "practice": public,
        "practice_url": addresses.practice_path(public),
        "logo": shown_logo(public),
        "framed_by": sites_of(practice.pk),
        "attendee": attendee,
        "state": attendee.state,
        "card": card,
        "photo": addresses.photo_path(card.small_photo),
        "service": appointment.service,
        "place": kind_of(place),
        "place_lines": lines_of(practice, place),
        "when": way.moment(appointment.starts_at),
        "ends": way.time(appointment.ends_at),
        "way": way,
        "is_virtual": is_virtual(place),
        "is_elsewhere": way.zone != practice.time_zone,
        "is_over": appointment.starts_at <= timezone.now(),
        "book_url": reverse("book", args=[practice.slug]),
    }
