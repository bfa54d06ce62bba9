"""What a person does with their public card: describe themselves, say whom they see and how."""

from typing import Any

from django.db import transaction

from letterhead.accounts.models import User
from letterhead.activity.actions import record
from letterhead.activity.changes import change_row
from letterhead.details.models import Practitioner
from letterhead.details.rich_text import clean_html


@transaction.atomic(durable=True)
def change_description(
    practitioner: Practitioner, *, description: str, read_at_version: int, by: User
) -> bool:
    """Replace the description, HTML that is cleaned here; say whether it was changed.

    Raises Stale, and writes nothing, if the card moved on from `read_at_version`; TooMuch where
    the HTML is longer than any description.
    """
    changes = change_row(
        practitioner.card,
        columns={"description": clean_html(description)},
        read_at_version=read_at_version,
    )
    told = dict.fromkeys(changes, "changed")  # the text itself is long, and stands on the card
    return _recorded("changed provider description", practitioner, told, by)


@transaction.atomic(durable=True)
def change_about_me(
    practitioner: Practitioner, *, columns: dict[str, Any], read_at_version: int, by: User
) -> bool:
    """Replace what the card says besides; say whether anything was changed. Raises Stale."""
    card = practitioner.card
    changed = change_row(card, columns=columns, read_at_version=read_at_version)
    told = {name: [_words(getattr(card, name)), _words(columns[name])] for name in changed}
    return _recorded("changed about me", practitioner, told, by)


def _words(value: Any) -> Any:
    return ", ".join(value) if isinstance(value, list) else value


def _recorded(act: str, practitioner: Practitioner, changes: dict[str, Any], by: User) -> bool:
    if changes:
        record(
            act,
            practice=practitioner.practice_id,
            person=by.pk,
            person_name=by.email,
            about=str(practitioner),
            changes=changes,
        )
    return bool(changes)
