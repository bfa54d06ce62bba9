"""Changing a profile photo. Its files are stored before the row points at them."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop

from letterhead.accounts.models import User
from letterhead.activity.actions import record
from letterhead.activity.changes import change_row
from letterhead.details.models import Practitioner
from letterhead.details.photo.cutting import Squares
from letterhead.details.photo.deleting import delete_later
from letterhead.files.kept import keep_file

_NONE = {"original_sha256": "", "left": 0, "top": 0, "side": 0, "turned": 0}


def change_photo(
    practitioner: Practitioner,
    *,
    original: bytes,
    squares: Squares,
    read_at_version: int,
    by: User,
) -> bool:
    """Show a new picture, or another square of the same one; return whether anything changed.

    The original is stored as it was uploaded, for its owner only. Raises Stale, and changes
    nothing, if someone saved after `read_at_version`.
    """
    columns = {
        "original_sha256": keep_file(original),
        **vars(squares.crop),
        "sha256": keep_file(squares.large),
        "small_sha256": keep_file(squares.small),
    }
    return _change(
        practitioner, gettext_noop("changed the profile photo"), columns, read_at_version, by
    )


def remove_photo(practitioner: Practitioner, *, read_at_version: int, by: User) -> bool:
    """Go back to initials; return whether there was a photo. Raises Stale."""
    columns = {**_NONE, "sha256": "", "small_sha256": ""}
    return _change(
        practitioner, gettext_noop("removed the profile photo"), columns, read_at_version, by
    )


def _change(
    practitioner: Practitioner, act: str, columns: dict[str, Any], version: int, by: User
) -> bool:
    with transaction.atomic(durable=True):
        changed = change_row(practitioner.photo, columns=columns, read_at_version=version)
        if changed:
            delete_later(before for name, (before, _) in changed.items() if "sha256" in name)
            record(
                act,
                practice=practitioner.practice_id,
                person=by.pk,
                person_name=by.email,
                about=str(practitioner),
                changes=changed,
            )
    return bool(changed)
