"""The events that people are notified about."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from letterhead.notifications.models import HowOften

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Event:
    """Something to notify people about: its words, what to do, and how often by default."""

    name: str
    words: "_StrPromise"
    hint: "_StrPromise"
    to_do: "_StrPromise"
    group: "_StrPromise"
    default: HowOften = HowOften.IMMEDIATELY


LICENSE_EXPIRING = Event(
    "license-expiring",
    words=_("License expiring"),
    hint=_("60, 30 and 7 days before one of your licenses expires"),
    to_do=_("After you renew it, enter the new date under License expires in General Details."),
    group=_("Licenses"),
)
_SEE_IT = _("Open it to see who, what and where.")
APPOINTMENT_BOOKED = Event(
    "appointment-booked",
    words=_("Appointment booked"),
    hint=_("When a client books online, or someone else makes an appointment with you"),
    to_do=_SEE_IT,
    group=_("Appointments"),
)
APPOINTMENT_RESCHEDULED = Event(
    "appointment-rescheduled",
    words=_("Appointment rescheduled"),
    hint=_("When a client or someone else moves an appointment with you"),
    to_do=_SEE_IT,
    group=_("Appointments"),
)
APPOINTMENT_CANCELED = Event(
    "appointment-canceled",
    words=_("Appointment canceled"),
    hint=_("When a client or someone else cancels an appointment with you"),
    to_do=_SEE_IT,
    group=_("Appointments"),
)
EVENTS = {
    event.name: event
    for event in (
        APPOINTMENT_BOOKED,
        APPOINTMENT_RESCHEDULED,
        APPOINTMENT_CANCELED,
        LICENSE_EXPIRING,
    )
}
