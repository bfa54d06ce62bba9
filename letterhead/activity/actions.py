"""Writing the record."""

import json
from typing import Any

from cryptography.fernet import InvalidToken
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from letterhead.activity.chain import hash_of, sealed_of
from letterhead.activity.models import Activity, ChainHead, Kind
from letterhead.activity.origin import present_origin
from letterhead.encryption.fields import as_held, bound, decrypt
from letterhead.statements import CompiledOnce, Given

_seal: Any = ChainHead._meta.get_field("seal")


def record(
    act: str,
    *,
    practice: int | None,
    person: int | None,
    person_name: str,
    about: str = "",
    changes: dict[str, Any] | None = None,
    kind: Kind = Kind.CHANGE,
    begins: bool = False,
) -> None:
    """Add one row, in the transaction of the change it records, to its practice's chain.

    `act` is a whole phrase in English, marked with `gettext_noop`: it is stored as it is and
    translated when shown. `changes` is {field: [before, after]}; for secret fields only
    {field: "changed"}. `begins`: this is the registration of a practice, with which its chain
    begins; raises IntegrityError if there is one. Call it last: it locks the chain until the
    transaction ends, and what is locked after it can deadlock.
    """
    origin = present_origin()
    with transaction.atomic(savepoint=False):
        head = ChainHead.objects.create(chain=practice or 0) if begins else _locked_head(practice)
        is_intact = begins or _is_intact(head)
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
        # A wrong seal stays, so that a forgery shows for good and not only until the next act.
        sealed = bound(head, {"seal": row.hash}) if is_intact else {}
        ChainHead.objects.filter(pk=head.pk).update(place=row.place, hash=row.hash, **sealed)


def _locked_head(practice: int | None) -> ChainHead:
    """Return a chain's head, locked until this transaction ends.

    A head that is missing was deleted outside Letterhead: what is done now is recorded, after the
    newest row, but without a seal, which tells for good that it was missing.
    """
    chain = practice or 0
    if found := _heads(chain=chain):
        return found[0]
    newest = Activity.objects.filter(chain=chain).order_by("-place").first()
    after = {"place": newest.place, "hash": newest.hash} if newest else {}
    ChainHead.objects.bulk_create([ChainHead(chain=chain, **after)], ignore_conflicts=True)
    return _heads(chain=chain)[0]


@CompiledOnce
def _heads(chain: Given) -> QuerySet[ChainHead]:
    # Not decrypted: acts are recorded even if no key fits anymore.
    heads = ChainHead.objects.select_for_update().defer("seal").annotate(as_held=as_held("seal"))
    return heads.filter(pk=chain)


def _is_intact(head: Any) -> bool:
    """Whether only Letterhead wrote a head: its seal is right."""
    try:
        return bool(head.as_held) and decrypt(
            head.as_held, at=_seal.place_in(head.chain)
        ) == sealed_of(head)
    except InvalidToken:
        return False
