"""Changing your own preferences."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop

from letterhead.accounts.models import User
from letterhead.activity.actions import record
from letterhead.activity.changes import change_row
from letterhead.practices.models import Membership

_SECRET = {"video_link", "video_how"}  # who has them can come in


@transaction.atomic(durable=True)
def change_preferences(
    membership: Membership, *, columns: dict[str, Any], read_at_version: int, by: User
) -> bool:
    """Change a member's preferences; return whether anything changed. Raises Stale."""
    changed = change_row(membership, columns=columns, read_at_version=read_at_version)
    if changed:
        record(
            gettext_noop("changed preferences"),
            practice=membership.practice_id,
            person=by.pk,
            person_name=by.email,
            about=by.email,
            changes=changed | {name: "changed" for name in _SECRET & changed.keys()},
        )
    return bool(changed)
