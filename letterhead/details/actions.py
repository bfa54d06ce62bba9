"""What other rooms can do with My Details; they import no section directly."""

from letterhead.details.card.actions import change_about_me, change_description
from letterhead.details.confirming import Confirmation, confirm
from letterhead.details.fields import GeneralDetails, NewLicense, NewOtherId, NewPhone
from letterhead.details.general.actions import change_general_details
from letterhead.details.joining.actions import (
    LoginEmailTaken,
    Registration,
    add_member,
    register_practice,
)
from letterhead.details.photo.actions import change_photo
from letterhead.details.photo.cutting import Crop, square

__all__ = [
    "Confirmation",
    "Crop",
    "GeneralDetails",
    "LoginEmailTaken",
    "NewLicense",
    "NewOtherId",
    "NewPhone",
    "Registration",
    "add_member",
    "change_about_me",
    "change_description",
    "change_general_details",
    "change_photo",
    "confirm",
    "register_practice",
    "square",
]
