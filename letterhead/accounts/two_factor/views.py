"""The pages of two-factor authentication: allauth's views with our words, emails and record."""

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.stagekit import clear_login, get_pending_stage
from allauth.account.views import ReauthenticateView
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.views import AuthenticateView, IndexView
from allauth.mfa.base.views import ReauthenticateView as CodeAgainView
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    EditWebAuthnView,
    LoginWebAuthnView,
    ReauthenticateWebAuthnView,
    RemoveWebAuthnView,
)
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django.views.generic.edit import FormView

from letterhead.accounts.again import logged_in_just_now
from letterhead.accounts.limits import count_try, span_in_words
from letterhead.accounts.log_ins import renew_key
from letterhead.accounts.queries import has_app, has_passkeys, has_two_factor, required_by
from letterhead.accounts.two_factor.actions import (
    Required,
    add_passkey,
    make_recovery_codes,
    remove_passkey,
    rename_passkey,
    replace_app,
    turn_off,
    turn_off_app,
    turn_on_app,
)
from letterhead.accounts.two_factor.forms import SECOND_ONLY, SECOND_STEP_ONLY, UNREADABLE
from letterhead.accounts.two_factor.pending import drop_seed
from letterhead.accounts.two_factor.seeds import UnreadableSeed
from letterhead.accounts.two_factor.trusted import devices_of, forget, present_device, trust
from letterhead.ui.http import PageRequest, too_many
from letterhead.ui.views import bad_request

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

ASKED_FOR = 5 * 60  # seconds for a passkey to answer
REMOVED = _("Two-factor authentication is off")
CHANGED = _("How you log in was just changed. Log in again.")
CLOSED = _("This login is turned off. Ask your Letterhead administrator.")


class Page:
    """What all these pages share: status 422 for errors, and nothing stored by a browser."""

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Let no cache store the answer."""
        response = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # a view's
        response.headers["Cache-Control"] = "no-store"
        return response

    def form_invalid(self, form: Any) -> Any:
        """Show the page again with the errors; status 429 after too many tries."""
        response = super().form_invalid(form)  # type: ignore[misc]  # a view's
        if response.status_code == HTTPStatus.OK:
            limited = any(form.has_error(name, "limited") for name in form.fields)
            wrong = HTTPStatus.UNPROCESSABLE_ENTITY
            response.status_code = HTTPStatus.TOO_MANY_REQUESTS if limited else wrong
        return response


class SecondStep(Page, AuthenticateView):
    """The second step of a login: a code, a recovery code or a passkey."""

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Start again if password, email or second step were changed since the first step."""
        stage: Any = get_pending_stage(request)
        if stage is None or stage.is_valid:
            return super().dispatch(request, *args, **kwargs)
        clear_login(request)
        messages.error(request, CHANGED)
        return redirect("account_login")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Offer a passkey if the user has one."""
        has_passkey = has_passkeys(self.stage.login.user)
        return {**super().get_context_data(**kwargs), "has_passkey": has_passkey}

    def form_valid(self, form: Any) -> HttpResponse:
        """Go on, and trust this browser if that was selected."""
        user = self.stage.login.user
        response: HttpResponse = super().form_valid(form)
        if form.cleaned_data["trust"] and self.request.user.is_authenticated:
            trust(self.request, response, user)
        return response


class LogInByPasskey(Page, LoginWebAuthnView):
    """A login by passkey alone."""

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer what to ask the browser for; the session that remembers it is short-lived."""
        if wait := count_try(request, "passkey").wait:
            return too_many(request, wait, span_in_words(wait))
        response: HttpResponse = super().get(request, *args, **kwargs)
        if not request.user.is_authenticated and not request.session.is_empty():
            request.session.set_expiry(ASKED_FOR)
        return response

    def form_valid(self, form: Any) -> HttpResponse:
        """Refuse a login that was closed."""
        if form.cleaned_data["credential"].user.is_active:
            return super().form_valid(form)
        return self._refused(CLOSED)

    def form_invalid(self, form: Any) -> HttpResponse:
        """Show the error on the login page; refuse what no browser sends."""
        if form.has_error("credential", UNREADABLE):
            return bad_request(self.request, None)
        if form.has_error("credential", SECOND_STEP_ONLY):
            return self._refused(SECOND_ONLY)
        return self._refused(_("This passkey doesn't work here. Log in with your password."))

    def _refused(self, why: "_StrPromise") -> HttpResponse:
        messages.error(self.request, why)
        return HttpResponseRedirect(reverse("account_login"))


