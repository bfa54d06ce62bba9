"""What keeps a bill from being issued or paid, and the page that mends it.

Defined here, below claims, so that superbills and claims speak of their problems alike.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


class Place(StrEnum):
    """Where a person goes to mend a problem."""

    MY_DETAILS = "my details"
    SIGNATURE = "signature"
    PRACTICE = "practice details"
    BILLING = "billing details"
    LOCATION = "location"
    CLIENT = "client"
    POLICY = "policy"
    PAYER = "payer"
    VISIT = "visit"


@dataclass(frozen=True)
class Problem:
    """One thing wrong. An error keeps the bill from being issued; a warning doesn't.

    `item` says where on paper it would stand, `field` the field on the page at `place`.
    """

    severity: Literal["error", "warning"]
    item: str
    message: str
    place: Place
    field: str
