"""Who can open a page: logged in, a member, and allowed to."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, Concatenate

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_noop

from letterhead.accounts.limits import count_try
from letterhead.activity.actions import record
from letterhead.activity.models import Kind
from letterhead.practices.middleware import PracticeRequest
from letterhead.practices.roles import Act, may

View = Callable[Concatenate[PracticeRequest, ...], HttpResponse]


def members_only(act: Act | None = None) -> Callable[[View], View]:
    """Let only members of a practice in, and only those who may do `act`.

    Others are sent to log in (signed out), get the 403 page, or see that they have no access to
    a practice. What isn't there for a member is a 404, and is recorded.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: PracticeRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if request.membership is None:
                return render(request, "practices/no_practice.html", status=HTTPStatus.FORBIDDEN)
            if act and not may(request.membership, act):
                raise PermissionDenied
            try:
                response = view(request, *args, **kwargs)
            except Http404:
                if "pk" in kwargs or request.method == "POST":
                    _record_refusal(request)
                raise
            response.setdefault("Cache-Control", "no-store")
            return response

        return guarded

    return decorate


def _record_refusal(request: PracticeRequest) -> None:
    """Record that a member asked for what isn't theirs; after 20 in an hour only that more came.

    It is the same record whether another practice has it or nobody: a Director who tries numbers
    must not learn which of them exist.
    """
    whose = f"member {request.membership.pk}"
    if not count_try(request, "refused try", account=whose).wait:
        act, about = gettext_noop("tried to open something that isn't there for them"), request.path
    elif not count_try(request, "more refused tries", account=whose).wait:
        act, about = gettext_noop("tried to open many more things that aren't there for them"), ""
    else:
        return
    record(
        act,
        practice=request.practice.pk,
        person=request.user.pk,
        person_name=request.user.email,
        about=about,
        kind=Kind.REFUSED,
    )
