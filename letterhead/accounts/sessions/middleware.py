"""When a session ends by itself, and what happens to what was typed in the meantime.

Both come after the middleware that sets the practice, whose rules they follow.
"""

import uuid
from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse

from letterhead.accounts.log_ins import end_idle, seconds_left, use
from letterhead.accounts.sessions.typed_again import forget, hold, is_ours, mark_in
from letterhead.ui.forms.typed import Mark

Answer = Callable[[HttpRequest], HttpResponse]


class IdleMiddleware:
    """End a session that was idle for longer than the practice allows.

    Every request of a person counts as activity; requests that a page makes by itself don't
    (settings.UNATTENDED_PATHS).
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Check the time, then go on, logged out if it is over."""
        if request.path_info.startswith(settings.PUBLIC_PATHS) or not request.user.is_authenticated:
            return self.get_response(request)
        if not seconds_left(request):
            end_idle(request)
            request.membership = request.practice = None  # type: ignore[attr-defined]
            request.elsewhere = []  # type: ignore[attr-defined]
            return self.get_response(request)
        if not request.path_info.startswith(settings.UNATTENDED_PATHS):
            use(request)
        return self.get_response(request)


class TypedAgainMiddleware:
    """Lose nothing that was typed into a marked form (ui/forms/typed.py) when a session ended.

    If no one is logged in, it is held and shown again after the next login. If the same person
    logged in again, the form is accepted although its CSRF token belongs to the older session: its
    mark is as good, since it is signed for this person, and its Origin header must be ours. If
    someone else is logged in, or the same person in another practice, it is refused, since it
    would be saved there.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Read the mark, and go on if the form belongs to this person and practice."""
        public = request.path_info.startswith(settings.PUBLIC_PATHS)
        mark = None if public else mark_in(request)
        if mark is None:
            return self.get_response(request)
        if not request.user.is_authenticated:
            return self._hold(request, mark) if is_ours(request) else self.get_response(request)
        if mark.user != request.user.pk or not _is_for(mark, request):
            return self._refuse(request, mark)
        if is_ours(request):
            request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]
        response = self.get_response(request)
        if response.status_code == HTTPStatus.OK and (held := _id(request.POST.get("held", ""))):
            forget(request.user, held)
        return response

    def _refuse(self, request: HttpRequest, mark: Mark) -> HttpResponse:
        is_another_person = mark.user != request.user.pk
        if is_another_person and is_ours(request):
            hold(mark, request.POST, had_files=bool(request.FILES))
        context = {"mark": mark, "is_another_person": is_another_person}
        page = "accounts/sessions/typed_elsewhere.html"
        return render(request, page, context, status=HTTPStatus.FORBIDDEN)

    def _hold(self, request: HttpRequest, mark: Mark) -> HttpResponse:
        hold(mark, request.POST, had_files=bool(request.FILES))
        log_in = resolve_url(settings.LOGIN_URL)
        return redirect(f"{log_in}?next={quote(reverse('typed-again'))}")


def _is_for(mark: Mark, request: HttpRequest) -> bool:
    """Whether a form belongs to the present practice; storing what was typed always does."""
    practice = getattr(request, "practice", None)
    here = mark.practice is None or (practice is not None and mark.practice == practice.pk)
    return here or request.path_info == reverse("keep-typed")


def _id(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
