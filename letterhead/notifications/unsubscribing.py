"""The link in every notification that stops emails of its kind, without a login (RFC 8058)."""

from django.core import signing
from django.urls import reverse

from letterhead.notifications.events import EVENTS, Event
from letterhead.notifications.queries import membership_with
from letterhead.practices.models import Membership

_SALT = "unsubscribe"


class InvalidLink(Exception):
    """The link isn't ours, or its member is no longer in that practice."""


def unsubscribe_url(membership: Membership, event: Event) -> str:
    """Return the address that stops a member's emails about an event; it never expires."""
    token = signing.dumps([membership.pk, event.name], salt=_SALT)
    return reverse("unsubscribe", args=[token])


def read_link(token: str) -> tuple[Membership, Event]:
    """Return the member and event of a link. Raises InvalidLink."""
    try:
        key, name = signing.loads(token, salt=_SALT)
    except signing.BadSignature as wrong:
        raise InvalidLink from wrong
    membership = membership_with(key)
    if membership is None or name not in EVENTS:
        raise InvalidLink
    return membership, EVENTS[name]
