"""What keeps a bill from being issued or paid, and the page where it's fixed.

Defined here, below claims, so that superbills and claims share it.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


class Place(StrEnum):
    """Where a problem is fixed."""

    MY_DETAILS = "my details"
    SIGNATURE = "signature"
    PRACTICE = "practice details"
    BILLING = "billing details"
    LOCATION = "location"
    CLIENT = "client"
    POLICY = "policy"
    PAYER = "payer"
    VISIT = "visit"
    CORRECTION = "correction"


@dataclass(frozen=True)
class Problem:
    """One thing wrong. An error keeps the bill from being issued; a warning doesn't.

    `item` is where on paper it prints, `field` is the field on the page of `place`, and `message`
    is in the reader's language.
    """

    severity: Literal["error", "warning"]
    item: str
    message: str
    place: Place
    field: str
