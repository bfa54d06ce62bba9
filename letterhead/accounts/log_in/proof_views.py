"""The page of the link that proves a login email, and sending it again."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from letterhead.accounts.limits import count_try, span_in_words
from letterhead.accounts.models import User
from letterhead.accounts.proof import NoProof, check_proof, confirm, registered_unproven, send_again
from letterhead.ui.http import PageRequest


class SignedIn(PageRequest):
    """A request of someone who is logged in."""

    user: User


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def confirm_login_email(request: SignedIn, token: str) -> HttpResponse:
    """Ask on GET, confirm on POST. Only who has both the mail and the password gets here."""
    try:
        check_proof(token, of=request.user)
    except NoProof:
        page = "accounts/log_in/proof_expired.html"
        return render(request, page, status=HTTPStatus.GONE)
    if request.method == "POST":
        confirm(request.user)
        messages.success(request, _("Login email confirmed"))
        return redirect("my-details")
    context = {"practices": registered_unproven(request.user)}
    return render(request, "accounts/log_in/confirm_login_email.html", context)


@never_cache
@require_POST
@login_required
def send_proof_again(request: SignedIn) -> HttpResponse:
    """Email the link again, a few times an hour."""
    user = request.user
    if user.is_proven:
        messages.success(request, _("Your login email is already confirmed"))
    elif wait := count_try(request, "login email", account=str(user.pk)).wait:
        text = _("We emailed this link several times. Check your email, or try again in %(time)s.")
        messages.error(request, text % {"time": span_in_words(wait)})
    else:
        send_again(user)
        messages.success(request, _("We emailed a new link to %(email)s") % {"email": user.email})
    return redirect("my-details")
