"""Change Password, the strength of a password while it is typed, and Password Reset."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from letterhead.accounts.again import password_error
from letterhead.accounts.limits import count_try, limited, span_in_words
from letterhead.accounts.models import User
from letterhead.accounts.passwords.actions import (
    Chooser,
    PasswordChanged,
    change_password,
    chooser,
    strength,
)
from letterhead.accounts.passwords.forms import ChangeForm, ChooseForm, ResetForm
from letterhead.accounts.passwords.reset import ask_for_reset, reset_password, user_of_link
from letterhead.accounts.passwords.strength import Level
from letterhead.accounts.proof import registered_unproven
from letterhead.ui.http import PageRequest, done, page_or_dialog, too_many

NAMES = (
    "practice_name",
    "first_name",
    "last_name",
    "login_email",
)  # to register or join
_MOST = 254  # characters of one; no such field holds more
STORED_LINK = "password-reset-link"
UNPROCESSABLE = HTTPStatus.UNPROCESSABLE_ENTITY


class SignedIn(PageRequest):
    """A request of someone who is logged in."""

    user: User


@never_cache
@sensitive_post_parameters()
@login_required
def change(request: SignedIn) -> HttpResponse:
    """Change your own password; you are logged out everywhere else."""
    form = ChangeForm(
        request.POST or None,
        who=chooser(request.user),
        check=lambda typed: password_error(request, typed),
    )
    if form.is_valid():
        try:
            change_password(request.user, form.cleaned_data["new_password"])
        except PasswordChanged:
            form.add_error(None, _("Your password was just changed elsewhere. Log in again."))
        else:
            update_session_auth_hash(request, request.user)
            message = _("Password changed. You were logged out everywhere else.")
            return done(request, "my-details", message)
    context = {"title": _("Change Password"), "back": "my-details", "form": form}
    return page_or_dialog(request, "accounts/passwords/change_password.html", context)


@never_cache
@sensitive_post_parameters()
@require_POST
def how_strong(request: PageRequest) -> HttpResponse:
    """Answer how strong the password is that is being typed; nothing is saved."""
    typed = request.POST.get("new_password") or request.POST.get("password", "")
    found = strength(typed, _who(request))
    context = {"level": found} if isinstance(found, Level) else {"hint": found}
    return render(request, "accounts/passwords/strength.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: PageRequest) -> HttpResponse:
    """Ask for a link by email. The answer is the same for everyone."""
    form = ResetForm(request.POST or None)
    if form.is_valid():
        email = form.cleaned_data["login_email"]
        attempt = count_try(request, "reset", account=email)
        if not attempt.wait:
            ask_for_reset(email)
            return redirect("password-reset-sent")
        return too_many(request, attempt.wait, span_in_words(attempt.wait))
    status = UNPROCESSABLE if form.errors else HTTPStatus.OK
    return render(request, "accounts/passwords/password_reset.html", {"form": form}, status=status)


@never_cache
def sent(request: PageRequest) -> HttpResponse:
    """Show what happens next."""
    return render(request, "accounts/passwords/password_reset_sent.html")


@never_cache
def open_link(request: PageRequest, key: str, token: str) -> HttpResponse:
    """Store an emailed link in the session, and go on at an address without its token."""
    if user_of_link(key, token) is None:
        return _expired(request)
    request.session[STORED_LINK] = [key, token]
    response = redirect("password-reset-new")
    response["Referrer-Policy"] = "no-referrer"
    return response


@never_cache
@sensitive_post_parameters()
@limited("reset link")
def choose(request: PageRequest) -> HttpResponse:
    """Set the new password, once."""
    user = user_of_link(*request.session.get(STORED_LINK, ("", "")))
    if user is None:
        return _expired(request)
    registered = registered_unproven(user)
    form = ChooseForm(request.POST or None, who=chooser(user), registered=registered)
    if form.is_valid():
        try:
            keeps = form.cleaned_data.get("keeps", True)
            reset_password(user, form.cleaned_data["new_password"], keeps=keeps)
        except PasswordChanged:
            return _expired(request)
        request.session.flush()
        messages.success(request, _("Your new password is set. Log in with it."))
        return redirect("account_login")
    status = UNPROCESSABLE if form.errors else HTTPStatus.OK
    context = {"form": form, "login_email": user.email}
    return render(request, "accounts/passwords/password_reset_new.html", context, status=status)


def _who(request: HttpRequest) -> Chooser:
    """Return who is logged in or opened an emailed link; otherwise the names in the form."""
    if isinstance(request.user, User):
        return chooser(request.user)
    if user := user_of_link(*request.session.get(STORED_LINK, ("", ""))):
        return chooser(user)
    return Chooser(names=tuple(request.POST.get(name, "")[:_MOST] for name in NAMES))


def _expired(request: HttpRequest) -> HttpResponse:
    request.session.pop(STORED_LINK, None)
    return render(request, "accounts/passwords/password_reset_expired.html", status=HTTPStatus.GONE)