class Overview(Page, IndexView):
    """A user's second steps, recovery codes and trusted devices."""

    template_name = "mfa/index.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add devices, and the practices that require it."""
        user, here = self.request.user, present_device(self.request, self.request.user)
        more = {
            "devices": devices_of(user),
            "present_device": here.pk if here else None,
            "has_two_factor": has_two_factor(user),
            "required_by": required_by(user),
        }
        return {**super().get_context_data(**kwargs), **more}


class SetUpApp(Page, ActivateTOTPView):
    """Set up an authenticator app."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show the key in groups of four, which are easy to read."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        key = context["form"].secret
        groups = " ".join(key[at : at + 4] for at in range(0, len(key), 4))
        return {**context, "key": groups, "required_by": required_by(self.request.user)}

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Turn it on, or cancel: the key that was shown is then forgotten."""
        if "cancel" not in request.POST:
            return super().post(request, *args, **kwargs)
        drop_seed(request)
        return redirect("my-details")

    def form_valid(self, form: Any) -> HttpResponse:
        """Turn it on, and go on to the recovery codes."""
        return redirect(_next(turn_on_app(self.request, form)))


@method_decorator([never_cache, login_required], name="dispatch")
class ReplaceApp(SetUpApp):
    """Set up a new authenticator app in the place of the old one, whose phone may be lost.

    The password proves enough here: the session passed a second step, or is on a trusted device.
    """

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Ask for a recovery code, the password or a passkey first."""
        if not has_app(request.user):
            return redirect("mfa_activate_totp")
        if not logged_in_just_now(request):
            return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': request.path})}")
        return FormView.dispatch(self, request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say that this replaces the present app."""
        return {**super().get_context_data(**kwargs), "replaces": True, "required_by": []}

    def form_valid(self, form: Any) -> HttpResponse:
        """Replace it."""
        made_codes = replace_app(self.request, form)
        messages.success(self.request, _("Authenticator app replaced"))
        return redirect(_next(made_codes))


class TurnOffApp(Page, DeactivateTOTPView):
    """Remove the authenticator app."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Remove it."""
        turn_off_app(self.request, self.authenticator)
        messages.success(self.request, _("Authenticator app removed"))
        return redirect("mfa_index")


class AddPasskey(Page, AddWebAuthnView):
    """Add a passkey or security key."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show the form with its errors, which allauth drops."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, **kwargs}

    def form_valid(self, form: Any) -> HttpResponse:
        """Add it, and go on to the recovery codes if it is the first second step."""
        made = {name: form.cleaned_data[name] for name in ("name", "credential")}
        first = add_passkey(self.request, alone=form.cleaned_data["passwordless"], **made)
        messages.success(self.request, _("%(name)s added") % {"name": made["name"]})
        return redirect(_next(first))


class RenamePasskey(Page, EditWebAuthnView):
    """Rename a passkey."""

    success_url = reverse_lazy("mfa_index")

    def form_valid(self, form: Any) -> HttpResponse:
        """Rename it."""
        rename_passkey(self.request, self.object, name=form.cleaned_data["name"])
        return redirect("mfa_index")


class RemovePasskey(Page, RemoveWebAuthnView):
    """Remove a passkey."""

    success_url = reverse_lazy("mfa_index")

    def form_valid(self, form: Any) -> HttpResponse:
        """Remove it, unless it is the last second step and one is required."""
        authenticator = self.get_object()
        if refused := _refusal(authenticator):
            messages.error(self.request, refused)
        else:
            remove_passkey(self.request, authenticator)
            messages.success(self.request, _("Passkey removed"))
        return redirect("mfa_index")


class RecoveryCodes(Page, ViewRecoveryCodesView):
    """The recovery codes, shown once."""

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show them, unless their seed was changed outside Letterhead or its key is missing."""
        try:
            shown: HttpResponse = super().get(request, *args, **kwargs)
        except UnreadableSeed:
            messages.error(request, _("Your recovery codes can't be read. Make new ones."))
            return redirect("mfa_index")
        return shown


