"""The door to choosing a password; other rooms don't import the sections."""

from letterhead.accounts.passwords.actions import Chooser, password_errors
from letterhead.accounts.passwords.forms import NewPasswordField, keeps_field

__all__ = ["Chooser", "NewPasswordField", "keeps_field", "password_errors"]
