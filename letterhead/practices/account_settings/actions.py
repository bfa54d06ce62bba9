"""Changes on Account Settings: each in one transaction, recorded."""

from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import F, ProtectedError
from django.utils import timezone
from django.utils.translation import gettext_noop

from letterhead.accounts.models import User
from letterhead.activity.actions import record
from letterhead.activity.changes import change_row
from letterhead.files.kept import keep_file
from letterhead.practices.columns import NewNumber
from letterhead.practices.models import Location, Payer, Practice, PracticeNumber, PracticeSlug
from letterhead.practices.queries import numbers_of, numbers_recorded
from letterhead.texts.slugs import claiming_slug

_SECRET = frozenset({"tax_id"})


class NameTaken(Exception):
    """Another row of this practice has this name."""


class LastLocation(Exception):
    """The practice has no other location, and every visit needs one."""


@transaction.atomic(durable=True)
def change_practice_details(
    practice: Practice, *, columns: dict[str, Any], read_at_version: int, by: User
) -> bool:
    """Change name, address and contact details; return whether anything changed. Raises Stale."""
    return _change(
        gettext_noop("changed practice details"),
        practice.pk,
        practice,
        columns,
        read_at_version,
        by,
    )


@transaction.atomic(durable=True)
def change_with_country(
    practice: Practice,
    *,
    columns: dict[str, Any],
    locations_in: str,
    read_at_version: int,
    by: User,
) -> bool:
    """Change what follows the practice's country; return whether anything changed. Raises Stale.

    The locations in the country `locations_in` ("" for none) are in the practice's then.
    """
    there = Location.objects.filter(practice=practice, country=locations_in or None)
    moved = there.update(country=practice.country, version=F("version") + 1)
    changed: dict[str, Any] = change_row(
        practice, columns=columns, read_at_version=read_at_version, and_rows=bool(moved)
    )
    if moved:
        changed["locations"] = [locations_in, practice.country]
    if changed:
        act = gettext_noop("changed what follows the country")
        _record(act, practice.pk, practice, by, changed)
    return bool(changed)


@transaction.atomic(durable=True)
def change_public_address(practice: Practice, *, slug: str, read_at_version: int, by: User) -> bool:
    """Change the address of the public page; the old one redirects for ever. Return whether it did.

    Raises Stale; SlugTaken, and writes nothing, if the slug is or was another practice's.
    """
    with claiming_slug(slug, ever=PracticeSlug.objects, owner=practice):
        changed = change_row(practice, columns={"slug": slug}, read_at_version=read_at_version)
    if changed:
        act = gettext_noop("changed the address of the public page")
        _record(act, practice.pk, practice, by, {"address": changed["slug"]})
    return bool(changed)


@transaction.atomic(durable=True)
def change_billing_details(
    practice: Practice,
    *,
    columns: dict[str, Any],
    numbers: tuple[NewNumber, ...] | None = None,
    read_at_version: int,
    by: User,
) -> bool:
    """Change the billing provider's details; return whether anything changed. Raises Stale.

    `numbers` replace the practice's further numbers; None leaves them.
    """
    saved = [] if numbers is None else numbers_of(practice)
    wanted = [vars(row) for row in numbers or ()]
    changed: dict[str, Any] = change_row(
        practice, columns=columns, read_at_version=read_at_version, and_rows=saved != wanted
    )
    if saved != wanted:
        _replace_numbers(practice, numbers or ())
        changed["numbers"] = numbers_recorded(saved, wanted, practice.place)
    if changed:
        _record(gettext_noop("changed billing details"), practice.pk, practice, by, changed)
    return bool(changed)


def _replace_numbers(practice: Practice, new: tuple[NewNumber, ...]) -> None:
    PracticeNumber.objects.filter(practice=practice).delete()
    PracticeNumber.objects.bulk_create(
        PracticeNumber(practice=practice, position=position, **vars(row))
        for position, row in enumerate(new)
    )


@transaction.atomic(durable=True)
def change_logo(practice: Practice, *, png: bytes | None, read_at_version: int, by: User) -> bool:
    """Set the logo, or none; return whether anything changed. Raises Stale."""
    columns = {"logo_sha256": keep_file(png) if png else ""}
    return _change(
        gettext_noop("changed the logo"), practice.pk, practice, columns, read_at_version, by
    )


@transaction.atomic(durable=True)
def change_location(
    location: Location, *, columns: dict[str, Any], read_at_version: int, by: User
) -> bool:
    """Change a location; return whether anything changed. Raises Stale, NameTaken."""
    practice = location.practice_id
    return _change(
        gettext_noop("changed a location"), practice, location, columns, read_at_version, by
    )


@transaction.atomic(durable=True)
def add_location(practice: Practice, *, columns: dict[str, Any], by: User) -> Location:
    """Add a location. Raises NameTaken."""
    location = Location(practice=practice, **columns)
    _insert(gettext_noop("added a location"), location, practice.pk, by)
    return location


@transaction.atomic(durable=True)
def remove_location(location: Location, *, by: User) -> bool:
    """Delete a location without visits; end another, so that it is no longer offered.

    Return whether it is gone for good. Raises LastLocation, and writes nothing.
    """
    practice = Practice.objects.select_for_update().get(pk=location.practice_id)
    offered = Location.objects.filter(practice=practice, ended_at=None)
    if not offered.exclude(pk=location.pk).exists():
        raise LastLocation
    if not offered.filter(pk=location.pk).exists():
        return False  # a second press
    try:
        with transaction.atomic():
            Location.objects.filter(pk=location.pk).delete()
        act = gettext_noop("removed a location")
    except ProtectedError:
        offered.filter(pk=location.pk).update(ended_at=timezone.now(), version=F("version") + 1)
        act = gettext_noop("stopped offering a location")
    _record(act, practice.pk, location, by, {})
    return act == "removed a location"


@transaction.atomic(durable=True)
def add_payer(practice: Practice, *, columns: dict[str, Any], by: User) -> Payer:
    """Add a payer. Raises NameTaken."""
    payer = Payer(practice=practice, **columns)
    _insert(gettext_noop("added a payer"), payer, practice.pk, by)
    return payer


@transaction.atomic(durable=True)
def change_payer(payer: Payer, *, columns: dict[str, Any], read_at_version: int, by: User) -> bool:
    """Change a payer; return whether anything changed. Raises Stale, NameTaken."""
    return _change(
        gettext_noop("changed a payer"), payer.practice_id, payer, columns, read_at_version, by
    )


def _insert(act: str, row: models.Model, practice: int, by: User) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise NameTaken from error
    _record(act, practice, row, by, {})


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
