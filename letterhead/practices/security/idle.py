"""How long a person may do nothing before they are logged out: as their practices say."""

import datetime as dt

from letterhead.practices.middleware import PracticeRequest


def idle_limit(request: PracticeRequest) -> dt.timedelta | None:
    """Give the shortest time of all practices that this log-in reaches; None of no practice."""
    everywhere = [*filter(None, [request.membership]), *request.elsewhere]
    minutes = [membership.practice.idle_minutes for membership in everywhere]
    return dt.timedelta(minutes=min(minutes)) if minutes else None
