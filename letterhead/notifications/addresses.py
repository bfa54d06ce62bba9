"""Where notifications go. The contact email is kept higher up, and looked up through here."""

from collections.abc import Callable

LookUp = Callable[[int], str]
_look_ups: list[LookUp] = []


def register_contact_email(look_up: LookUp) -> None:
    """Let `look_up(membership_id)` give a contact email in use; from `AppConfig.ready` only."""
    _look_ups[:] = [look_up]


def contact_email(membership: int) -> str:
    """Give the address in use for a member's notifications; "" where they have none."""
    return _look_ups[0](membership)
