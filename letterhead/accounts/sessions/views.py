"""Where a person is logged in, and for how long."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
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
    """A request of someone who is logged in."""

    user: User


@never_cache
@require_safe
@login_required
def where_logged_in(request: SignedIn) -> HttpResponse:
    """List where the person is logged in."""
    places = logged_in_at(request.user, now_at=request.session.session_key)
    return render(request, "accounts/sessions/where_logged_in.html", {"places": places})


@never_cache
@require_POST
@login_required
def end(request: SignedIn) -> HttpResponse:
    """Log out in one place, or everywhere else."""
    if request.POST.get("place") == "others":
        end_others(request.user, but=request.session.session_key)
        message = _("Logged out everywhere else")
    else:
        ended = end_one(request.user, _id(request.POST.get("place", "")))
        message = _("Logged out there") if ended else _("You were already logged out there")
    messages.success(request, message)
    return redirect("where-logged-in")


@never_cache
@require_safe
def left(request: SignedIn) -> HttpResponse:
    """Answer how long the session lasts without activity. Asking doesn't count as activity."""
    return _left(request)


@never_cache
@require_POST
@login_required
def stay(request: SignedIn) -> HttpResponse:
    """Stay logged in: a person is here."""
    use(request, at_once=True)
    return _left(request)


def _left(request: SignedIn) -> HttpResponse:
    if not request.user.is_authenticated:
        return JsonResponse({"seconds": 0, "person": ""})
    return JsonResponse({"seconds": seconds_left(request), "person": str(request.user.pk)})


def _id(text: str) -> uuid.UUID:
    """Read an id; a wrong one matches no place."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.UUID(int=0)
