"""The events that people are told of, so far."""

from dataclasses import dataclass

from letterhead.notifications.models import HowOften


@dataclass(frozen=True)
class Event:
    """Something worth telling: its words on the page, and how often unless chosen otherwise."""

    name: str
    words: str
    hint: str
    group: str
    default: HowOften = HowOften.IMMEDIATELY


LICENSE_EXPIRING = Event(
    "license-expiring",
    words="License expiring",
    hint="60, 30 and 7 days before one of your licenses expires",
    group="Licenses",
)
EVENTS = {event.name: event for event in (LICENSE_EXPIRING,)}
