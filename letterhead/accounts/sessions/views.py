"""Where one is logged in, and how long one still is."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from letterhead.accounts.log_ins import (
    end_one,
    end_others,
    logged_in_at,
    seconds_left,
    use,
)
from letterhead.accounts.models import User
from letterhead.ui.http import PageRequest


class SignedIn(PageRequest):
    """A request of somebody who is logged in."""

    user: User


@never_cache
@require_safe
@login_required
def where_logged_in(request: SignedIn) -> HttpResponse:
    """List where one is logged in."""
    places = logged_in_at(request.user, now_at=request.session.session_key)
    return render(request, "accounts/sessions/where_logged_in.html", {"places": places})


@never_cache
@require_POST
@login_required
def end(request: SignedIn) -> HttpResponse:
    """Log out in one place, or everywhere else."""
    if request.POST.get("place") == "others":
        end_others(request.user, but=request.session.session_key)
        said = "Logged out everywhere else"
    else:
        ended = end_one(request.user, _id(request.POST.get("place", "")))
        said = "Logged out there" if ended else "You were logged out there already"
    messages.success(request, said)
    return redirect("where-logged-in")


@never_cache
@require_safe
def left(request: SignedIn) -> HttpResponse:
    """Say how long the log-in lasts if nothing more is done. Asking is no activity."""
    return _left(request)


@never_cache
@require_POST
@login_required
def stay(request: SignedIn) -> HttpResponse:
    """Go on: a person is here."""
    use(request, at_once=True)
    return _left(request)


def _left(request: SignedIn) -> HttpResponse:
    if not request.user.is_authenticated:
        return JsonResponse({"seconds": 0, "person": ""})
    return JsonResponse({"seconds": seconds_left(request), "person": str(request.user.pk)})


def _id(text: str) -> uuid.UUID:
    """Read an id; what is none names no place."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.UUID(int=0)
