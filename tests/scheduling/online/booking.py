"""A visitor who books, with as little said as possible."""

from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

from letterhead.scheduling.actions import Who, book, hold
from letterhead.scheduling.offers import chosen_of

ANN = Who(first_name="Ann", last_name="Lee", email="ann@client.example", phone="+12125550123")
BEN = Who(first_name="Ben", last_name="Cho", email="ben@client.example")


def chosen(cast: SimpleNamespace, kind: Any, clinician: Any = None, location: Any = None) -> Any:
    """What a visitor chose; None where it can't be booked."""
    return chosen_of(
        cast.practice,
        service=kind.pk,
        location=(location or cast.office).pk,
        clinician=clinician.practitioner_id if clinician else None,
    )


def booked(what: Any, starts_at: Any, who: Any = ANN, key: UUID | None = None) -> Any:
    """Hold and book a time."""
    if key is None:
        key = hold(what, starts_at).key
    return book(what, starts_at, key, who)


def new_key() -> UUID:
    """A key of a hold that is gone."""
    return uuid4()
