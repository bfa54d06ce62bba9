"""Recording what a person's log-in did, in every practice that the person belongs to.

Practices stand above this room: they register who belongs where.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction

from letterhead.accounts.models import User
from letterhead.activity.actions import record
from letterhead.activity.models import Kind

LookUp = Callable[[int], Iterable[int]]
_look_ups: list[LookUp] = []


def register_practices(look_up: LookUp) -> None:
    """Let `look_up(user_id)` give the practices of a user; from `AppConfig.ready` only."""
    _look_ups[:] = [look_up]


@transaction.atomic
def record_for(
    user: User,
    act: str,
    *,
    kind: Kind = Kind.CHANGE,
    by: str = "",
    about: str = "",
    changes: dict[str, Any] | None = None,
) -> None:
    """Record an act about a user's log-in in each of their practices; call it last, as `record`.

    `by` names who did it where that was not the user: someone at the command line, a stranger.
    Someone of no practice is recorded without one.
    """
    # In one order everywhere: two transactions never wait for each other's chains.
    for practice in sorted(_look_ups[0](user.pk)) or [None]:
        record(
            act,
            practice=practice,
            person=None if by else user.pk,
            person_name=by or user.email,
            about=about,
            changes=changes,
            kind=kind,
        )
