"""The security section of Account Settings. Only Directors can change it."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from letterhead.activity.changes import Stale
from letterhead.practices.access import members_only
from letterhead.practices.middleware import PracticeRequest
from letterhead.practices.roles import Act
from letterhead.practices.security.actions import OwnTwoFactorFirst, change_security
from letterhead.practices.security.forms import SecurityForm
from letterhead.ui.forms.rows import posted, saving
from letterhead.ui.http import done, page_or_dialog
from letterhead.ui.toasts import outcome


@members_only(Act.CHANGE_SECURITY)
def edit_security(request: PracticeRequest) -> HttpResponse:
    """Edit Security."""
    form = SecurityForm(posted(request), instance=request.practice)
    if saving(request) and form.is_valid():
        try:
            changed = change_security(
                request.practice,
                columns=form.columns(),
                read_at_version=form.cleaned_data["version"],
                by=request.user,
            )
            return done(request, "account-settings", outcome(changed, _("Security saved")))
        except Stale as stale:
            form.show_what_changed(stale.now)
        except OwnTwoFactorFirst:
            own_first = _(
                "You haven't set it up yourself, so you would be locked out. Set up your own "
                "first: My Details, Two-Factor Authentication."
            )
            form.add_error("require_two_factor", own_first)
    context = {"title": _("Edit Security"), "back": "account-settings", "form": form}
    return page_or_dialog(request, "practices/security/edit_security.html", context)
