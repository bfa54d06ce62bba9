"""What people do with the printers that take pre-printed forms."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_noop

from letterhead.accounts.models import User
from letterhead.activity.actions import record
from letterhead.activity.changes import change_row
from letterhead.claims.models import Printer
from letterhead.practices.actions import NameTaken
from letterhead.practices.models import Practice


@transaction.atomic(durable=True)
def add_printer(practice: Practice, *, columns: dict[str, Any], by: User) -> Printer:
    """Add a printer; the first one becomes the default. Raises NameTaken."""
    others = Printer.objects.filter(practice=practice)
    is_default = columns["is_default"] or not others.filter(is_default=True).exists()
    printer = Printer(practice=practice, **{**columns, "is_default": is_default})
    if is_default:
        others.filter(is_default=True).update(is_default=False)
    try:
        with transaction.atomic():
            printer.save(force_insert=True)
    except IntegrityError as error:
        raise NameTaken from error
    _record(gettext_noop("added a printer"), printer, by, {})
    return printer


@transaction.atomic(durable=True)
def change_printer(
    printer: Printer, *, columns: dict[str, Any], read_at_version: int, by: User
) -> bool:
    """Replace a printer's name and offset; returns whether anything changed.

    A new default replaces the one before. Raises Stale, NameTaken.
    """
    try:
        with transaction.atomic():
            if columns["is_default"]:
                others = Printer.objects.filter(practice=printer.practice_id, is_default=True)
                others.exclude(pk=printer.pk).update(is_default=False)
            changed = change_row(printer, columns=columns, read_at_version=read_at_version)
    except IntegrityError as error:
        raise NameTaken from error
    if changed:
        _record(gettext_noop("changed a printer"), printer, by, changed)
    return bool(changed)


def _record(act: str, printer: Printer, by: User, changes: dict[str, Any]) -> None:
    record(
        act,
        practice=printer.practice_id,
        person=by.pk,
        person_name=by.email,
        about=printer.name,
        changes=changes,
    )
