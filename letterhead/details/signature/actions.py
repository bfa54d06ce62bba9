"""Changing how superbills and documents are signed."""

from django.db import transaction
from django.utils.translation import gettext_noop

from letterhead.accounts.models import User
from letterhead.activity.actions import record
from letterhead.activity.changes import change_row
from letterhead.details.models import Practitioner
from letterhead.files.kept import keep_file


def change_signature(
    practitioner: Practitioner,
    *,
    kind: str,
    text: str,
    picture: bytes | None,
    read_at_version: int,
    by: User,
) -> bool:
    """Sign by text, or by an image (None leaves the saved one); return whether anything changed.

    Raises Stale, and changes nothing, if someone saved after `read_at_version`.
    """
    sha256 = "" if kind == "typed" else practitioner.signature_sha256
    if kind != "typed" and picture:
        sha256 = keep_file(picture)
    columns = {"paper_signature": kind, "typed_signature": text, "signature_sha256": sha256}
    with transaction.atomic(durable=True):
        changed = change_row(practitioner, columns=columns, read_at_version=read_at_version)
        if changed:
            record(
                gettext_noop("changed the signature"),
                practice=practitioner.practice_id,
                person=by.pk,
                person_name=by.email,
                about=str(practitioner),
                changes=changed,
            )
    return bool(changed)
