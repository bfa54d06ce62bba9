"""Writing the record."""

import json
from typing import Any

from django.db import transaction
from django.utils import timezone

from letterhead.activity.chain import hash_of
from letterhead.activity.models import Activity, ChainHead, Kind
from letterhead.activity.origin import present_origin


def record(
    act: str,
    *,
    practice: int | None,
    person: int | None,
    person_name: str,
    about: str = "",
    changes: dict[str, Any] | None = None,
    kind: Kind = Kind.CHANGE,
) -> None:
    """Add one row, in the transaction of what it tells, and link it to its practice's chain.

    `changes` is {field: [before, after]}; of secret fields {field: "changed"} only. Call it last:
    it locks the chain until the transaction's end, and what is locked after it may deadlock.
    """
    origin = present_origin()
    with transaction.atomic(savepoint=False):
        head = _locked_head(practice or 0)
        row = Activity(
            practice=practice,
            person=person,
            person_name=person_name,
            at=timezone.now(),  # after the lock: a chain's times ascend
            kind=kind,
            act=act,
            about=about[:200],
            changes=json.loads(json.dumps(changes or {})),  # as it will be read back
            address=origin.address,
            agent=origin.agent,
            chain=head.chain,
            place=head.place + 1,
            previous=head.hash,
        )
        row.hash = hash_of(row)
        row.save(force_insert=True)
        ChainHead.objects.filter(pk=head.pk).update(place=row.place, hash=row.hash, seal=row.hash)


def _locked_head(chain: int) -> ChainHead:
    """Give a chain's head, which no one else gets until this transaction ends."""
    # The seal is only written here: even where no key fits any more, acts are recorded.
    heads = ChainHead.objects.select_for_update().defer("seal")
    if found := heads.filter(pk=chain).first():
        return found
    ChainHead.objects.bulk_create([ChainHead(chain=chain)], ignore_conflicts=True)
    return heads.get(pk=chain)
