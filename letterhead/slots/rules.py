"""Booking rules as they apply: a clinician's own, else the practice's, else the usual ones."""

import datetime as dt
from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What holds when clients book for themselves; `most_a_day` None: as many as there is time."""

    notice_hours: int = 24
    horizon_days: int = 60
    grid_minutes: int = 30
    most_a_day: int | None = None
    change_hours: int = 24
    needs_approval: bool = False
    proves_email: bool = False

    @property
    def notice(self) -> dt.timedelta:
        """How long before it begins an appointment has to be booked."""
        return dt.timedelta(hours=self.notice_hours)

    @property
    def change(self) -> dt.timedelta:
        """How long before it begins a client can still move or cancel an appointment."""
        return dt.timedelta(hours=self.change_hours)


USUAL = Rules()
NAMES = tuple(field.name for field in fields(Rules))


def rules_of(practice: Any = None, clinician: Any = None) -> Rules:
    """Return the rules that apply; each row has columns of `columns.Ruled`, or is None."""
    chosen = {}
    for row in (practice, clinician):
        for name in NAMES:
            if row is not None and getattr(row, name) is not None:
                chosen[name] = getattr(row, name)
    return Rules(**chosen)
