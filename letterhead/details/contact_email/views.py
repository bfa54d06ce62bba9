"""The pages behind a mailed link that confirms a contact email; whoever holds it may use it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from letterhead.accounts.limits import count_try
from letterhead.details.confirming import LinkDead, ask_again, confirm, confirmation
from letterhead.details.queries import practitioner_of
from letterhead.practices.access import members_only
from letterhead.practices.middleware import PracticeRequest


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_contact_email(request: HttpRequest, token: str) -> HttpResponse:
    """Ask on GET, since mail programs open links by themselves; take the address over on POST."""
    try:
        asked = confirmation(token)
    except LinkDead:
        return render(request, "details/contact_email/confirmation_dead.html", status=410)
    if request.method == "POST":
        confirm(asked)
    context = {"asked": asked, "is_done": asked.is_done or request.method == "POST"}
    return render(request, "details/contact_email/confirm_contact_email.html", context)


@require_POST
@members_only()
def send_confirmation_again(request: PracticeRequest) -> HttpResponse:
    """Mail the link once more, a few times an hour at most."""
    if not count_try(request, "contact email", account=str(request.user.pk)).wait:
        email = ask_again(practitioner_of(request.membership))
        said = f"A new link is on its way to {email}" if email else "Your contact email is in use"
        messages.success(request, said)
    else:
        messages.error(request, "Sent a few times already. Look in your mail, or wait an hour.")
    return redirect("my-details")
