"""Changing which sites can show the online scheduler."""

from django.db import transaction
from django.utils.translation import gettext_noop

from letterhead.accounts.models import User
from letterhead.activity.actions import record
from letterhead.activity.changes import change_row
from letterhead.scheduling.models import PracticeRules


@transaction.atomic(durable=True)
def change_sites(rules: PracticeRules, *, sites: list[str], read_at_version: int, by: User) -> bool:
    """Set the sites (origins); returns whether anything changed. Raises Stale."""
    columns = {"embedded_by": sites}
    changed = change_row(rules, columns=columns, read_at_version=read_at_version)
    if changed:
        record(
            gettext_noop("changed the sites that show the online scheduler"),
            practice=rules.practice_id,
            person=by.pk,
            person_name=by.email,
            changes=changed,
        )
    return bool(changed)
