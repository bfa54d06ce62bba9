"""Changing booking rules: in one transaction, recorded."""

from typing import Any
from zlib import crc32

from django.db import transaction
from django.utils.translation import gettext_noop

from letterhead.accounts.models import User
from letterhead.activity.actions import record
from letterhead.activity.changes import Stale
from letterhead.practices.models import Practice
from letterhead.scheduling.diaries import lock, practice_changed
from letterhead.scheduling.models import Diary, PracticeRules
from letterhead.scheduling.offered import Row
from letterhead.slots.rules import NAMES

Changes = dict[str, list[Any]]


def as_seen(row: Row) -> int:
    """Return a number that is another one once the rules are.

    The rows' own versions also move with every appointment and service.
    """
    return crc32(repr([getattr(row, name) for name in NAMES]).encode())


@transaction.atomic(durable=True)
def change_practice_rules(
    practice: Practice, *, columns: dict[str, Any], seen: int, by: User
) -> bool:
    """Change a practice's booking rules; return whether anything changed. Raises Stale."""
    practice_changed(practice.pk)
    changed = _change(PracticeRules.objects.get(pk=practice.pk), columns, seen)
    if changed:
        act = gettext_noop("changed the booking rules")
        _record(act, practice.pk, practice.name, changed, by)
    return bool(changed)


@transaction.atomic(durable=True)
def change_own_rules(clinician: Any, *, columns: dict[str, Any], seen: int, by: User) -> bool:
    """Change a clinician's own booking rules; return whether anything changed. Raises Stale."""
    lock(clinician.pk)
    changed = _change(Diary.objects.get(pk=clinician.pk), columns, seen)
    if changed:
        act = gettext_noop("changed a clinician’s booking rules")
        _record(act, clinician.practice_id, str(clinician), changed, by)
    return bool(changed)


def _change(row: Row, columns: dict[str, Any], seen: int) -> Changes:
    """Write what differs of a locked row."""
    if as_seen(row) != seen:
        raise Stale(row)
    changed = {name: [getattr(row, name), columns[name]] for name in NAMES}
    changed = {name: pair for name, pair in changed.items() if pair[0] != pair[1]}
    type(row)._default_manager.filter(pk=row.pk).update(**columns)
    return changed


def _record(act: str, practice: int, about: str, changes: Changes, by: User) -> None:
    record(
        act,
        practice=practice,
        person=by.pk,
        person_name=by.email,
        about=about,
        changes=changes,
    )
