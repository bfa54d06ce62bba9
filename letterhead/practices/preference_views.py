"""The pop-up "Edit Preferences". Everyone edits only their own."""

from django.http import HttpResponse

from letterhead.practices.access import members_only
from letterhead.practices.middleware import PracticeRequest
from letterhead.practices.preference_actions import change_preferences
from letterhead.practices.preference_forms import PreferencesForm
from letterhead.practices.versions import Stale
from letterhead.ui.http import done, page_or_dialog
from letterhead.ui.rows import posted, saving


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
            said = "Preferences saved" if changed else "Nothing was changed"
            return done(request, "my-details", said)
        except Stale as stale:
            form.show_what_changed(stale.now)
    context = {"title": "Edit Preferences", "back": "my-details", "form": form}
    return page_or_dialog(request, "practices/edit_preferences.html", context)
