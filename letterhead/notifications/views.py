"""The page Notifications, and the link in every notification that stops emails of its kind."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from letterhead.notifications.actions import StaleChoices, choose, unsubscribe
from letterhead.notifications.addresses import contact_email
from letterhead.notifications.forms import NotificationsForm
from letterhead.notifications.models import HowOften
from letterhead.notifications.queries import chosen_by, mailed_to
from letterhead.notifications.unsubscribing import InvalidLink, read_link
from letterhead.practices.access import members_only
from letterhead.practices.context import pages_of_my_details
from letterhead.practices.middleware import PracticeRequest
from letterhead.ui.forms.rows import as_typed, saving
from letterhead.ui.forms.typed import mark_for
from letterhead.ui.http import done
from letterhead.ui.toasts import outcome

SHOWN = 5


@members_only()
def notifications(request: PracticeRequest) -> HttpResponse:
    """Show and save how often a member is notified about each event."""
    membership = request.membership
    form = NotificationsForm(request.POST or None, chosen=chosen_by(membership))
    if request.method == "POST" and not saving(request):
        as_typed(form)
    elif form.is_valid():
        version = form.cleaned_data["version"]
        try:
            changed = choose(membership, new=form.new(), read_at_version=version)
            toast = outcome(changed, _("Notifications saved"))
            return done(request, "notifications", toast)
        except StaleChoices as stale:
            form.show_what_changed(stale.now)
    context = {
        "form": form,
        "address": contact_email(membership.pk) or request.user.email,
        "mailed": mailed_to(membership)[:SHOWN],
        "tabs": pages_of_my_details("notifications"),
        "typed_by": mark_for(request, title=_("Notifications"), forms=[form]),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "notifications/notifications.html", context, status=status)


@csrf_exempt
@never_cache
def unsubscribe_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Let mail programs unsubscribe by one POST (RFC 8058); people confirm on a page."""
    if request.method == "POST" and request.POST.get("List-Unsubscribe") == "One-Click":
        return _unsubscribe(request, token)
    return _ask(request, token)


@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def _ask(request: HttpRequest, token: str) -> HttpResponse:
    return _unsubscribe(request, token)


def _unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    try:
        membership, event = read_link(token)
    except InvalidLink:
        return render(
            request, "notifications/unsubscribe_invalid.html", status=HTTPStatus.NOT_FOUND
        )
    if request.method == "POST":
        unsubscribe(membership, event)
    context = {
        "event": event,
        "practice_of_link": membership.practice,
        "is_done": chosen_by(membership)[event.name] == HowOften.NEVER,
    }
    return render(request, "notifications/unsubscribe.html", context)
