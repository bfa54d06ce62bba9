"""How long a person can be inactive before they are logged out."""

import datetime as dt

from letterhead.practices.middleware import PracticeRequest


def idle_limit(request: PracticeRequest) -> dt.timedelta | None:
    """Return the shortest limit among the person's practices; None without any."""
    everywhere = [*filter(None, [request.membership]), *request.elsewhere]
    minutes = [membership.practice.idle_minutes for membership in everywhere]
    return dt.timedelta(minutes=min(minutes)) if minutes else None
