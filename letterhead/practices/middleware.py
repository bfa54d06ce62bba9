"""Which practice a request is about."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from letterhead.accounts.models import User
from letterhead.practices.models import Membership, Practice
from letterhead.practices.queries import chosen_among, memberships_of
from letterhead.ui.dates import written
from letterhead.ui.http import PageRequest
from letterhead.ui.languages import best_of, languages, speaking

CHOSEN = "practice"  # the session's practice, by its key


class PracticeRequest(PageRequest):
    """A request as our views see it, with its user and practice."""

    user: User  # views see signed-in people only
    membership: Membership
    practice: Practice
    elsewhere: list[Membership]  # the person's other practices


class PracticeMiddleware:
    """Set `request.membership` and `request.practice`, once; both None for strangers.

    Of several practices it is the one this session switched to, else the one last switched to or
    joined, else the oldest.
    A membership that has ended doesn't count, so access ends with the next request.
    Texts, days and times are written as the member prefers, else as the practice does; for
    strangers in their browser's language. Public pages look no one up, so they need no session.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: PracticeRequest) -> HttpResponse:
        """Look up the membership, then call the view."""
        if request.path_info.startswith(settings.PUBLIC_PATHS):
            with speaking(_language_of_browser(request)):
                return self.get_response(request)
        memberships = memberships_of(request.user) if request.user.is_authenticated else []
        chosen = request.session.get(CHOSEN) if len(memberships) > 1 else None
        membership = chosen_among(memberships, chosen)
        request.membership = membership  # type: ignore[assignment]  # views see members only
        request.practice = membership.practice if membership else None  # type: ignore[assignment]
        request.elsewhere = [each for each in memberships if each is not membership]
        if membership is None:
            with speaking(_language_of_browser(request)):
                return self.get_response(request)
        way = membership.preferences
        zone, style = timezone.override(way.time_zone), written(way.date_style, way.time_style)
        with zone, style, speaking(way.language):
            return self.get_response(request)


def _language_of_browser(request: HttpRequest) -> str:
    every = tuple(code for code, _ in languages())
    return best_of(request.headers.get("Accept-Language", ""), every)
