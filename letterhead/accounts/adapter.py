"""What django-allauth asks of us."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse

from letterhead.accounts.limits import Spent, spend
from letterhead.accounts.log_in.browsers import is_known, keep_known
from letterhead.accounts.models import User
from letterhead.accounts.queries import has_two_factor, proved_just_now
from letterhead.accounts.recording import failed_log_in
from letterhead.accounts.sessions.typed_again import first_typed_again

SECOND_STEP = "letterhead.accounts.two_factor.stage.SecondStep"


class AccountAdapter(DefaultAccountAdapter):
    """Log-in as allauth does it, in our words and without its flash messages."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "The login email or the password is wrong.",
    }

    def add_message(self, *args: object, **kwargs: object) -> None:
        """Say nothing: the page one lands on says enough."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up through allauth: our own page registers a practice."""
        return False

    def get_login_stages(self) -> list[str]:
        """Ask for the second step in our own way, which knows trusted devices."""
        ours = {"allauth.mfa.stages.AuthenticateStage": SECOND_STEP}
        return [ours.get(stage, stage) for stage in super().get_login_stages()]

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask nobody again who proved just now who they are."""
        return not proved_just_now(self.request)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Take no password where there is a second step to prove oneself with."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        if has_two_factor(user):
            methods = [method for method in methods if method["id"] != "reauthenticate"]
        return methods

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Go where one was going; first past what was typed before the last log-in ended.

        Who has just registered or joined is at no new device: they never were at another.
        """
        is_new = not kwargs["signup"] and not is_known(request, user)
        kwargs["signal_kwargs"] = {"is_new_device": is_new}
        response = super().post_login(request, user, **kwargs)
        keep_known(request, response, user)
        return first_typed_again(user, response)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try before the password is looked at, by our own limits."""
        self.spent: Spent = spend(request, "log-in", account=credentials.get("email", ""))
        if self.spent.wait:
            raise ValidationError(self.spent.in_words, code="limited")

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Say whose email and password these are; a try that was right isn't counted."""
        user: User | None = super().authenticate(request, **credentials)
        if user:
            self.spent.give_back()
        return user

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Keep a failure in the record."""
        failed_log_in(credentials.get("email", ""))
