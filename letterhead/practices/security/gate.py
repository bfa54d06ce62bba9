"""Mandatory two-factor authentication: the one place that stops people who have none.

It runs before every view: pages, files, feeds. A new address is protected automatically.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse  # noqa: TID251 (middleware)
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from letterhead.accounts.queries import has_two_factor
from letterhead.practices.middleware import PracticeRequest

SET_UP = "mfa_activate_totp"
# The set-up and the confirmation it asks for, logging out, help, the session's clock, the switch to
# another practice that may not require it, and the health checks.
OPEN = {
    *("mfa_index", SET_UP, "mfa_add_webauthn"),
    *("mfa_view_recovery_codes", "mfa_generate_recovery_codes"),
    *("account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"),
    *("account_logout", "guide", "guide-page", "session-left", "session-stay", "switch"),
    *("healthz", "readyz"),
}
DAY = dt.timedelta(days=1)


class TwoFactorMiddleware:
    """Send people who must have two-factor authentication and have none to the set-up page.

    During the practice's days of grace it only sets `request.days_left`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Call the view; `process_view` does the work."""
        return self.get_response(request)

    def process_view(
        self, request: PracticeRequest, view: Callable[..., HttpResponse], *args: Any
    ) -> HttpResponse | None:
        """Stop the people that the rule applies to; static files never come here."""
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
    """Context processor: `notice`, shown at the top of every page while days of grace are left."""
    days = getattr(request, "days_left", 0)
    if not days:
        return {}
    text = ngettext(
        "Your practice requires two-factor authentication. "
        "You have %(days)s day left to set it up.",
        "Your practice requires two-factor authentication. "
        "You have %(days)s days left to set it up.",
        days,
    ) % {"days": days}
    return {"notice": {"text": text, "url": reverse(SET_UP), "link": _("Set it up now")}}
