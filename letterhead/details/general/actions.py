"""What a person does with General Details: change them, and reveal the tax ID."""

from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_noop

from letterhead.accounts.models import User
from letterhead.activity.actions import record
from letterhead.activity.models import Kind
from letterhead.details.confirming import ask_to_confirm
from letterhead.details.fields import GeneralDetails, plain_rows
from letterhead.details.models import (
    License,
    OtherId,
    PhoneNumber,
    Practitioner,
    ProviderNumber,
)
from letterhead.details.queries import practitioners_in, saved_rows
from letterhead.encryption.fields import bound
from letterhead.practices.models import Practice
from letterhead.practices.queries import numbers_recorded
from letterhead.texts.folded import refolded


class StaleDetails(Exception):
    """Someone saved these details after the form was opened; `now` is what is saved."""

    def __init__(self, now: Practitioner) -> None:
        super().__init__("saved by someone else")
        self.now = now


class NpiTaken(Exception):
    """A colleague in the same practice has this NPI."""


_CHILDREN: dict[str, type[models.Model]] = {
    "phones": PhoneNumber,
    "other_ids": OtherId,
    "licenses": License,
    "numbers": ProviderNumber,
}
_SECRET = {"tax_id"}
_NPI_TAKEN = ("npi_once_per_practice", "details_practitioner.npi")  # PostgreSQL's words, SQLite's


def change_general_details(
    practitioner: Practitioner, *, new: GeneralDetails, read_at_version: int, by: User
) -> bool:
    """Replace a practitioner's General Details; return whether anything changed.

    `practitioner` is one of `practitioners_in`. Raises StaleDetails if someone saved after
    `read_at_version`, NpiTaken if a colleague has the NPI; neither writes anything.
    """
    if practitioner.version != read_at_version:
        raise StaleDetails(now=practitioner)
    before, after = _before_and_after(practitioner, new)
    if not after:
        return False
    try:
        with transaction.atomic(durable=True):
            _write(practitioner, changed=after, new=new, version=read_at_version)
            if after.get("contact_email", practitioner.contact_email) != practitioner.contact_email:
                ask_to_confirm(practitioner, new.contact_email)
            record(
                gettext_noop("changed general details"),
                practice=practitioner.practice_id,
                person=by.pk,
                person_name=by.email,
                about=str(practitioner),
                changes={
                    name: _recorded(name, before[name], after[name], practitioner.practice)
                    for name in after
                },
            )
    except IntegrityError as error:
        if any(name in str(error) for name in _NPI_TAKEN):
            raise NpiTaken from error
        raise
    return True


def _before_and_after(
    practitioner: Practitioner, new: GeneralDetails
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what differs: {name: saved} and {name: new}, rows as plain values."""
    saved = {name: getattr(practitioner, name) for name in vars(new) if name not in _CHILDREN}
    saved["contact_email"] = practitioner.wanted_email
    saved |= {name: saved_rows(practitioner, name) for name in _CHILDREN}
    wanted = vars(new) | {name: plain_rows(getattr(new, name)) for name in _CHILDREN}
    changed = [name for name in saved if saved[name] != wanted[name]]
    return {name: saved[name] for name in changed}, {name: wanted[name] for name in changed}


def _write(
    practitioner: Practitioner, *, changed: dict[str, Any], new: GeneralDetails, version: int
) -> None:
    """Lock and check by one conditional update, the same on both databases; then write rows."""
    columns = {name: value for name, value in changed.items() if name not in _CHILDREN}
    if email := columns.pop("contact_email", ""):
        columns["unconfirmed_email"] = email if email != practitioner.contact_email else ""
    here = Practitioner.objects.filter(pk=practitioner.pk, version=version)
    columns |= refolded(practitioner, columns) | {"changed_at": timezone.now()}
    if not here.update(**bound(practitioner, columns), version=F("version") + 1):
        raise StaleDetails(now=practitioners_in(practitioner.practice).get(pk=practitioner.pk))
    for name in changed:
        if name in _CHILDREN:
            _replace(_CHILDREN[name], practitioner, getattr(new, name))


def _replace(model: type[models.Model], practitioner: Practitioner, new: tuple[Any, ...]) -> None:
    model._default_manager.filter(practitioner=practitioner).delete()
    model._default_manager.bulk_create(
        model(practitioner=practitioner, position=position, **vars(row))
        for position, row in enumerate(new)
    )


def _recorded(name: str, before: Any, after: Any, practice: Practice) -> Any:
    if name == "numbers":
        return numbers_recorded(before, after, practice.place)
    return "changed" if name in _SECRET else [before, after]


@transaction.atomic(durable=True)
def reveal_tax_id(practitioner: Practitioner, *, by: User) -> str:
    """Return a practitioner's tax ID in plain text, and record that they saw it."""
    record(
        gettext_noop("revealed individual tax ID"),
        practice=practitioner.practice_id,
        person=by.pk,
        person_name=by.email,
        about=str(practitioner),
        kind=Kind.REVEAL,
    )
    return practitioner.tax_id
