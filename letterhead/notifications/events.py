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
EVENTS = {event.name: event for event in (LICENSE_EXPIRING,)}
