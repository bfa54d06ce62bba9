"""Taking the record out of the building, which is recorded too."""

from django.db import transaction

from letterhead.accounts.models import User
from letterhead.activity.actions import record
from letterhead.activity.models import Kind
from letterhead.practices.models import Practice


@transaction.atomic(durable=True)
def export_activity(practice: Practice, *, by: User) -> None:
    """Record that somebody took the record as a file."""
    record(
        "exported the activity",
        practice=practice.pk,
        person=by.pk,
        person_name=by.email,
        kind=Kind.EXPORT,
    )