class NewRecoveryCodes(Page, GenerateRecoveryCodesView):
    """Make new recovery codes."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Count those that are left: none, if they can't be read."""
        try:
            context: dict[str, Any] = super().get_context_data(**kwargs)
        except UnreadableSeed:
            context = FormView.get_context_data(self, **kwargs) | {"unused_code_count": 0}
        return context

    def form_valid(self, form: Any) -> HttpResponse:
        """Make them, and show them."""
        make_recovery_codes(self.request)
        return redirect("mfa_view_recovery_codes")


class Confirmation(Page):
    """After confirming who they are, people can do more for five minutes, with a new cookie."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Go on."""
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]  # a view's
        renew_key(self.request)  # type: ignore[attr-defined]  # a view's
        return response


class ConfirmByPassword(Confirmation, ReauthenticateView):
    """Confirm who you are, by password."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Go on; with a second step, the password opens only the replacement of the app."""
        user = self.request.user
        if not has_two_factor(user):
            return super().form_valid(form)
        record_authentication(self.request, user, "password")  # not as "reauthenticated"
        renew_key(self.request)
        return redirect("replace-authenticator-app")


class ConfirmByCode(Confirmation, CodeAgainView):
    """Confirm who you are, by code."""


class ConfirmByPasskey(Confirmation, ReauthenticateWebAuthnView):
    """Confirm who you are, by passkey."""

    def form_invalid(self, form: Any) -> HttpResponse:
        """Show the error, and ask again; refuse what no browser sends."""
        if form.has_error("credential", UNREADABLE):
            return bad_request(self.request, None)
        messages.error(self.request, _("This passkey isn't right. Try another one, or a code."))
        return HttpResponseRedirect(self.request.get_full_path())


@never_cache
@login_required
@reauthentication_required(app="allauth.mfa")  # type: ignore[untyped-decorator]
def turn_all_off(request: PageRequest) -> HttpResponse:
    """Turn off all of two-factor authentication; refused if a practice requires it."""
    user: Any = request.user
    if request.method == "POST":
        try:
            turn_off(request, user)
        except Required:
            return _turn_off_page(request, HTTPStatus.UNPROCESSABLE_ENTITY)
        messages.success(request, REMOVED)
        return redirect("mfa_index")
    return _turn_off_page(request)


@never_cache
@login_required
@require_POST
def forget_device(request: PageRequest, pk: int) -> HttpResponse:
    """Stop trusting one device."""
    user: Any = request.user
    if not forget(user, pk):
        raise Http404
    messages.success(request, _("This device will ask for a second step again"))
    return redirect("mfa_index")


def _turn_off_page(request: PageRequest, status: int = HTTPStatus.OK) -> HttpResponse:
    user: Any = request.user
    context = {"required_by": required_by(user)}
    return render(request, "accounts/two_factor/turn_off.html", context, status=status)


def _refusal(authenticator: Any) -> str:
    adapter = get_adapter()
    if adapter.can_delete_authenticator(authenticator):
        return ""
    return str(adapter.error_messages["cannot_delete_authenticator"])


def _next(made_codes: bool) -> str:
    return "mfa_view_recovery_codes" if made_codes else "mfa_index"
