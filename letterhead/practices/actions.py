"""The actions of this room that other rooms can import; they import no section itself."""

from letterhead.practices.account_settings.actions import (
    NameTaken,
    add_location,
    add_payer,
    change_billing_details,
    change_location,
    change_practice_details,
)
from letterhead.practices.team.actions import end_access

__all__ = [
    "NameTaken",
    "add_location",
    "add_payer",
    "change_billing_details",
    "change_location",
    "change_practice_details",
    "end_access",
]
