"""What django-allauth asks of us."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from letterhead.accounts.limits import Spent, spend
from letterhead.accounts.models import User
from letterhead.accounts.recording import failed_log_in


class AccountAdapter(DefaultAccountAdapter):
    """Log-in as allauth does it, without its flash messages."""

    def add_message(self, *args: object, **kwargs: object) -> None:
        """Say nothing: the page one lands on says enough."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up through allauth: our own page registers a practice."""
        return False

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
