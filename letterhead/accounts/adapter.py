"""What django-allauth calls."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import get_next_redirect_url
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from letterhead.accounts.limits import Try, count_try
from letterhead.accounts.log_in.browsers import is_remembered, remember_browser
from letterhead.accounts.models import User
from letterhead.accounts.queries import confirmed_just_now, has_two_factor
from letterhead.accounts.recording import failed_log_in
from letterhead.accounts.sessions.typed_again import first_typed_again

SECOND_STEP = "letterhead.accounts.two_factor.stage.SecondStep"


class AccountAdapter(DefaultAccountAdapter):
    """Log-in by allauth, in our words and without its messages."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The login email or the password is wrong."),
    }

    def add_message(self, *args: object, **kwargs: object) -> None:
        """Show no message: the next page says enough."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """No one signs up through allauth: our own page registers a practice."""
        return False

    def get_login_stages(self) -> list[str]:
        """Use our own second step, which skips trusted devices."""
        ours = {"allauth.mfa.stages.AuthenticateStage": SECOND_STEP}
        return [ours.get(stage, stage) for stage in super().get_login_stages()]

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Skip the question for someone who confirmed who they are in the last five minutes."""
        return not confirmed_just_now(self.request)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Accept no password from someone who has a second step, except to replace the app."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        going_to = get_next_redirect_url(self.request)
        if has_two_factor(user) and going_to != reverse("replace-authenticator-app"):
            methods = [method for method in methods if method["id"] != "reauthenticate"]
        return methods

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Go on to the next page, or first to what was typed before the last login ended.

        For someone who has just registered or joined, no device counts as new.
        """
        is_new = not kwargs["signup"] and not is_remembered(request, user)
        kwargs["signal_kwargs"] = {"is_new_device": is_new}
        response = super().post_login(request, user, **kwargs)
        remember_browser(request, response, user)
        return first_typed_again(user, response)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try before the password is checked, by our own limits."""
        self.attempt: Try = count_try(request, "log-in", account=credentials.get("email", ""))
        if self.attempt.wait:
            raise ValidationError(self.attempt.error, code="limited")

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Return the user with this email and password; a right try isn't counted."""
        user: User | None = super().authenticate(request, **credentials)
        if user:
            self.attempt.take_back()
        return user

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Record the failure."""
        failed_log_in(credentials.get("email", ""))
