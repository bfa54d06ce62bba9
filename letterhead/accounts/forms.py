"""The door to choosing a password; other rooms don't import the sections."""

from letterhead.accounts.passwords.actions import Chooser, password_errors
from letterhead.accounts.passwords.forms import NewPasswordField

__all__ = ["Chooser", "NewPasswordField", "password_errors"]
