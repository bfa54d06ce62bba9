"""Choosing how pages are written for oneself."""

from django.db import transaction

from letterhead.accounts.models import User
from letterhead.activity.actions import record
from letterhead.activity.changes import change_row
from letterhead.practices.models import Membership


@transaction.atomic(durable=True)
def change_preferences(
    membership: Membership, *, columns: dict[str, str], read_at_version: int, by: User
) -> bool:
    """Write pages for a member in another way; say whether anything was changed. Raises Stale."""
    changed = change_row(membership, columns=columns, read_at_version=read_at_version)
    if changed:
        record(
            "changed preferences",
            practice=membership.practice_id,
            person=by.pk,
            person_name=by.email,
            about=by.email,
            changes=changed,
        )
    return bool(changed)
