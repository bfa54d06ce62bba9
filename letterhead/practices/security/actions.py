"""Changing the security settings of the practice."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from letterhead.accounts.models import User
from letterhead.accounts.queries import has_two_factor
from letterhead.activity.actions import record
from letterhead.activity.changes import change_row
from letterhead.practices.models import Practice


class OwnTwoFactorFirst(Exception):
    """The Director who requires it has none themselves, and would be locked out."""


@transaction.atomic(durable=True)
def change_security(
    practice: Practice, *, columns: dict[str, Any], read_at_version: int, by: User
) -> bool:
    """Change the practice's security settings; return whether anything changed.

    Raises Stale, OwnTwoFactorFirst.
    """
    columns = columns | _since_when(practice, columns, by)
    changed = change_row(practice, columns=columns, read_at_version=read_at_version)
    if changed:
        record(
            gettext_noop("changed security"),
            practice=practice.pk,
            person=by.pk,
            person_name=by.email,
            about=str(practice),
            changes=changed,
        )
    return bool(changed)


def _since_when(practice: Practice, columns: dict[str, Any], by: User) -> dict[str, Any]:
    """Set since when it is required; the days of grace are counted from then."""
    requires = columns.get("require_two_factor", practice.require_two_factor)
    if requires == practice.require_two_factor:
        return {}
    if requires and not has_two_factor(by):
        raise OwnTwoFactorFirst
    return {"two_factor_required_at": timezone.now() if requires else None}
