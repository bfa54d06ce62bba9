"""When a log-in ends by itself, and what becomes of what was typed meanwhile.

Both stand below the one that knows the practice, whose rules they follow.
"""

import uuid
from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse

from letterhead.accounts.log_ins import end_by_rest, seconds_left, use
from letterhead.accounts.sessions.typed_again import forget, hold, is_ours, mark_in
from letterhead.ui.forms.typed import Mark

Answer = Callable[[HttpRequest], HttpResponse]


class RestMiddleware:
    """End a log-in at which nothing was done for as long as the practice allows.

    Whatever a person asks for counts as done; what a page asks for by itself does not
    (settings.UNATTENDED_PATHS).
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look at the clock, then go on: as nobody, when the time is over."""
        if request.path_info.startswith(settings.PUBLIC_PATHS) or not request.user.is_authenticated:
            return self.get_response(request)
        if not seconds_left(request):
            end_by_rest(request)
            request.membership = request.practice = None  # type: ignore[attr-defined]
            request.elsewhere = []  # type: ignore[attr-defined]
            return self.get_response(request)
        if not request.path_info.startswith(settings.UNATTENDED_PATHS):
            use(request)
        return self.get_response(request)


class TypedAgainMiddleware:
    """Lose nothing that was typed into a marked form (ui/forms/typed.py) when a log-in ended.

    Nobody logged in: it is held, and comes again after the log-in. The same person logged in
    anew: the form is taken, although its CSRF token went with the older log-in; its mark is as
    good, being signed for this one person, and must come from a page of ours by its Origin header.
    Somebody else, or the same person in another practice: refused, for it would be saved there.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Read the mark, and go on where the form is for who is here."""
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
        if response.status_code == HTTPStatus.OK and (shown := _id(request.POST.get("held", ""))):
            forget(request.user, shown)
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
    """Say whether a form belongs to the practice one is in; keeping what was typed always does."""
    practice = getattr(request, "practice", None)
    here = mark.practice is None or (practice is not None and mark.practice == practice.pk)
    return here or request.path_info == reverse("keep-typed")


def _id(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
