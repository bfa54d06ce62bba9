"""The chain of hashes: what a row's hash covers, and where a chain is broken."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any, Protocol

from letterhead.encryption.fields import is_unreadable


class Link(Protocol):
    """The columns of a row that its hash covers."""

    chain: int
    place: int
    previous: str
    practice: int | None
    person: int | None
    person_name: str
    at: dt.datetime
    kind: str
    act: str
    about: str
    changes: dict[str, Any]
    address: str
    agent: str


class Head(Protocol):
    """What a chain's head records about its newest row."""

    chain: int
    place: int
    hash: str
    seal: str


# Sealed where nothing was recorded yet, which is only of what belongs to no practice.
BEGUN = "begun"


def sealed_of(head: Head) -> str:
    """Return what the seal of a head has to be."""
    return head.hash or BEGUN


def hash_of(row: Link) -> str:
    """Return the SHA-256 over the whole row, including the hash of the row before it."""
    content = [
        row.previous,
        row.chain,
        row.place,
        row.practice,
        row.person,
        row.person_name,
        row.at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
        str(row.kind),
        row.act,
        row.about,
        row.changes,
        row.address,
        row.agent,
    ]
    return sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def breaks_in(rows: Iterable[Any], heads: Iterable[Head]) -> Iterator[str]:
    """Yield a sentence for each break. `rows` come chain by chain, each in its order."""
    newest: dict[int, Any] = {}
    for row in rows:
        yield from _breaks_at(row, newest.get(row.chain))
        newest[row.chain] = row
    ends = {head.chain: head for head in heads}
    for chain in sorted(newest.keys() | ends.keys()):
        yield from _breaks_at_the_end(chain, newest.get(chain), ends.get(chain))


def _breaks_at(row: Any, before: Any) -> Iterator[str]:
    """Check one row: is it as it was written, and does it follow the one before?"""
    where = f"{name_of(row.chain)}, row {row.place} (id {row.pk})"
    expected = before.place + 1 if before else 1
    if row.place != expected:
        missing = f"row {expected}" if row.place == expected + 1 else f"rows {expected} to"
        missing += "" if row.place == expected + 1 else f" {row.place - 1}"
        yield f"{where}: {missing} before it missing"
    elif row.previous != (before.hash if before else ""):
        yield f"{where}: does not follow the row before"
    if row.hash != hash_of(row):
        yield f"{where}: was changed after it was written"


def _breaks_at_the_end(chain: int, row: Any, head: Head | None) -> Iterator[str]:
    place, found = (row.place, row.hash) if row else (0, "")
    if head is None:
        yield f"{name_of(chain)}: its head is missing, which records the newest row ({place})"
    elif head.place > place:
        yield f"{name_of(chain)}: ends at row {place}, the newest was {head.place}"
    elif (head.place, head.hash) != (place, found):
        yield f"{name_of(chain)}: the newest row ({place}) is not the one in its head"
    elif is_unreadable(head.seal):
        yield f"{name_of(chain)}: its head's seal can't be read"
    elif not head.seal:
        yield f"{name_of(chain)}: its head was deleted outside Letterhead"
    elif head.seal != sealed_of(head):
        yield f"{name_of(chain)}: its head was changed outside Letterhead"


def name_of(chain: int) -> str:
    """Return a chain's name in such a sentence."""
    return f"practice {chain}" if chain else "no practice"
