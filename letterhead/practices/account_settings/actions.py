"""What a person changes on Account Settings: one function each, one transaction, recorded."""

from typing import Any

from django.db import IntegrityError, models, transaction

from letterhead.accounts.models import User
from letterhead.activity.actions import record
from letterhead.activity.changes import change_row
from letterhead.files.kept import keep_file
from letterhead.practices.models import Location, Payer, Practice

_SECRET = frozenset({"tax_id"})


class NameTaken(Exception):
    """Another row of this practice has this name."""


@transaction.atomic(durable=True)
def change_practice_details(
    practice: Practice, *, columns: dict[str, Any], read_at_version: int, by: User
) -> bool:
    """Replace the practice's own details; say whether anything was changed. Raises Stale."""
    return _change("changed practice details", practice.pk, practice, columns, read_at_version, by)


@transaction.atomic(durable=True)
def change_billing_details(
    practice: Practice, *, columns: dict[str, Any], read_at_version: int, by: User
) -> bool:
    """Replace who bills and with which numbers; say whether anything was changed. Raises Stale."""
    return _change("changed billing details", practice.pk, practice, columns, read_at_version, by)


@transaction.atomic(durable=True)
def change_logo(practice: Practice, *, png: bytes | None, read_at_version: int, by: User) -> bool:
    """Take another logo, or none; say whether anything was changed. Raises Stale."""
    columns = {"logo_sha256": keep_file(png) if png else ""}
    return _change("changed the logo", practice.pk, practice, columns, read_at_version, by)


@transaction.atomic(durable=True)
def change_location(
    location: Location, *, columns: dict[str, Any], read_at_version: int, by: User
) -> bool:
    """Replace a location; say whether anything was changed. Raises Stale, NameTaken."""
    practice = location.practice_id
    return _change("changed a location", practice, location, columns, read_at_version, by)


@transaction.atomic(durable=True)
def add_payer(practice: Practice, *, columns: dict[str, Any], by: User) -> Payer:
    """Add a payer to those the practice bills. Raises NameTaken."""
    payer = Payer(practice=practice, **columns)
    try:
        with transaction.atomic():
            payer.save(force_insert=True)
    except IntegrityError as error:
        raise NameTaken from error
    _record("added a payer", practice.pk, payer, by, {})
    return payer


@transaction.atomic(durable=True)
def change_payer(payer: Payer, *, columns: dict[str, Any], read_at_version: int, by: User) -> bool:
    """Replace a payer's details; say whether anything was changed. Raises Stale, NameTaken."""
    return _change("changed a payer", payer.practice_id, payer, columns, read_at_version, by)


def _change(
    act: str,
    practice: int,
    row: models.Model,
    columns: dict[str, Any],
    version: int,
    by: User,
) -> bool:
    try:
        with transaction.atomic():
            changed = change_row(row, columns=columns, read_at_version=version)
    except IntegrityError as error:
        raise NameTaken from error
    if changed:
        _record(act, practice, row, by, changed)
    return bool(changed)


def _record(act: str, practice: int, row: models.Model, by: User, changed: dict[str, Any]) -> None:
    record(
        act,
        practice=practice,
        person=by.pk,
        person_name=by.email,
        about=str(row),
        changes={k: "changed" if k in _SECRET else v for k, v in changed.items()},
    )
