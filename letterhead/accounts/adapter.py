"""What django-allauth asks of us."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Log-in as allauth does it, without its flash messages."""

    def add_message(self, *args: object, **kwargs: object) -> None:
        """Say nothing: the page one lands on says enough."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up through allauth: our own page registers a practice."""
        return False
