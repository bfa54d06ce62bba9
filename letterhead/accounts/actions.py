"""The door to what sections of this room do; other rooms import no section itself."""

from letterhead.accounts.passwords.actions import register_names
from letterhead.accounts.two_factor.actions import NothingToReset, Unknown, reset_two_factor

__all__ = ["NothingToReset", "Unknown", "register_names", "reset_two_factor"]
