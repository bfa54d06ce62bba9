"""The pop-up "Edit Preferences". People edit only their own."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from letterhead.activity.changes import Stale
from letterhead.practices.access import members_only
from letterhead.practices.middleware import PracticeRequest
from letterhead.practices.preferences.actions import change_preferences
from letterhead.practices.preferences.forms import PreferencesForm
from letterhead.ui.forms.rows import posted, saving
from letterhead.ui.http import done, page_or_dialog
from letterhead.ui.toasts import outcome


@members_only()
def edit_preferences(request: PracticeRequest) -> HttpResponse:
    """Edit Preferences."""
    form = PreferencesForm(posted(request), instance=request.membership)
    if saving(request) and form.is_valid():
        try:
            changed = change_preferences(
                request.membership,
                columns=form.columns(),
                read_at_version=form.cleaned_data["version"],
                by=request.user,
            )
            return done(request, "my-details", outcome(changed, _("Preferences saved")))
        except Stale as stale:
            form.show_what_changed(stale.now)
    context = {"title": _("Edit Preferences"), "back": "my-details", "form": form}
    return page_or_dialog(request, "practices/preferences/edit_preferences.html", context)
