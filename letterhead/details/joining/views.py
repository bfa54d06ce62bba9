"""The page behind an invitation: anyone with the link can accept, by a button."""

from http import HTTPStatus

from allauth.account.utils import perform_login
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from letterhead.accounts.limits import limited
from letterhead.accounts.log_ins import renew_key
from letterhead.accounts.proof import Unproven, registered_unproven, unproven_with
from letterhead.details.joining.actions import LoginEmailTaken, MemberAlready, accept_invitation
from letterhead.details.joining.forms import JoiningForm
from letterhead.practices.invitations import InvitationExpired, invitation_behind
from letterhead.practices.middleware import CHOSEN, PracticeRequest
from letterhead.practices.queries import has_log_in


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limited("invitation link")
def accept(request: PracticeRequest, token: str) -> HttpResponse:
    """Ask on GET, because email programs open links on their own; join on POST."""
    try:
        invitation = invitation_behind(token)
    except InvitationExpired as expired:
        return _expired(request, expired)
    user = request.user if request.user.is_authenticated else None
    posted = request.POST if request.method == "POST" else None
    unproven = None if user else unproven_with(invitation.email)
    registered = registered_unproven(unproven) if unproven else []
    form = JoiningForm(posted, invitation=invitation, user=user, registered=registered)
    if form.is_valid():
        try:
            return _join(request, token, form)
        except InvitationExpired as expired:
            return _expired(request, expired)
        except LoginEmailTaken:
            form.add_error(None, _("This email is already in use. Log in instead."))
        except Unproven:
            text = _("Confirm your login email first: open the link we emailed to %(email)s.")
            form.add_error(None, text % {"email": request.user.email})
        except MemberAlready:
            form.add_error(
                None,
                _(
                    "%(user)s is, or was, a user of %(practice)s. Ask a Director there to restore "
                    "access, or log in as someone else."
                )
                % {"user": user, "practice": invitation.practice},
            )
    context = {
        "form": form,
        "invitation": invitation,
        "accepts_as": user,
        "is_another": "as_another" in form.fields,
        "has_log_in": not user and not unproven and has_log_in(invitation.email),
        "log_in_url": f"{reverse('account_login')}?next={request.path}",
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "details/joining/accept_invitation.html", context, status=status)


def _join(request: PracticeRequest, token: str, form: JoiningForm) -> HttpResponse:
    """Join, log new people in, and open the practice."""
    known = request.user if request.user.is_authenticated else None
    user = accept_invitation(
        token,
        details=form.details(),
        user=known,
        password=form.cleaned_data.get("password", ""),
        keeps=form.cleaned_data.get("keeps", True),
    )
    request.session[CHOSEN] = form.invitation.practice_id
    messages.success(request, _("Welcome to %(practice)s") % {"practice": form.invitation.practice})
    if known:
        renew_key(request)
        return redirect("my-details")
    return perform_login(request, user, email_verification="none", signup=True)


def _expired(request: PracticeRequest, expired: InvitationExpired) -> HttpResponse:
    context = {"accepted_by": expired.accepted_by}
    return render(
        request, "details/joining/invitation_expired.html", context, status=HTTPStatus.GONE
    )
