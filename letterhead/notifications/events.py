"""The events that people are told of, so far."""

from dataclasses import dataclass

from letterhead.notifications.models import HowOften


@dataclass(frozen=True)
class Event:
    """Something worth telling: its words on the page, what to do, how often unless chosen."""

    name: str
    words: str
    hint: str
    to_do: str
    group: str
    default: HowOften = HowOften.IMMEDIATELY


LICENSE_EXPIRING = Event(
    "license-expiring",
    words="License expiring",
    hint="60, 30 and 7 days before one of your licenses expires",
    to_do="Once it is renewed, enter the new date under License expires in General Details.",
    group="Licenses",
)
EVENTS = {event.name: event for event in (LICENSE_EXPIRING,)}
