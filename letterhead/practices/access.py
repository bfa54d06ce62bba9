"""Who can open a page: logged in, a member, and allowed to."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, Concatenate

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render

from letterhead.practices.middleware import PracticeRequest
from letterhead.practices.roles import Act, may

View = Callable[Concatenate[PracticeRequest, ...], HttpResponse]


def members_only(act: Act | None = None) -> Callable[[View], View]:
    """Let only members of a practice in, and only those who may do `act`.

    Others are sent to log in (signed out), get the 403 page, or see that they have no access to
    a practice.
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
            response = view(request, *args, **kwargs)
            response.setdefault("Cache-Control", "no-store")
            return response

        return guarded

    return decorate
