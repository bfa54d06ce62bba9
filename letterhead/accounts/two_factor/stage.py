"""The second step of a login by allauth, except on trusted devices."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest  # noqa: TID251 (what a stage of allauth is given)
from django.utils.crypto import constant_time_compare, salted_hmac

from letterhead.accounts.models import User
from letterhead.accounts.queries import has_two_factor
from letterhead.accounts.two_factor.trusted import is_trusted


class SecondStep(AuthenticateStage):
    """Ask for a second step, unless the browser is trusted."""

    def handle(self) -> Any:
        """Remember what the first step was done with."""
        self.state["began_with"] = _way_in(self.login.user)
        return super().handle()

    @property
    def is_valid(self) -> bool:
        """Whether the first step is still valid, and still needs a second one."""
        user = self.login.user
        same = constant_time_compare(self.state.get("began_with", ""), _way_in(user))
        return same and has_two_factor(user)

    def _should_handle(self, request: HttpRequest) -> bool:
        if not super()._should_handle(request):
            return False
        if not is_trusted(request, self.login.user):
            return True
        record_authentication(request, self.login.user, "trusted device")
        return False


def _way_in(user: User) -> str:
    first_step = f"{user.email} {user.password}"
    return salted_hmac("second step", first_step, algorithm="sha256").hexdigest()
