"""What a practice offers: each change in one transaction, recorded."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import F, ProtectedError
from django.utils import timezone
from django.utils.translation import gettext_noop

from letterhead.accounts.models import User
from letterhead.activity.actions import record
from letterhead.activity.changes import change_row
from letterhead.practices.actions import NameTaken
from letterhead.practices.models import Practice
from letterhead.scheduling.diaries import practice_changed
from letterhead.scheduling.models import Offer, Service


class Terms(NamedTuple):
    """A clinician's own duration (minutes) and fee for a service; None: the service's."""

    duration: int | None = None
    fee: Decimal | None = None


Offers = Mapping[int, Terms]  # under the ids of the clinicians who offer a service


@transaction.atomic(durable=True)
def add_service(
    practice: Practice, *, columns: dict[str, Any], offers: Offers, by: User
) -> Service:
    """Add a service that these clinicians offer. Raises NameTaken."""
    service = Service(practice=practice, **columns)
    try:
        with transaction.atomic():
            service.save(force_insert=True)
    except IntegrityError as error:
        raise NameTaken from error
    _replace_offers(service, offers, among=())
    practice_changed(practice.pk)
    _record(gettext_noop("added a service"), service, by, {})
    return service


@transaction.atomic(durable=True)
def change_service(
    service: Service,
    *,
    columns: dict[str, Any],
    offers: Offers,
    among: Collection[int],
    read_at_version: int,
    by: User,
) -> bool:
    """Change a service, and who of `among` offers it; return whether anything changed.

    Raises Stale, NameTaken.
    """
    rows = Service.objects.filter(pk=service.pk)
    rows.select_for_update().get()  # of two who only change who offers it, one is stale
    try:
        with transaction.atomic():
            changed = change_row(service, columns=columns, read_at_version=read_at_version)
    except IntegrityError as error:
        raise NameTaken from error
    if _replace_offers(service, offers, among=among):
        if not changed:
            rows.update(version=F("version") + 1)
        changed["clinicians"] = "changed"  # type: ignore[assignment]
    if changed:
        practice_changed(service.practice_id)
        _record(gettext_noop("changed a service"), service, by, changed)
    return bool(changed)


@transaction.atomic(durable=True)
def stop_offering(service: Service, *, by: User) -> bool:
    """Delete a service without appointments; end another, so that it is no longer offered.

    Return whether it is gone for good.
    """
    offered = Service.objects.filter(pk=service.pk, ended_at=None)
    if not offered.select_for_update().exists():
        return False  # a second press
    try:
        with transaction.atomic():
            Service.objects.filter(pk=service.pk).delete()
        act = gettext_noop("removed a service")
    except ProtectedError:
        offered.update(ended_at=timezone.now(), version=F("version") + 1)
        act = gettext_noop("stopped offering a service")
    practice_changed(service.practice_id)
    _record(act, service, by, {})
    return act == "removed a service"


def _replace_offers(service: Service, offers: Offers, *, among: Collection[int]) -> bool:
    """Bring the offers of the clinicians `among` to these; return whether anything changed."""
    rows = Offer.objects.filter(service=service, practitioner__in=among)
    before = {row.practitioner_id: Terms(row.duration, row.fee) for row in rows}
    if before == offers:
        return False
    gone = [clinician for clinician in before if before[clinician] != offers.get(clinician)]
    rows.filter(practitioner__in=gone).delete()
    Offer.objects.bulk_create(
        Offer(service=service, practitioner_id=clinician, **terms._asdict())
        for clinician, terms in offers.items()
        if before.get(clinician) != terms
    )
    return True


def _record(act: str, service: Service, by: User, changes: dict[str, Any]) -> None:
    record(
        act,
        practice=service.practice_id,
        person=by.pk,
        person_name=by.email,
        about=service.name,
        changes=changes,
    )
