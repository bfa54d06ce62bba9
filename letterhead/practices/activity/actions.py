"""Exporting the activity, which is recorded too."""

from django.db import transaction
from django.utils.translation import gettext_noop

from letterhead.accounts.models import User
from letterhead.activity.actions import record
from letterhead.activity.models import Kind
from letterhead.practices.models import Practice


@transaction.atomic(durable=True)
def export_activity(practice: Practice, *, by: User) -> None:
    """Record that someone downloaded the activity as a file."""
    record(
        gettext_noop("exported the activity"),
        practice=practice.pk,
        person=by.pk,
        person_name=by.email,
        kind=Kind.EXPORT,
    )
