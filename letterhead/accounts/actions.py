"""The door to the actions of this room's sections; other rooms don't import the sections."""

from letterhead.accounts.passwords.actions import register_names
from letterhead.accounts.two_factor.actions import NothingToReset, Unknown, reset_two_factor

__all__ = ["NothingToReset", "Unknown", "register_names", "reset_two_factor"]
