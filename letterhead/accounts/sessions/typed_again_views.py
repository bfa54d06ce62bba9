"""What was typed before a session ended, shown again."""

import uuid
from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from letterhead.accounts.sessions.typed_again import forget, held_for, hold, mark_in
from letterhead.accounts.sessions.views import SignedIn

START = "my-details"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def typed_again(request: SignedIn) -> HttpResponse:
    """Show what is held, each form with a button that opens it as it was typed."""
    if request.method == "POST":
        _discard(request)
        return redirect("typed-again")
    held = held_for(request.user)
    onward = _onward(request)
    if not held and "next" in request.GET:
        return redirect(onward)
    return render(request, "accounts/sessions/typed_again.html", {"held": held, "onward": onward})


@never_cache
@sensitive_post_parameters()
@require_POST
@login_required
def keep(request: SignedIn) -> HttpResponse:
    """Hold what a page sends before it is cleared while its person is still logged in."""
    if mark := mark_in(request):
        hold(mark, request.POST)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


def _discard(request: SignedIn) -> None:
    try:
        forget(request.user, uuid.UUID(request.POST.get("discard", "")))
    except ValueError:
        return
    messages.success(request, _("Discarded"))


def _onward(request: SignedIn) -> str:
    """Return where the person was going, if that is a page of ours."""
    url = request.GET.get("next", "")
    known = url_has_allowed_host_and_scheme(url, {request.get_host()}, request.is_secure())
    return url if url and known else resolve_url(START)
