"""Where a claim's values are entered, and what is wrong with one."""

from enum import StrEnum
from typing import Literal, NamedTuple


class Place(StrEnum):
    """The page on which a value of the claim is entered and mended."""

    MY_DETAILS = "my details"
    PRACTICE_DETAILS = "practice details"
    BILLING_DETAILS = "billing details"
    LOCATION = "location"
    CLIENT = "client"
    POLICY = "policy"
    PAYER = "payer"
    VISIT = "visit"


class Problem(NamedTuple):
    """What a payer would send a claim back for, or doubt, and the field that mends it.

    An error refuses to issue, a warning doesn't. `field` is the form field's name at `place`;
    of a repeated row with its number from 0, such as lines-0-code.
    """

    severity: Literal["error", "warning"]
    item: str
    message: str
    place: Place
    field: str
