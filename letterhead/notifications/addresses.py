"""Where notifications go. The contact email belongs to a higher room, which registers a look-up."""

from collections.abc import Callable

LookUp = Callable[[int], str]
_look_ups: list[LookUp] = []


def register_contact_email(look_up: LookUp) -> None:
    """Have contact emails looked up by `look_up(membership_id)`; in `AppConfig.ready` only."""
    _look_ups[:] = [look_up]


def contact_email(membership: int) -> str:
    """Return the confirmed contact email of a member; "" if there is none."""
    return _look_ups[0](membership)
