"""The pages of an emailed link that confirms a contact email; anyone who has it can use it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from letterhead.accounts.limits import count_try
from letterhead.details.confirming import LinkExpired, ask_again, confirm, confirmation
from letterhead.details.queries import practitioner_of
from letterhead.practices.access import members_only
from letterhead.practices.middleware import PracticeRequest


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_contact_email(request: HttpRequest, token: str) -> HttpResponse:
    """Ask on GET, because email programs open links on their own; confirm on POST."""
    try:
        asked = confirmation(token)
    except LinkExpired:
        return render(request, "details/contact_email/confirmation_expired.html", status=410)
    if request.method == "POST":
        confirm(asked)
    context = {"asked": asked, "is_done": asked.is_done or request.method == "POST"}
    return render(request, "details/contact_email/confirm_contact_email.html", context)


@require_POST
@members_only()
def send_confirmation_again(request: PracticeRequest) -> HttpResponse:
    """Email the link again, at most a few times an hour."""
    if not request.practice.is_proven:
        messages.error(request, _("Confirm your login email first: open the link we emailed to it"))
    elif not count_try(request, "contact email", account=str(request.user.pk)).wait:
        email = ask_again(practitioner_of(request.membership))
        sent = _("We emailed a new link to %(email)s") % {"email": email}
        messages.success(request, sent if email else _("Your contact email is already confirmed"))
    else:
        messages.error(
            request,
            _("You requested this link several times. Check your email, or try again in an hour."),
        )
    return redirect("my-details")
