"""Logging in and out by allauth; a wrong login is answered like any wrong form."""

from http import HTTPStatus
from typing import Any

from allauth.account.views import LoginView, LogoutView
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpResponse
from django.utils.translation import gettext as _


class LogIn(LoginView):
    """Log in; the form is shown again with status 422 if something is wrong."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Refuse a login that was closed."""
        if form.user.is_active:
            return super().form_valid(form)
        form.add_error(None, _("This login is turned off. Ask your Letterhead administrator."))
        return self.form_invalid(form)

    def form_invalid(self, form: Any) -> HttpResponse:
        """Show the page again with the errors."""
        limited = form.has_error(NON_FIELD_ERRORS, "limited")
        status = HTTPStatus.TOO_MANY_REQUESTS if limited else HTTPStatus.UNPROCESSABLE_ENTITY
        return self.render_to_response(self.get_context_data(form=form), status=status)


log_in = LogIn.as_view()
log_out = LogoutView.as_view()
