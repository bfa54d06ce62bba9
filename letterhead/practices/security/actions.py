"""What a Director changes of the practice's security: one transaction, recorded."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from letterhead.accounts.models import User
from letterhead.accounts.queries import has_two_factor
from letterhead.activity.actions import record
from letterhead.activity.changes import change_row
from letterhead.practices.models import Practice


class OwnTwoFactorFirst(Exception):
    """Who would require it of everyone has none, and would be locked out."""


@transaction.atomic(durable=True)
def change_security(
    practice: Practice, *, columns: dict[str, Any], read_at_version: int, by: User
) -> bool:
    """Replace the practice's security settings; say whether anything was changed.

    Raises Stale, OwnTwoFactorFirst.
    """
    columns = columns | _since_when(practice, columns, by)
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


def _since_when(practice: Practice, columns: dict[str, Any], by: User) -> dict[str, Any]:
    """Keep from when on it is required; the days of grace are counted from then."""
    requires = columns.get("require_two_factor", practice.require_two_factor)
    if requires == practice.require_two_factor:
        return {}
    if requires and not has_two_factor(by):
        raise OwnTwoFactorFirst
    return {"two_factor_required_at": timezone.now() if requires else None}
