"""What a person does with their public card: change the description and About me."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop

from letterhead.accounts.models import User
from letterhead.activity.actions import record
from letterhead.activity.changes import change_row
from letterhead.details.models import Practitioner
from letterhead.texts.rich_text import clean_html
from letterhead.texts.slugs import claiming_slug


@transaction.atomic(durable=True)
def change_description(
    practitioner: Practitioner, *, description: str, read_at_version: int, by: User
) -> bool:
    """Replace the description with HTML, which is cleaned here; return whether it changed.

    Raises Stale, and writes nothing, if someone saved the card after `read_at_version`; TooMuch
    if the HTML is longer than any description.
    """
    changes = change_row(
        practitioner.card,
        columns={"description": clean_html(description)},
        read_at_version=read_at_version,
    )
    recorded = dict.fromkeys(changes, "changed")  # the text is long, and is on the card
    return _record(gettext_noop("changed provider description"), practitioner, recorded, by)


@transaction.atomic(durable=True)
def change_about_me(
    practitioner: Practitioner, *, columns: dict[str, Any], read_at_version: int, by: User
) -> bool:
    """Replace the rest of the card; return whether anything changed. Raises Stale."""
    card = practitioner.card
    changed = change_row(card, columns=columns, read_at_version=read_at_version)
    recorded = {name: [_plain(getattr(card, name)), _plain(columns[name])] for name in changed}
    return _record(gettext_noop("changed about me"), practitioner, recorded, by)


@transaction.atomic(durable=True)
def change_card_address(
    practitioner: Practitioner, *, slug: str, read_at_version: int, by: User
) -> bool:
    """Change the address of a public card; the old one redirects for ever. Return whether it did.

    Raises Stale; SlugTaken, and writes nothing, if the slug is or was a colleague's.
    """
    with claiming_slug(slug, ever=practitioner.practice.card_slugs, owner=practitioner):
        changed = change_row(practitioner, columns={"slug": slug}, read_at_version=read_at_version)
    recorded = {"address": changed["slug"]} if changed else {}
    return _record(gettext_noop("changed the address of a public card"), practitioner, recorded, by)


def _plain(value: Any) -> Any:
    return ", ".join(value) if isinstance(value, list) else value


def _record(act: str, practitioner: Practitioner, changes: dict[str, Any], by: User) -> bool:
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
