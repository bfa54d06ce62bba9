"""The page "Register your practice"."""

from http import HTTPStatus

from allauth.account.utils import perform_login
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from letterhead.accounts.limits import count_try
from letterhead.details.actions import LoginEmailTaken, Registration, register_practice
from letterhead.practices.middleware import PracticeRequest
from letterhead.practices.registration.forms import RegistrationForm, where


@never_cache
def sign_up(request: PracticeRequest) -> HttpResponse:
    """Register a practice and log in its first Director."""
    if request.user.is_authenticated:
        return redirect("my-details")
    languages = request.headers.get("Accept-Language", "")
    form = RegistrationForm(request.POST or None, initial=where(languages))
    if request.method == "POST" and form.is_valid():
        if wait := count_try(request, "sign-up").error:
            form.add_error(None, wait)
        else:
            try:
                user = register_practice(Registration(**form.cleaned_data))
                return perform_login(request, user, email_verification="none", signup=True)
            except LoginEmailTaken:
                form.add_error("login_email", _("This email is already in use. Log in instead."))
    if not form.errors:
        return render(request, "practices/registration/sign_up.html", {"form": form})
    form.focus_first_error()
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "practices/registration/sign_up.html", {"form": form}, status=status)
