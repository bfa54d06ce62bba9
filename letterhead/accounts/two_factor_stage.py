"""The second step of a log-in, as allauth does it, but for devices that we know to be trusted."""

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest  # noqa: TID251 (what a stage of allauth is given)

from letterhead.accounts.trusted import is_trusted


class SecondStep(AuthenticateStage):
    """Ask for a second step, unless the browser is trusted."""

    def _should_handle(self, request: HttpRequest) -> bool:
        if not super()._should_handle(request):
            return False
        if not is_trusted(request, self.login.user):
            return True
        record_authentication(request, self.login.user, "trusted device")
        return False
