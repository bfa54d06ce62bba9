"""Making the private address of a member's calendar feed."""

import secrets

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from letterhead.accounts.models import User
from letterhead.activity.actions import record
from letterhead.practices.models import Membership
from letterhead.scheduling.feeds.queries import hashed
from letterhead.scheduling.models import CalendarFeed


@transaction.atomic(durable=True)
def make_address(membership: Membership, *, by: User) -> str:
    """Return the token of a new address, which is stored nowhere; the old address ends."""
    token = secrets.token_urlsafe(32)
    CalendarFeed.objects.update_or_create(
        membership=membership,
        defaults={"token_sha256": hashed(token), "made_at": timezone.now()},
    )
    record(
        gettext_noop("made an address for their calendar feed"),
        practice=membership.practice_id,
        person=by.pk,
        person_name=by.email,
    )
    return token
