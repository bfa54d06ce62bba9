"""What a Director changes of the practice's security: one transaction, recorded."""

from typing import Any

from django.db import transaction

from letterhead.accounts.models import User
from letterhead.activity.actions import record
from letterhead.practices.models import Practice
from letterhead.practices.versions import change_row


@transaction.atomic(durable=True)
def change_security(
    practice: Practice, *, columns: dict[str, Any], read_at_version: int, by: User
) -> bool:
    """Replace the practice's security settings; say whether anything was changed. Raises Stale."""
    changed = change_row(practice, columns=columns, read_at_version=read_at_version)
    if changed:
        record(
            "changed security",
            practice=practice.pk,
            person=by.pk,
            person_name=by.email,
            about=str(practice),
            changes=changed,
        )
    return bool(changed)
