"""The link in every mail that ends mails of its kind, with nobody logged in (RFC 8058)."""

from django.core import signing
from django.urls import reverse

from letterhead.notifications.events import EVENTS, Event
from letterhead.notifications.queries import membership_with
from letterhead.practices.models import Membership

_SALT = "unsubscribe"


class LinkDead(Exception):
    """The link never was ours, or whom it was for is no longer in that practice."""


def unsubscribe_url(membership: Membership, event: Event) -> str:
    """Give the address that ends one member's mails of one event; it stays good for ever."""
    token = signing.dumps([membership.pk, event.name], salt=_SALT)
    return reverse("unsubscribe", args=[token])


def read_link(token: str) -> tuple[Membership, Event]:
    """Give whose mails of which event a link ends. Raises LinkDead."""
    try:
        key, name = signing.loads(token, salt=_SALT)
    except signing.BadSignature as wrong:
        raise LinkDead from wrong
    membership = membership_with(key)
    if membership is None or name not in EVENTS:
        raise LinkDead
    return membership, EVENTS[name]
