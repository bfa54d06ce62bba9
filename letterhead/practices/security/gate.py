"""Mandatory two-factor authentication: the one place that holds people up who have none.

It stands before every view, whatever it gives: pages, files, feeds. A new address is behind it
without a line of its own.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse  # noqa: TID251 (middleware)
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from letterhead.accounts.queries import has_two_factor
from letterhead.practices.middleware import PracticeRequest

SET_UP = "mfa_activate_totp"
# The set-up, the proof that it asks for, log-out, help, the clock of the log-in, the way to another
# practice that doesn't require it, and what says that we are well.
OPEN = {
    *("mfa_index", SET_UP, "mfa_add_webauthn"),
    *("mfa_view_recovery_codes", "mfa_generate_recovery_codes"),
    *("account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"),
    *("account_logout", "guide", "guide-page", "session-left", "session-stay", "switch"),
    *("healthz", "readyz"),
}
DAY = dt.timedelta(days=1)


class TwoFactorMiddleware:
    """Lead who must have two-factor authentication and has none to the page to set it up.

    Until the practice's days of grace are over it only leaves `request.days_left`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on; `process_view` does the work."""
        return self.get_response(request)

    def process_view(
        self, request: PracticeRequest, view: Callable[..., HttpResponse], *_: Any
    ) -> HttpResponse | None:
        """Hold up whom the rule holds up; static files never come here."""
        practice = getattr(request, "practice", None)
        deadline = practice.two_factor_from if practice else None
        if deadline is None or has_two_factor(request.user):
            return None
        left = deadline - timezone.now()
        if left > dt.timedelta():
            request.days_left = -(-left // DAY)  # type: ignore[attr-defined]
            return None
        match = request.resolver_match
        return None if match and match.view_name in OPEN else _to_the_set_up(request)


def _to_the_set_up(request: PracticeRequest) -> HttpResponse:
    if request.htmx:
        return HttpResponse(headers={"HX-Redirect": reverse(SET_UP)})
    return redirect(SET_UP)


def notice(request: HttpRequest) -> dict[str, Any]:
    """Give `notice`, which pages show above all else: how many days are left, and where to go."""
    days = getattr(request, "days_left", 0)
    if not days:
        return {}
    left = "1 day" if days == 1 else f"{days} days"
    text = f"Your practice requires two-factor authentication. You have {left} left to set it up."
    return {"notice": {"text": text, "url": reverse(SET_UP), "link": "Set it up now"}}
